package org.firstpass.dicom.conformance;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an object of one SOP class consists of.
 *
 * @param section of PS3.3 where its modules are listed
 * @param frameGroups functional groups that every frame has; an object without any has no frames
 *     and no pixel data
 */
record ObjectTable(
    String sopClass,
    String name,
    String section,
    List<Module> modules,
    List<FrameGroup> frameGroups) {

  /** Whether it is an image of frames, with pixel data. */
  boolean hasFrames() {
    return !frameGroups.isEmpty();
  }

  /** A module, and whether it must be there or is there if one of its attributes is. */
  record Module(Block block, boolean mandatory) {}

  /** A functional group of each frame, perhaps under a condition on the data set. */
  record FrameGroup(String keyword, @Nullable Condition required) {
    Optional<Condition> condition() {
      return Optional.ofNullable(required);
    }
  }
}

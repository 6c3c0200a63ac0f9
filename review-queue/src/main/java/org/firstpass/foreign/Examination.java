package org.firstpass.foreign;

import java.util.List;
import java.util.UUID;

/**
 * What was found of an object, for the person who has to decide.
 *
 * @param overlaps segments of the protocol that share voxels
 * @param missing segments that were proposed and of which the object has nothing
 * @param tasks that it may belong to
 * @param said by a person already
 */
public record Examination(
    List<SegmentMatch> matches,
    List<Overlap> overlaps,
    List<Integer> missing,
    List<UUID> tasks,
    PersonsWord said) {

  public Examination {
    matches = List.copyOf(matches);
    overlaps = List.copyOf(overlaps);
    missing = List.copyOf(missing);
    tasks = List.copyOf(tasks);
  }

  /** Before anything of it was placed. */
  static Examination of(List<UUID> tasks, PersonsWord said) {
    return new Examination(List.of(), List.of(), List.of(), tasks, said);
  }
}

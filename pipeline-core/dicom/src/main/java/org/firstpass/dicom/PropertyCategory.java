package org.firstpass.dicom;

import java.util.Set;
import org.firstpass.segment.CodedConcept;

/**
 * What the property category of a segment says of it.
 *
 * @see "PS3.16 CID 7150"
 */
final class PropertyCategory {
  /**
   * Anatomical Structure and Tissue of the context group, and Body structure, the broader concept
   * that many programs, and the first packages of ours, write for the former.
   */
  private static final Set<String> ANATOMY = Set.of("91723000", "85756007", "123037004");

  private PropertyCategory() {}

  /** Whether the segment is a part of the body, and not something found in one. */
  static boolean isAnatomy(CodedConcept category) {
    return category.scheme().equals("SCT") && ANATOMY.contains(category.value());
  }
}

package org.firstpass.dicom;

import java.util.Set;
import org.firstpass.study.SopClassUid;

/**
 * What the SOP class of an object promises of its image.
 *
 * @see "PS3.4 B.5"
 */
enum ImageClass {
  /** Cross sections in patient space, whose values have a unit of their own: CT, MR, PET. */
  CROSS_SECTION,
  /** CT: as above, and the stored values mean nothing without the rescale. */
  COMPUTED_TOMOGRAPHY,
  /** Any other image: radiography, ultrasound, captures. It may or may not have positions. */
  OTHER_IMAGE,
  /** Has pixel data, or not, but they are not of the kind that is segmented. */
  NOT_AN_IMAGE;

  private static final String STORAGE = "1.2.840.10008.5.1.4.1.1.";

  private static final Set<String> CT = Set.of("2", "2.1", "2.2");

  /** MR, enhanced and converted MR; PET, enhanced and converted PET. */
  private static final Set<String> MR_AND_PET = Set.of("4", "4.1", "4.4", "128", "128.1", "130");

  /** Segmentations, RT dose, parametric maps, spectroscopy, raw data, registrations. */
  private static final Set<String> NEVER =
      Set.of("66.4", "66.7", "66", "66.1", "66.2", "66.3", "66.5", "481.2", "30", "4.2");

  static ImageClass of(SopClassUid uid) {
    if (!uid.value().startsWith(STORAGE)) {
      return OTHER_IMAGE;
    }
    String suffix = uid.value().substring(STORAGE.length());
    if (CT.contains(suffix)) {
      return COMPUTED_TOMOGRAPHY;
    }
    if (MR_AND_PET.contains(suffix)) {
      return CROSS_SECTION;
    }
    return NEVER.contains(suffix) ? NOT_AN_IMAGE : OTHER_IMAGE;
  }

  /** Whether an instance without position and orientation is malformed. */
  boolean needsPlane() {
    return this == CROSS_SECTION || this == COMPUTED_TOMOGRAPHY;
  }
}

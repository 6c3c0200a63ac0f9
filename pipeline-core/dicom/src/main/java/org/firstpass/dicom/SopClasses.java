package org.firstpass.dicom;

import java.util.Set;
import org.firstpass.study.SopClassUid;

/**
 * Which SOP classes are storage classes, and which of them hold what was derived from images.
 *
 * @see "PS3.4 B.5"
 */
final class SopClasses {
  static final String CT_IMAGE = "1.2.840.10008.5.1.4.1.1.2";
  static final String SEGMENTATION = "1.2.840.10008.5.1.4.1.1.66.4";
  static final String LABEL_MAP_SEGMENTATION = "1.2.840.10008.5.1.4.1.1.66.7";
  static final String RT_STRUCTURE_SET = "1.2.840.10008.5.1.4.1.1.481.3";

  static final String PARAMETRIC_MAP = "1.2.840.10008.5.1.4.1.1.30";
  static final String COMPREHENSIVE_3D_SR = "1.2.840.10008.5.1.4.1.1.88.34";
  static final String KEY_OBJECT_SELECTION = "1.2.840.10008.5.1.4.1.1.88.59";

  private static final String SEGMENTATIONS = "1.2.840.10008.5.1.4.1.1.66.";
  private static final String STANDARD_STORAGE = "1.2.840.10008.5.1.4.1.1.";

  /** Under the storage root, but query, retrieve and inventory services. */
  static final Set<String> NOT_STORAGE =
      Set.of(
          "1.2.840.10008.5.1.4.1.1.200.4",
          "1.2.840.10008.5.1.4.1.1.200.5",
          "1.2.840.10008.5.1.4.1.1.200.6",
          "1.2.840.10008.5.1.4.1.1.201.2",
          "1.2.840.10008.5.1.4.1.1.201.3",
          "1.2.840.10008.5.1.4.1.1.201.4",
          "1.2.840.10008.5.1.4.1.1.201.5",
          "1.2.840.10008.5.1.4.1.1.201.6");

  /** Elsewhere, but storage. Modalities give up a whole study when one of these is rejected. */
  static final Set<String> OTHER_STORAGE =
      Set.of(
          "1.2.840.10008.5.1.4.34.1",
          "1.2.840.10008.5.1.4.34.7",
          "1.2.840.10008.5.1.4.34.10",
          "1.2.840.10008.5.1.4.38.1",
          "1.2.840.10008.5.1.4.39.1",
          "1.2.840.10008.5.1.4.43.1",
          "1.2.840.10008.5.1.4.44.1",
          "1.2.840.10008.5.1.4.45.1",
          "1.3.12.2.1107.5.9.1",
          "1.3.46.670589.2.3.1.1",
          "1.3.46.670589.2.4.1.1",
          "1.3.46.670589.2.5.1.1",
          "1.3.46.670589.5.0.1",
          "1.3.46.670589.5.0.1.1",
          "1.3.46.670589.5.0.2",
          "1.3.46.670589.5.0.3",
          "1.3.46.670589.11.0.0.12.1",
          "1.3.46.670589.11.0.0.12.2",
          "1.3.46.670589.11.0.0.12.4",
          "1.2.840.113619.4.2",
          "1.2.840.113619.4.3",
          "1.2.840.113619.4.26",
          "1.2.840.113619.4.27");

  /** Segmentations, presentation states, reports, RT structures, parametric maps, captures. */
  private static final Set<String> DERIVED =
      Set.of(
          "1.2.840.10008.5.1.4.1.1.7",
          "1.2.840.10008.5.1.4.1.1.11",
          "1.2.840.10008.5.1.4.1.1.30",
          "1.2.840.10008.5.1.4.1.1.66",
          "1.2.840.10008.5.1.4.1.1.67",
          "1.2.840.10008.5.1.4.1.1.68",
          "1.2.840.10008.5.1.4.1.1.88",
          "1.2.840.10008.5.1.4.1.1.104",
          "1.2.840.10008.5.1.4.1.1.481");

  private SopClasses() {}

  /**
   * Whether objects of the class are stored; true for every class under the standard's storage
   * root.
   */
  static boolean isStorage(String uid) {
    return uid.startsWith(STANDARD_STORAGE) && !NOT_STORAGE.contains(uid)
        || OTHER_STORAGE.contains(uid);
  }

  /** Whether the class is one of segmentations or structure sets. */
  static boolean isDrawing(String uid) {
    return uid.startsWith(SEGMENTATIONS) || uid.equals(RT_STRUCTURE_SET);
  }

  /** Whether the class is one of what people and programs make of images. */
  static boolean isDerivedObject(SopClassUid sopClass) {
    String uid = sopClass.value();
    return DERIVED.stream().anyMatch(root -> uid.equals(root) || uid.startsWith(root + "."));
  }
}

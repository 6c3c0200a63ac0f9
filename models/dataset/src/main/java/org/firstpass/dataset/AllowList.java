package org.firstpass.dataset;

import java.util.EnumSet;
import java.util.Set;
import org.firstpass.dicom.dataset.Vr;

/**
 * Which attributes a de-identified instance keeps: numbers and codes of acquisition, geometry,
 * pixels and segments, and the UIDs that tie instances together. No names, no free text, no dates,
 * no serial numbers, no private attributes, no overlays.
 *
 * @see "PS3.15 annex E, of which this keeps less, but for the UIDs"
 */
final class AllowList {
  /** Groups whose numbers and code strings say something of the image alone. */
  private static final Set<Integer> TECHNICAL =
      Set.of(0x0018, 0x0020, 0x0022, 0x0028, 0x0040, 0x0054, 0x0062, 0x0070, 0x5200);

  private static final Set<Vr> HARMLESS =
      EnumSet.of(Vr.CS, Vr.DS, Vr.IS, Vr.FD, Vr.FL, Vr.US, Vr.SS, Vr.UL, Vr.SL, Vr.AT, Vr.SQ);

  private static final Set<Integer> NAMED =
      Set.of(
          0x0008_0005, // Specific Character Set
          0x0008_0008, // Image Type
          0x0008_0016, // SOP Class UID
          0x0008_0018, // SOP Instance UID
          0x0008_0060, // Modality
          0x0008_0070, // Manufacturer
          0x0008_0100, // Code Value
          0x0008_0102, // Coding Scheme Designator
          0x0008_0104, // Code Meaning
          0x0008_1090, // Manufacturer's Model Name
          0x0008_1115, // Referenced Series Sequence
          0x0008_1140, // Referenced Image Sequence
          0x0008_1150, // Referenced SOP Class UID
          0x0008_1155, // Referenced SOP Instance UID
          0x0008_1160, // Referenced Frame Number
          0x0008_1199, // Referenced SOP Sequence
          0x0008_2112, // Source Image Sequence
          0x0008_2218, // Anatomic Region Sequence
          0x0008_9124, // Derivation Image Sequence
          0x0008_9205, // Pixel Presentation
          0x0008_9206, // Volumetric Properties
          0x0008_9207, // Volume Based Calculation Technique
          0x0008_9215, // Derivation Code Sequence
          0x0020_000d, // Study Instance UID
          0x0020_000e, // Series Instance UID
          0x0020_0052, // Frame of Reference UID
          0x0020_9161, // Concatenation UID
          0x0020_9164, // Dimension Organization UID
          0x0028_3006, // LUT Data
          0x0062_0005, // Segment Label
          0x7fe0_0010); // Pixel Data

  /** Numbers and codes of those groups that could point at a person or a visit. */
  private static final Set<Integer> NOT =
      Set.of(
          0x0018_1400, // Acquisition Device Processing Description, should it come as code
          0x0040_0275, // Request Attributes Sequence
          0x0040_0260, // Performed Protocol Code Sequence
          0x0040_1101, // Person Identification Code Sequence
          0x0040_a730, // Content Sequence
          0x0040_a043, // Concept Name Code Sequence
          0x0040_a168); // Concept Code Sequence

  private AllowList() {}

  static boolean has(int tag, Vr vr) {
    return NAMED.contains(tag)
        || (TECHNICAL.contains(tag >>> 16) && HARMLESS.contains(vr) && !NOT.contains(tag));
  }
}

package org.firstpass.dicom.conformance;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dcm4che3.data.Tag;
import org.firstpass.dicom.conformance.CheckedObject.Item;

/**
 * Segments are numbered as their kind of segmentation wants, and frames speak of those that are
 * there.
 *
 * @see "PS3.3 C.8.20.2, C.8.20.3.1"
 */
final class SegmentRules {
  private static final String SEGMENTATION = "1.2.840.10008.5.1.4.1.1.66.4";
  private static final String LABEL_MAP = "1.2.840.10008.5.1.4.1.1.66.7";
  private static final Map<String, Set<Integer>> BITS =
      Map.of("BINARY", Set.of(1), "FRACTIONAL", Set.of(8), "LABELMAP", Set.of(8, 16));

  private final CheckedObject object;
  private final Findings findings;
  private final String type;

  private SegmentRules(CheckedObject object, Findings findings) {
    this.object = object;
    this.findings = findings;
    this.type = object.root().text(Tag.SegmentationType);
  }

  static void check(CheckedObject object, Findings findings) {
    String sopClass = object.root().text(Tag.SOPClassUID);
    if (sopClass.equals(SEGMENTATION) || sopClass.equals(LABEL_MAP)) {
      var rules = new SegmentRules(object, findings);
      rules.type(sopClass.equals(LABEL_MAP));
      rules.bits();
      rules.numbers();
    }
  }

  private void type(boolean labelMap) {
    if (type.equals("LABELMAP") != labelMap) {
      findings.add(
          "segment.type",
          Paths.of("", Tag.SegmentationType),
          labelMap ? "LABELMAP, as its SOP class says" : "BINARY or FRACTIONAL",
          "another type");
    }
  }

  private void bits() {
    int bits = object.dataset().getInt(Tag.BitsAllocated, 0);
    int stored = object.dataset().getInt(Tag.BitsStored, 0);
    int high = object.dataset().getInt(Tag.HighBit, -1);
    boolean known = BITS.getOrDefault(type, Set.of(bits)).contains(bits);
    if (!known || stored != bits || high != stored - 1) {
      findings.add(
          "segment.bits",
          Paths.of("", Tag.BitsAllocated),
          "1 for BINARY, 8 for FRACTIONAL, 8 or 16 for LABELMAP, all stored (PS3.3 C.8.20.2)",
          "allocated %d, stored %d, high bit %d".formatted(bits, stored, high));
    }
  }

  private void numbers() {
    List<Item> segments = object.root().items(Tag.SegmentSequence);
    Set<Integer> numbers = new HashSet<>();
    boolean consecutive = !type.equals("LABELMAP");
    for (int i = 0; i < segments.size(); i++) {
      Item segment = segments.get(i);
      int number = segment.attributes().getInt(Tag.SegmentNumber, -1);
      if (!numbers.add(number) || consecutive && number != i + 1) {
        findings.add(
            "segment.number",
            segment.path(Tag.SegmentNumber),
            consecutive ? (i + 1) + ", counted from 1" : "another number than any before",
            Integer.toString(number));
      }
    }
    for (Item frame : object.root().items(Tag.PerFrameFunctionalGroupsSequence)) {
      frameNumber(frame, numbers);
    }
  }

  private void frameNumber(Item frame, Set<Integer> numbers) {
    Optional<Item> identification = frame.first(Tag.SegmentIdentificationSequence);
    if (identification.isPresent()) {
      int number = identification.get().attributes().getInt(Tag.ReferencedSegmentNumber, -1);
      if (!numbers.contains(number)) {
        findings.add(
            "segment.referenced",
            identification.get().path(Tag.ReferencedSegmentNumber),
            "the number of a segment (PS3.3 C.8.20.3.1)",
            Integer.toString(number));
      }
    }
  }
}

package org.firstpass.dicom;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.segment.CodedConcept;
import org.firstpass.segment.Segment;
import org.firstpass.segment.SegmentAlgorithmType;
import org.jspecify.annotations.Nullable;

/** The Segment Sequence of any maker as segments. */
final class SegmentReading {
  private static final String DEFAULT_COLOUR = "#808080";
  private static final int BACKGROUND = 0;
  private static final int LABEL_LENGTH = 64;

  private SegmentReading() {}

  static List<StatedSegment> segments(Attributes attributes) {
    Sequence items = attributes.getSequence(Tag.SegmentSequence);
    int padding = attributes.getInt(Tag.PixelPaddingValue, BACKGROUND);
    List<StatedSegment> segments = new ArrayList<>();
    Set<Integer> numbers = new HashSet<>();
    if (items != null) {
      for (Attributes item : items) {
        int number = item.getInt(Tag.SegmentNumber, -1);
        if (!numbers.add(number)) {
          throw malformed("expected each Segment Number once, found " + number + " again");
        }
        // A label map may describe its background, as segment 0 or as the padding value.
        if (number != BACKGROUND && number != padding) {
          segments.add(stated(item, number));
        }
      }
    }
    if (segments.isEmpty()) {
      throw malformed("expected at least one segment, found none");
    }
    return segments;
  }

  private static StatedSegment stated(Attributes item, int number) {
    return new StatedSegment(
        segment(item, number),
        algorithmType(item.getString(Tag.SegmentAlgorithmType, "")),
        item.getString(Tag.TrackingID, "").strip(),
        item.getString(Tag.TrackingUID, ""));
  }

  private static @Nullable SegmentAlgorithmType algorithmType(String stated) {
    for (SegmentAlgorithmType type : SegmentAlgorithmType.values()) {
      if (type.name().equals(stated)) {
        return type;
      }
    }
    return null;
  }

  private static Segment segment(Attributes item, int number) {
    String label = item.getString(Tag.SegmentLabel, "").strip();
    if (label.isEmpty()) {
      label = "Segment " + number;
    }
    int[] colour = item.getInts(Tag.RecommendedDisplayCIELabValue);
    Attributes type = item.getNestedDataset(Tag.SegmentedPropertyTypeCodeSequence);
    try {
      return new Segment(
          number,
          shortened(label),
          concept(item, Tag.SegmentedPropertyCategoryCodeSequence)
              .orElseThrow(() -> malformed("segment " + number + " has no property category")),
          concept(item, Tag.SegmentedPropertyTypeCodeSequence)
              .orElseThrow(() -> malformed("segment " + number + " has no property type")),
          concept(type, Tag.SegmentedPropertyTypeModifierCodeSequence).orElse(null),
          colour == null || colour.length != 3 ? DEFAULT_COLOUR : CieLab.toColour(colour));
    } catch (IllegalArgumentException e) {
      throw malformed("segment " + number + ": " + e.getMessage());
    }
  }

  private static Optional<CodedConcept> concept(@Nullable Attributes parent, int sequence) {
    Attributes item = parent == null ? null : parent.getNestedDataset(sequence);
    if (item == null) {
      return Optional.empty();
    }
    return Optional.of(
        new CodedConcept(
            item.getString(Tag.CodeValue, ""),
            item.getString(Tag.CodingSchemeDesignator, ""),
            item.getString(Tag.CodeMeaning, "")));
  }

  private static String shortened(String text) {
    return text.substring(0, Math.min(text.length(), LABEL_LENGTH));
  }

  private static StudyRefused malformed(String message) {
    return new StudyRefused(ReasonCode.MALFORMED_INSTANCE, message);
  }
}

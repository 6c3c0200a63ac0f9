package org.firstpass.dicom;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.firstpass.segment.LabelSchema;
import org.firstpass.segment.Segment;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SopClassUid;
import org.firstpass.study.SopInstanceUid;

/**
 * A SEG object of ours that another object speaks of, in the study of its source.
 *
 * @param sopClass Segmentation Storage or Label Map Segmentation Storage
 */
public record ReferencedSegmentation(
    SopInstanceUid instance, SeriesInstanceUid series, SopClassUid sopClass) {
  public ReferencedSegmentation {
    String uid = sopClass.value();
    if (!uid.equals(SopClasses.SEGMENTATION) && !uid.equals(SopClasses.LABEL_MAP_SEGMENTATION)) {
      throw new IllegalArgumentException("expected a segmentation's SOP class, found " + uid);
    }
  }

  /**
   * The Segment Number in that object of a segment of the schema, if the schema has it: its own
   * number in a label map, its ordinal elsewhere, where numbers count from 1.
   *
   * @see "PS3.3 C.8.20.2.3.1"
   */
  Optional<Integer> segmentNumber(LabelSchema schema, int number) {
    if (schema.segment(number).isEmpty()) {
      return Optional.empty();
    }
    if (sopClass.value().equals(SopClasses.LABEL_MAP_SEGMENTATION)) {
      return Optional.of(number);
    }
    List<Integer> numbers =
        schema.segments().stream()
            .sorted(Comparator.comparingInt(Segment::number))
            .map(Segment::number)
            .toList();
    return Optional.of(numbers.indexOf(number) + 1);
  }
}

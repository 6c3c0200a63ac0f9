package org.firstpass.dicom;

import java.util.List;
import java.util.Optional;
import org.firstpass.segment.CodedConcept;
import org.firstpass.segment.LabelSchema;
import org.firstpass.segment.Segment;

/** Which segment of a schema a structure of another maker is. */
final class SchemaMatch {
  private SchemaMatch() {}

  /**
   * The number of the segment that has the same type and modifier and, where several have, or none,
   * the same label.
   */
  static Optional<Integer> number(
      LabelSchema schema,
      Optional<CodedConcept> type,
      Optional<CodedConcept> modifier,
      String label) {
    List<Segment> sameType =
        schema.segments().stream()
            .filter(segment -> isSame(Optional.of(segment.type()), type))
            .filter(segment -> isSame(segment.modifier(), modifier))
            .toList();
    if (sameType.size() == 1) {
      return Optional.of(sameType.get(0).number());
    }
    List<Segment> candidates = sameType.isEmpty() ? schema.segments() : sameType;
    return candidates.stream()
        .filter(candidate -> candidate.label().equalsIgnoreCase(label))
        .map(Segment::number)
        .findFirst();
  }

  /** Whether both are the same code, whatever it is called. */
  private static boolean isSame(Optional<CodedConcept> a, Optional<CodedConcept> b) {
    return a.map(CodedConcept::value).equals(b.map(CodedConcept::value))
        && a.map(CodedConcept::scheme).equals(b.map(CodedConcept::scheme));
  }
}

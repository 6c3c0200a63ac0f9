package org.firstpass.foreign;

import java.util.Optional;
import org.firstpass.segment.CodedConcept;
import org.jspecify.annotations.Nullable;

/**
 * One segment or region of interest, as its maker describes it.
 *
 * @param number unique in its object
 * @param numbered whether the number is a Segment Number; the number of a region of interest says
 *     nothing of what it is
 * @param category and the other codes are null if its maker gave none
 * @param trackingUid empty if its maker gave none
 * @param empty whether nothing at all is drawn of it
 */
public record DrawnSegment(
    int number,
    boolean numbered,
    String label,
    @Nullable CodedConcept category,
    @Nullable CodedConcept type,
    @Nullable CodedConcept modifier,
    String trackingUid,
    boolean empty) {

  /** What viewers write when nobody chose a code. */
  private static boolean saysNothing(CodedConcept type) {
    return type.value().equals("85756007") || type.value().equals("T-D0050");
  }

  /** Its property type, unless that is the one that viewers write for everything. */
  Optional<CodedConcept> specificType() {
    return Optional.ofNullable(type).filter(code -> !saysNothing(code));
  }

  /**
   * Whether its label is a counted one, such as "Segment 1", which says no more than its number.
   */
  boolean isLabelledByNumber() {
    return label.isBlank()
        || label.strip().toLowerCase(java.util.Locale.ROOT).equals("segment " + number);
  }
}

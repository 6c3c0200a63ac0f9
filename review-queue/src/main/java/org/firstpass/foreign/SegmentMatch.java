package org.firstpass.foreign;

import java.util.List;
import org.firstpass.segment.CodedConcept;
import org.jspecify.annotations.Nullable;

/**
 * Which segment of the protocol a drawn segment is, and how that is known.
 *
 * @param number in its object
 * @param type its property type, null if it has none
 * @param target the protocol's segment number; 0 if a person left it out; null if it is not known
 * @param restored whether the object lost the codes, so that they come from what it was made from
 * @param candidates what it may be, if it is not known
 */
public record SegmentMatch(
    int number,
    String label,
    @Nullable CodedConcept type,
    @Nullable Integer target,
    @Nullable By by,
    boolean restored,
    List<Integer> candidates) {
  public SegmentMatch {
    candidates = List.copyOf(candidates);
  }

  /** What told. */
  public enum By {
    TRACKING_UID,
    CODES,
    NUMBER,
    LABEL,
    PERSON
  }

  boolean isKnown() {
    return target != null;
  }

  static SegmentMatch known(DrawnSegment drawn, int target, By by, boolean restored) {
    return new SegmentMatch(
        drawn.number(), drawn.label(), drawn.type(), target, by, restored, List.of());
  }

  static SegmentMatch unknown(DrawnSegment drawn, List<Integer> candidates) {
    return new SegmentMatch(
        drawn.number(), drawn.label(), drawn.type(), null, null, false, candidates);
  }

  /** The same, no longer taken for known. */
  SegmentMatch doubted() {
    return new SegmentMatch(
        number, label, type, null, null, false, target == null ? candidates : List.of(target));
  }
}

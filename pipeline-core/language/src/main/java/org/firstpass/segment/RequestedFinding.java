package org.firstpass.segment;

import java.util.List;
import java.util.Set;

/**
 * A finding that a protocol asks for, or allows.
 *
 * @param concept what is found, measured or answered
 * @param appliesTo whether it is of the image or of a segment
 * @param segments the segments that it may be of, by number; empty for every one of the schema
 * @param choices the answers that a tag may give; empty if the concept itself is the tag
 * @param min how many there are at least, per image or segment; required if above 0
 * @param max how many there are at most, per image or segment
 */
public record RequestedFinding(
    CodedConcept concept,
    FindingKind kind,
    AppliesTo appliesTo,
    Set<Integer> segments,
    List<CodedConcept> choices,
    int min,
    int max) {
  /** More than anybody draws. */
  public static final int NO_LIMIT = 1000;

  /** What a finding is of. */
  public enum AppliesTo {
    IMAGE,
    SEGMENT
  }

  public RequestedFinding {
    segments = Set.copyOf(segments);
    choices = List.copyOf(choices);
    if (min < 0 || max < 1 || max < min || max > NO_LIMIT) {
      throw new IllegalArgumentException(
          "a finding is asked for 0 to %d times, at most at least as often as at least, but %d to %d"
              .formatted(NO_LIMIT, min, max));
    }
    if (kind != FindingKind.TAG && !choices.isEmpty()) {
      throw new IllegalArgumentException(
          "only a tag has choices, '" + concept.meaning() + "' is a " + kind);
    }
    if (appliesTo == AppliesTo.IMAGE && !segments.isEmpty()) {
      throw new IllegalArgumentException(
          "'" + concept.meaning() + "' is of the image and names segments");
    }
  }

  /** One that may be made or not, as often as wanted. */
  public static RequestedFinding optional(
      CodedConcept concept, FindingKind kind, AppliesTo appliesTo) {
    return new RequestedFinding(concept, kind, appliesTo, Set.of(), List.of(), 0, NO_LIMIT);
  }

  public boolean required() {
    return min > 0;
  }

  /**
   * Whether a finding may be meant by this.
   *
   * @param segment that it is of; 0 for the image
   */
  public boolean fits(CodedConcept found, FindingKind as, int segment) {
    boolean subject =
        switch (appliesTo) {
          case IMAGE -> segment == 0;
          case SEGMENT -> segment != 0 && (segments.isEmpty() || segments.contains(segment));
        };
    return subject && kind == as && concept.isSameAs(found);
  }
}

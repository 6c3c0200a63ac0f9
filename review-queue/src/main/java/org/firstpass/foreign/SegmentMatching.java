package org.firstpass.foreign;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.firstpass.dicom.TrackingUid;
import org.firstpass.foreign.SegmentMatch.By;
import org.firstpass.segment.CodedConcept;
import org.firstpass.segment.LabelSchema;
import org.firstpass.segment.Segment;
import org.firstpass.study.SeriesInstanceUid;

/**
 * Says which segment of a protocol each drawn segment is: by Tracking UID, then by codes, then by
 * Segment Number, then by label.
 *
 * <p>Never a guess: where two of these speak against each other, where one fits several segments,
 * or where two drawn segments would be the same one, the match is left to a person. A number alone
 * counts only for a segment that was proposed, since viewers number what is drawn anew as well.
 */
final class SegmentMatching {
  private final LabelSchema schema;
  private final Set<Integer> proposed;
  private final Map<String, Integer> tracking = new HashMap<>();

  /**
   * @param series on which the proposal lies
   * @param proposed the segments of which the proposal has voxels
   */
  SegmentMatching(LabelSchema schema, SeriesInstanceUid series, Set<Integer> proposed) {
    this.schema = schema;
    this.proposed = Set.copyOf(proposed);
    for (Segment segment : schema.segments()) {
      tracking.put(TrackingUid.of(series, schema, segment), segment.number());
    }
  }

  /**
   * One match per segment that has something drawn.
   *
   * @param said by a person: segment numbers of the protocol, or 0 to leave it out, by drawn number
   */
  List<SegmentMatch> match(List<DrawnSegment> drawn, Map<Integer, Integer> said) {
    List<SegmentMatch> matches = new ArrayList<>();
    for (DrawnSegment segment : drawn) {
      Integer target = said.get(segment.number());
      if (target != null) {
        matches.add(SegmentMatch.known(segment, target, By.PERSON, false));
      } else if (!segment.empty()) {
        matches.add(match(segment));
      }
    }
    return withoutRivals(matches);
  }

  private SegmentMatch match(DrawnSegment drawn) {
    Set<Integer> byLabel = byLabel(drawn);
    Set<Integer> byCodes = byCodes(drawn);
    Integer tracked = tracking.get(drawn.trackingUid());
    if (tracked != null) {
      boolean contradicted =
          drawn.specificType().isPresent() && !byCodes.contains(tracked)
              || !byLabel.isEmpty() && !byLabel.contains(tracked);
      return contradicted
          ? unknown(drawn, Set.of(tracked), byCodes, byLabel)
          : known(drawn, tracked, By.TRACKING_UID);
    }
    if (byCodes.size() == 1) {
      int coded = byCodes.iterator().next();
      return byLabel.isEmpty() || byLabel.contains(coded)
          ? known(drawn, coded, By.CODES)
          : unknown(drawn, byCodes, byLabel);
    }
    Set<Integer> possible = byCodes.isEmpty() ? withoutModifier(drawn) : byCodes;
    if (possible.isEmpty() && drawn.specificType().isPresent()) {
      return unknown(drawn, byLabel);
    }
    return byNumberAndLabel(drawn, possible, byLabel);
  }

  /** A modifier that is not there contradicts none, but tells no side either. */
  private Set<Integer> withoutModifier(DrawnSegment drawn) {
    Optional<CodedConcept> type = drawn.specificType();
    return type.isEmpty() || drawn.modifier() != null
        ? new TreeSet<>()
        : those(segment -> same(segment.type(), type.get()));
  }

  /** The codes say nothing, or fit several segments. */
  private SegmentMatch byNumberAndLabel(
      DrawnSegment drawn, Set<Integer> possible, Set<Integer> byLabel) {
    Set<Integer> byNumber = byNumber(drawn);
    if (!possible.isEmpty()) {
      byLabel.retainAll(possible);
      byNumber.retainAll(possible);
    }
    if (byLabel.size() == 1) {
      int labelled = byLabel.iterator().next();
      return byNumber.isEmpty() || byNumber.contains(labelled)
          ? known(drawn, labelled, By.LABEL)
          : unknown(drawn, byLabel, byNumber);
    }
    if (drawn.isLabelledByNumber() && byNumber.size() == 1 && proposed.containsAll(byNumber)) {
      return known(drawn, byNumber.iterator().next(), By.NUMBER);
    }
    return unknown(drawn, possible, byNumber, byLabel);
  }

  private Set<Integer> byLabel(DrawnSegment drawn) {
    String label = plain(drawn.label());
    return those(segment -> plain(segment.label()).equals(label));
  }

  private Set<Integer> byCodes(DrawnSegment drawn) {
    Optional<CodedConcept> type = drawn.specificType();
    if (type.isEmpty()) {
      return new TreeSet<>();
    }
    Set<Integer> found =
        those(
            segment ->
                same(segment.type(), type.get())
                    && same(segment.modifier(), Optional.ofNullable(drawn.modifier())));
    if (found.size() > 1 && drawn.category() != null) {
      CodedConcept category = drawn.category();
      Set<Integer> closer = those(s -> found.contains(s.number()) && same(s.category(), category));
      return closer.isEmpty() ? found : closer;
    }
    return found;
  }

  /**
   * Segments that a viewer may have got under this number: a BINARY segmentation numbers the
   * segments in the order of the protocol's numbers, a label map keeps these.
   */
  private Set<Integer> byNumber(DrawnSegment drawn) {
    Set<Integer> found = new TreeSet<>();
    if (!drawn.numbered()) {
      return found;
    }
    List<Integer> numbers = schema.segments().stream().map(Segment::number).sorted().toList();
    if (drawn.number() >= 1 && drawn.number() <= numbers.size()) {
      found.add(numbers.get(drawn.number() - 1));
    }
    if (numbers.contains(drawn.number())) {
      found.add(drawn.number());
    }
    return found;
  }

  private Set<Integer> those(Predicate<Segment> wanted) {
    return schema.segments().stream()
        .filter(wanted)
        .map(Segment::number)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private SegmentMatch known(DrawnSegment drawn, int target, By by) {
    boolean restored = !byCodes(drawn).contains(target);
    return SegmentMatch.known(drawn, target, by, restored);
  }

  @SafeVarargs
  private static SegmentMatch unknown(DrawnSegment drawn, Set<Integer>... candidates) {
    Set<Integer> all = new TreeSet<>();
    for (Set<Integer> some : candidates) {
      all.addAll(some);
    }
    return SegmentMatch.unknown(drawn, List.copyOf(all));
  }

  /** Two drawn segments may be one of the protocol only if a person says so. */
  private static List<SegmentMatch> withoutRivals(List<SegmentMatch> matches) {
    Map<Integer, Long> claims =
        matches.stream()
            .filter(SegmentMatch::isKnown)
            .collect(Collectors.groupingBy(match -> match.target(), Collectors.counting()));
    return matches.stream()
        .map(
            match ->
                match.isKnown()
                        && match.by() != By.PERSON
                        && claims.getOrDefault(match.target(), 0L) > 1
                    ? match.doubted()
                    : match)
        .toList();
  }

  private static boolean same(Optional<CodedConcept> a, Optional<CodedConcept> b) {
    return a.isPresent() == b.isPresent() && (a.isEmpty() || same(a.get(), b.get()));
  }

  private static boolean same(CodedConcept a, CodedConcept b) {
    return a.value().equals(b.value()) && a.scheme().equals(b.scheme());
  }

  private static String plain(String label) {
    return label.strip().replaceAll("[\\s_]+", " ").toLowerCase(Locale.ROOT);
  }
}

package org.firstpass.correction;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.firstpass.event.ReaderEffort;
import org.firstpass.finding.Finding;
import org.firstpass.finding.FindingCodec;
import org.firstpass.segment.LabelSchema;
import org.firstpass.study.Sha256;
import org.firstpass.volume.LabelMap;

/**
 * What a reader sends in for a task.
 *
 * @param verdicts per segment
 * @param asPainted segments whose verdict is what the labels say of them, see {@link
 *     DerivedVerdicts}
 * @param findings beside the labels
 * @param activeMillis as the reader's client counted it
 * @param grace for how long the reader may undo it; nothing is learned from it before
 * @param effort as the journal shows it; none if nothing was drawn here
 */
public record Submission(
    List<SegmentVerdict> verdicts,
    Set<Integer> asPainted,
    Painting painting,
    SubmittedFindings findings,
    long activeMillis,
    Duration grace,
    Optional<ReaderEffort> effort) {
  public Submission {
    verdicts = List.copyOf(verdicts);
    asPainted = Set.copyOf(asPainted);
  }

  /** One without findings, for which nothing was drawn here. */
  public Submission(
      List<SegmentVerdict> verdicts,
      Set<Integer> asPainted,
      Painting painting,
      long activeMillis,
      Duration grace) {
    this(
        verdicts,
        asPainted,
        painting,
        SubmittedFindings.NONE,
        activeMillis,
        grace,
        Optional.empty());
  }

  public Submission(List<SegmentVerdict> verdicts, Painting painting, long activeMillis) {
    this(verdicts, Set.of(), painting, activeMillis, Duration.ZERO);
  }

  /** The verdicts that were given, and those that follow from the labels. */
  List<SegmentVerdict> verdictsOf(LabelSchema schema, LabelMap proposed, LabelMap painted) {
    if (asPainted.isEmpty()) {
      return verdicts;
    }
    Stream<SegmentVerdict> derived =
        DerivedVerdicts.of(schema, proposed, painted).stream()
            .filter(verdict -> asPainted.contains(verdict.number()));
    return Stream.concat(verdicts.stream(), derived).toList();
  }

  /** Equal for equal decisions, however often and after however long they are sent. */
  static Sha256 digest(List<SegmentVerdict> verdicts, LabelMap painted, List<Finding> findings) {
    var digest = Sha256.newDigest();
    verdicts.stream()
        .sorted(Comparator.comparingInt(SegmentVerdict::number))
        .map(verdict -> verdict.number() + " " + verdict.verdict() + "\n")
        .forEach(line -> digest.update(line.getBytes(StandardCharsets.UTF_8)));
    digest.update(SubmittedLabels.digest(painted).hex().getBytes(StandardCharsets.UTF_8));
    // What was sent without findings keeps the digest that it always had.
    if (!findings.isEmpty()) {
      digest.update(FindingCodec.encode(findings));
    }
    return Sha256.from(digest.digest());
  }
}

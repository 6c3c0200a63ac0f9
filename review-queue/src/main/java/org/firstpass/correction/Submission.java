package org.firstpass.correction;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.firstpass.study.Sha256;
import org.firstpass.volume.LabelMap;

/**
 * What a reader sends in for a task.
 *
 * @param verdicts per segment
 * @param labels on the grid of the proposal; none if nothing was painted
 * @param activeMillis as the reader's client counted it
 */
public record Submission(
    List<SegmentVerdict> verdicts, Optional<LabelMap> labels, long activeMillis) {
  public Submission {
    verdicts = List.copyOf(verdicts);
  }

  /** The labels as the reader left them. */
  LabelMap labelsOver(LabelMap proposed) {
    return labels.orElse(proposed);
  }

  /** Equal for equal decisions, however often and after however long they are sent. */
  Sha256 digest(LabelMap proposed) {
    var digest = Sha256.newDigest();
    verdicts.stream()
        .sorted(Comparator.comparingInt(SegmentVerdict::number))
        .map(verdict -> verdict.number() + " " + verdict.verdict() + "\n")
        .forEach(line -> digest.update(line.getBytes(StandardCharsets.UTF_8)));
    Sha256 painted = SubmittedLabels.digest(labelsOver(proposed));
    digest.update(painted.hex().getBytes(StandardCharsets.UTF_8));
    return Sha256.from(digest.digest());
  }
}

package org.firstpass.correction;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import org.firstpass.study.Sha256;
import org.firstpass.volume.LabelMap;

/**
 * What a reader sends in for a task.
 *
 * @param verdicts per segment
 * @param activeMillis as the reader's client counted it
 */
public record Submission(List<SegmentVerdict> verdicts, Painting painting, long activeMillis) {
  public Submission {
    verdicts = List.copyOf(verdicts);
  }

  /** Equal for equal decisions, however often and after however long they are sent. */
  static Sha256 digest(List<SegmentVerdict> verdicts, LabelMap painted) {
    var digest = Sha256.newDigest();
    verdicts.stream()
        .sorted(Comparator.comparingInt(SegmentVerdict::number))
        .map(verdict -> verdict.number() + " " + verdict.verdict() + "\n")
        .forEach(line -> digest.update(line.getBytes(StandardCharsets.UTF_8)));
    digest.update(SubmittedLabels.digest(painted).hex().getBytes(StandardCharsets.UTF_8));
    return Sha256.from(digest.digest());
  }
}

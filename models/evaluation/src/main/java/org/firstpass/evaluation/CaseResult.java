package org.firstpass.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.firstpass.calibration.Reliability;
import org.firstpass.event.SegmentScore;
import org.firstpass.study.Sha256;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.LabelMapCodec;
import org.firstpass.volume.LabelOverlap;

/**
 * What was measured on one case.
 *
 * @param reference digest of the reference labels: two results can be compared only if it is equal
 * @param proposed digest of what was proposed
 * @param segments by segment number, every segment that the package marks
 * @param voxels how far its probabilities of voxels held
 */
public record CaseResult(
    EvaluatedCase subject,
    Sha256 reference,
    Sha256 proposed,
    List<SegmentMeasures> segments,
    Reliability voxels) {
  public CaseResult {
    segments =
        segments.stream().sorted(Comparator.comparingInt(SegmentMeasures::segmentNumber)).toList();
  }

  /**
   * Measures a proposal.
   *
   * @param segments that are measured
   * @param scores what the proposal says of itself; may be empty
   */
  public static CaseResult of(
      EvaluatedCase subject,
      LabelMap reference,
      LabelMap proposed,
      List<Integer> segments,
      List<SegmentScore> scores,
      Reliability voxels,
      EvaluationSettings settings) {
    Map<Integer, LabelOverlap> overlaps = LabelOverlap.ofEach(reference, proposed);
    List<SegmentMeasures> measured = new ArrayList<>();
    for (int segment : segments) {
      Double quality =
          scores.stream()
              .filter(score -> score.segmentNumber() == segment)
              .findFirst()
              .map(SegmentScore::quality)
              .orElse(null);
      measured.add(
          SegmentMeasures.of(
              reference, proposed, segment, overlaps.get(segment), quality, settings));
    }
    return new CaseResult(subject, digest(reference), digest(proposed), measured, voxels);
  }

  private static Sha256 digest(LabelMap labels) {
    return Sha256.of(LabelMapCodec.encode(labels));
  }

  public Optional<SegmentMeasures> segment(int number) {
    return segments.stream().filter(each -> each.segmentNumber() == number).findFirst();
  }

  /** What a reader would have had to draw, over all segments, in mm. */
  public double addedPathMm() {
    return segments.stream().mapToDouble(SegmentMeasures::addedPathMm).sum();
  }
}

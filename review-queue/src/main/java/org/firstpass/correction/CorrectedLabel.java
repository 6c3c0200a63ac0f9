package org.firstpass.correction;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.firstpass.event.SegmentDecision;
import org.firstpass.segment.LabelSchema;
import org.firstpass.segment.Segment;
import org.firstpass.segment.SegmentAlgorithmType;
import org.firstpass.segment.Verdict;
import org.firstpass.volume.LabelMap;

/**
 * The outcome of a reader's work on one proposal: the labels that hold, and what was decided and
 * changed for each segment.
 *
 * <p>Segments that are rejected or not assessable are not in the labels. Immutable.
 */
public final class CorrectedLabel {
  private final LabelMap labels;
  private final List<SegmentDecision> decisions;
  private final Map<Integer, Long> voxels;

  private CorrectedLabel(
      LabelMap labels, List<SegmentDecision> decisions, Map<Integer, Long> voxels) {
    this.labels = labels;
    this.decisions = List.copyOf(decisions);
    this.voxels = voxels;
  }

  /**
   * What follows from a proposal, the labels as the reader left them, and the verdicts.
   *
   * @param submitted on the grid of the proposal; the proposal itself if nothing was painted
   * @throws InconsistentSubmission if a verdict contradicts what was painted, see {@link Verdict}
   */
  public static CorrectedLabel of(
      LabelSchema schema, LabelMap proposed, LabelMap submitted, List<SegmentVerdict> said) {
    Map<Integer, SegmentDifference> differences = SegmentDifference.between(proposed, submitted);
    Map<Integer, Verdict> verdicts = VerdictCheck.verdicts(schema, said, differences);
    LabelMap accepted = without(verdicts, submitted);
    var decisions = new ArrayList<SegmentDecision>();
    var voxels = new LinkedHashMap<Integer, Long>();
    for (Segment segment : schema.segments()) {
      int number = segment.number();
      Verdict verdict = verdicts.getOrDefault(number, Verdict.ACCEPT);
      SegmentDifference difference = SegmentDifference.of(number, differences);
      if (isKeptOut(verdict)) {
        difference = difference.removedWhole();
      }
      voxels.put(number, difference.current());
      decisions.add(
          new SegmentDecision(
              number,
              verdict,
              difference.algorithmType(),
              difference.added(),
              difference.removed(),
              difference.dice(),
              SurfaceMeasure.of(number, difference, proposed, accepted)));
    }
    return new CorrectedLabel(accepted, decisions, voxels);
  }

  private static boolean isKeptOut(Verdict verdict) {
    return verdict == Verdict.REJECT || verdict == Verdict.NOT_ASSESSABLE;
  }

  private static LabelMap without(Map<Integer, Verdict> verdicts, LabelMap submitted) {
    if (verdicts.values().stream().noneMatch(CorrectedLabel::isKeptOut)) {
      return submitted;
    }
    short[] labels = submitted.toArray();
    for (int index = 0; index < labels.length; index++) {
      Verdict verdict = verdicts.get(Short.toUnsignedInt(labels[index]));
      if (verdict != null && isKeptOut(verdict)) {
        labels[index] = 0;
      }
    }
    return new LabelMap(submitted.geometry(), labels);
  }

  /** The labels that hold, on the grid of the source series. */
  public LabelMap labels() {
    return labels;
  }

  /** One per segment of the schema, in its order. */
  public List<SegmentDecision> decisions() {
    return decisions;
  }

  /** How many voxels each segment of the schema has now, by segment number. */
  public Map<Integer, Long> voxels() {
    return Map.copyOf(voxels);
  }

  /** Who made each segment that is in the labels, by segment number. */
  public Map<Integer, SegmentAlgorithmType> algorithmTypes() {
    var types = new LinkedHashMap<Integer, SegmentAlgorithmType>();
    for (SegmentDecision decision : decisions) {
      types.put(decision.segmentNumber(), decision.algorithmType());
    }
    return types;
  }

  /** Whether no segment has a voxel: everything was rejected, or nothing is there. */
  public boolean isEmpty() {
    return voxels.values().stream().allMatch(count -> count == 0);
  }
}

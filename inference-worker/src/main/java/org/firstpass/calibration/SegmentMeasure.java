package org.firstpass.calibration;

import java.util.List;
import org.firstpass.event.SegmentScore;
import org.firstpass.proposal.SegmentShape;

/**
 * One proposed segment of one case: how good it was, and what the proposal could have said of it.
 *
 * @param dice with the reference on the grid of the series; 1 if neither has the segment
 * @param scores by temperature, in the order in which those were asked for
 */
record SegmentMeasure(
    String caseName,
    int segmentNumber,
    double dice,
    SegmentShape shape,
    SegmentShape reference,
    List<SegmentScore> scores) {
  SegmentMeasure {
    scores = List.copyOf(scores);
  }
}

package org.firstpass.proposal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.firstpass.event.GeometryWarning;
import org.firstpass.event.SegmentScore;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.model.CalibrationSpec;
import org.firstpass.model.LabelSpec.LabelledChannel;
import org.firstpass.model.ModelManifest;
import org.jspecify.annotations.Nullable;

/** What a proposal says of each of its segments. */
public final class SegmentScores {
  private SegmentScores() {}

  /**
   * Scores in the order of the schema.
   *
   * @param doubt after its last slab
   * @param chosen the segment numbers on the network's grid
   * @param labels the result on the source grid after clean-up, whose voxels are counted
   * @param source the grid of the series
   */
  public static List<SegmentScore> of(
      ModelManifest manifest, Doubt doubt, short[] chosen, short[] labels, GridGeometry source) {
    SegmentDoubt segmentDoubt = SegmentDoubt.of(manifest.labels(), doubt, chosen);
    Map<Integer, SegmentShape> shapes = SegmentShape.ofEach(labels, source);
    List<SegmentScore> scores = new ArrayList<>();
    for (LabelledChannel labelled : manifest.labels().segments()) {
      SegmentShape shape = shapes.getOrDefault(labelled.segment().number(), SegmentShape.ABSENT);
      scores.add(score(manifest.calibration(), labelled, shape, segmentDoubt));
    }
    return scores;
  }

  private static SegmentScore score(
      @Nullable CalibrationSpec calibration,
      LabelledChannel labelled,
      SegmentShape shape,
      SegmentDoubt doubt) {
    double uncertainty = doubt.uncertainty(labelled);
    Double agreement = doubt.agreement(labelled);
    List<GeometryWarning> warnings = shape.against(labelled.expected());
    Double quality =
        calibration == null
            ? null
            : Quality.of(calibration, uncertainty, agreement, warnings.size());
    return new SegmentScore(
        labelled.segment().number(),
        shape.voxels(),
        shape.volumeMl(),
        uncertainty,
        agreement,
        quality,
        warnings);
  }
}

package org.firstpass.proposal;

import java.util.ArrayList;
import java.util.List;
import org.firstpass.event.SegmentScore;
import org.firstpass.model.LabelSpec;
import org.firstpass.model.LabelSpec.LabelledChannel;
import org.firstpass.prepare.NetworkOutput;
import org.firstpass.volume.LabelMap;

/** What a proposal says of each of its segments. */
public final class SegmentScores {
  private static final double MM3_PER_ML = 1000;

  private SegmentScores() {}

  /**
   * Scores in the order of the schema.
   *
   * @param chosen the segment numbers on the network's grid
   * @param labels the result on the source grid, whose voxels are counted
   */
  public static List<SegmentScore> of(
      LabelSpec spec, NetworkOutput output, short[] chosen, LabelMap labels) {
    long[] histogram = labels.histogram();
    double voxelMl = labels.geometry().voxelVolumeMm3() / MM3_PER_ML;
    var uncertainty = new Uncertainty(spec, output, chosen);
    List<SegmentScore> scores = new ArrayList<>();
    for (LabelledChannel labelled : spec.segments()) {
      int number = labelled.segment().number();
      long voxels = number < histogram.length ? histogram[number] : 0;
      scores.add(new SegmentScore(number, voxels, voxels * voxelMl, uncertainty.of(labelled)));
    }
    return scores;
  }
}

package org.firstpass.selection;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.SegmentScore;
import org.firstpass.segment.Segment;

/**
 * A case as a few numbers, so that cases can be told apart: for each segment of the schema the
 * logarithm of its volume and the package's doubt, and how the doubt lies over the slices. They are
 * statistics of what the network put out; no image is looked at.
 */
public final class CaseEmbedding {
  private CaseEmbedding() {}

  /** The numbers of a proposal: as many for every proposal of one label schema. */
  public static double[] of(ProposalMade proposal) {
    List<Segment> segments = proposal.schema().segments();
    var values = new double[2 * segments.size() + 2];
    for (int i = 0; i < segments.size(); i++) {
      int number = segments.get(i).number();
      for (SegmentScore score : proposal.scores()) {
        if (score.segmentNumber() == number) {
          values[2 * i] = Math.log1p(score.volumeMl());
          values[2 * i + 1] = score.uncertainty();
        }
      }
    }
    List<Double> slices = proposal.notes().sliceUncertainty();
    double mean = slices.stream().mapToDouble(d -> d).average().orElse(0);
    values[values.length - 2] = mean;
    values[values.length - 1] = slices.stream().mapToDouble(d -> d).max().orElse(0) - mean;
    return values;
  }

  /**
   * How far a case is from the nearest of those that were read: the root mean square of the
   * differences, each in standard deviations over all cases known. What greedy k-centre selection
   * takes next is the case for which this is largest.
   *
   * @param read those that were read
   * @param known all of the schema, by which is measured
   * @return nothing if none was read
   */
  public static OptionalDouble distance(double[] one, List<double[]> read, List<double[]> known) {
    double[] spread = spread(known, one.length);
    return read.stream().mapToDouble(other -> distance(one, other, spread)).min();
  }

  private static double distance(double[] one, double[] other, double[] spread) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      double difference = (one[i] - other[i]) / spread[i];
      sum += difference * difference;
    }
    return Math.sqrt(sum / one.length);
  }

  // What never varies sets nothing apart.
  private static double[] spread(List<double[]> known, int length) {
    var spread = new double[length];
    Arrays.fill(spread, Double.POSITIVE_INFINITY);
    for (int i = 0; i < length; i++) {
      int at = i;
      double mean = known.stream().mapToDouble(each -> each[at]).average().orElse(0);
      double variance =
          known.stream().mapToDouble(each -> Math.pow(each[at] - mean, 2)).average().orElse(0);
      if (variance > 1e-12) {
        spread[i] = Math.sqrt(variance);
      }
    }
    return spread;
  }
}

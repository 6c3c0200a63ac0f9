package org.firstpass.proposal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.prepare.IndexTransform;
import org.firstpass.volume.UncertaintyMapCodec;

/**
 * Where the network was unsure, on the grid of the series: one byte per voxel, order slice, row,
 * column, 0 for sure to 255.
 *
 * <p>Each voxel has the doubt of the network's voxel that is nearest to it; what lies beyond the
 * network's grid has none. Immutable.
 */
public final class UncertaintyMap {
  /** Slices are told to four digits: what they are means of is known to one in 255. */
  private static final double DIGITS = 1e4;

  private final GridSize size;
  private final byte[] values;
  private final List<Double> slices;

  private UncertaintyMap(GridSize size, byte[] values, List<Double> slices) {
    this.size = size;
    this.values = values;
    this.slices = slices;
  }

  /**
   * Brings a doubt to the grid of the series.
   *
   * @param doubt after its last slab
   * @param labels the result on the source grid after clean-up
   * @param source the grid of the series, in the same frame of reference
   */
  public static UncertaintyMap of(Doubt doubt, short[] labels, GridGeometry source) {
    doubt.requireWhole();
    GridSize size = source.size();
    if (labels.length != size.voxels()) {
      throw new IllegalArgumentException("the labels are not of the grid " + size);
    }
    var nearest = new Nearest(doubt, source);
    var values = new byte[size.voxels()];
    var means = new double[size.slices()];
    IntStream.range(0, size.slices())
        .parallel()
        .forEach(
            slice -> {
              nearest.fill(values, slice);
              means[slice] = mean(values, labels, size, slice);
            });
    List<Double> slices = new ArrayList<>(means.length);
    for (double mean : means) {
      slices.add(mean);
    }
    return new UncertaintyMap(size, values, Collections.unmodifiableList(slices));
  }

  /**
   * Mean doubt over the segments and their rims in each slice of the series, 0 to 1; 0 where there
   * are none.
   */
  public List<Double> slices() {
    return slices;
  }

  /** The doubt at a voxel of the series, 0 to 255. */
  public int at(int column, int row, int slice) {
    return Byte.toUnsignedInt(values[size.index(column, row, slice)]);
  }

  /** As it is stored, {@link UncertaintyMapCodec#MEDIA_TYPE}; the same map gives the same bytes. */
  public byte[] encoded() {
    return UncertaintyMapCodec.encode(values, size);
  }

  private static double mean(byte[] values, short[] labels, GridSize size, int slice) {
    var touched = new TouchedSegments(labels, size);
    long sum = 0;
    long count = 0;
    for (int row = 0; row < size.rows(); row++) {
      int at = size.index(0, row, slice);
      for (int column = 0; column < size.columns(); column++, at++) {
        if (touched.at(column, row, slice) > 0) {
          sum += Byte.toUnsignedInt(values[at]);
          count++;
        }
      }
    }
    return count == 0 ? 0 : Math.rint(DIGITS * sum / count / Doubt.FULL) / DIGITS;
  }

  /** The doubt of the network's nearest voxel. */
  private static final class Nearest {
    private final Doubt doubt;
    private final GridSize network;
    private final GridSize source;
    private final IndexTransform transform;

    Nearest(Doubt doubt, GridGeometry source) {
      this.doubt = doubt;
      this.network = doubt.grid().size();
      this.source = source.size();
      this.transform = IndexTransform.between(source, doubt.grid());
    }

    void fill(byte[] values, int slice) {
      for (int row = 0; row < source.rows(); row++) {
        int at = source.index(0, row, slice);
        for (int column = 0; column < source.columns(); column++, at++) {
          int c = index(transform.column(column, row, slice), network.columns());
          int r = index(transform.row(column, row, slice), network.rows());
          int s = index(transform.slice(column, row, slice), network.slices());
          boolean outside = c < 0 || r < 0 || s < 0;
          values[at] = outside ? 0 : (byte) doubt.entropyAt(network.index(c, r, s));
        }
      }
    }

    /** A voxel reaches half a voxel beyond its centre; -1 is beyond. */
    private static int index(double position, int count) {
      if (position < -0.5 || position > count - 0.5) {
        return -1;
      }
      return Math.min(count - 1, (int) Math.floor(position + 0.5));
    }
  }
}

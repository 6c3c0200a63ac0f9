package org.firstpass.prepare;

import java.util.stream.IntStream;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;

/**
 * The way back: what the network said, as segment numbers on the grid of the series.
 *
 * <p>The channels are interpolated linearly and then a segment is chosen, which keeps borders where
 * the network drew them instead of on its voxels' edges. Where all neighbours chose the same
 * segment interpolation cannot change that, so it is only done along borders. Voxels of the series
 * that lie outside the network's grid are background.
 */
public final class Restoration {
  private final NetworkOutput output;
  private final SegmentChoice choice;
  private final short[] chosen;
  private final GridSize size;
  private final IndexTransform transform;

  private Restoration(
      NetworkOutput output, SegmentChoice choice, short[] chosen, GridGeometry source) {
    this.output = output;
    this.choice = choice;
    this.chosen = chosen;
    this.size = output.grid().size();
    this.transform = IndexTransform.between(source, output.grid());
  }

  /**
   * Segment numbers on the source grid, order slice, row, column, unsigned 16-bit.
   *
   * @param chosen {@link SegmentChoice#onGridOf} of the same output
   */
  public static short[] restore(
      NetworkOutput output, SegmentChoice choice, short[] chosen, GridGeometry source) {
    if (chosen.length != output.grid().size().voxels()) {
      throw new IllegalArgumentException("the chosen labels are not of the output's grid");
    }
    var restoration = new Restoration(output, choice, chosen, source);
    var labels = new short[source.size().voxels()];
    IntStream.range(0, source.size().slices())
        .parallel()
        .forEach(slice -> restoration.restoreSlice(labels, source.size(), slice));
    return labels;
  }

  private void restoreSlice(short[] labels, GridSize source, int slice) {
    var values = new float[choice.candidates()];
    int at = source.index(0, 0, slice);
    for (int row = 0; row < source.rows(); row++) {
      for (int column = 0; column < source.columns(); column++) {
        labels[at++] =
            labelAt(
                transform.column(column, row, slice),
                transform.row(column, row, slice),
                transform.slice(column, row, slice),
                values);
      }
    }
  }

  private short labelAt(double column, double row, double slice, float[] values) {
    if (isOutside(column, size.columns())
        || isOutside(row, size.rows())
        || isOutside(slice, size.slices())) {
      return 0;
    }
    double c = clamp(column, size.columns() - 1);
    double r = clamp(row, size.rows() - 1);
    double s = clamp(slice, size.slices() - 1);
    int at = size.index((int) c, (int) r, (int) s);
    float columnPart = (float) (c - (int) c);
    float rowPart = (float) (r - (int) r);
    float slicePart = (float) (s - (int) s);
    int nextColumn = columnPart == 0 ? 0 : 1;
    int nextRow = rowPart == 0 ? 0 : size.columns();
    int nextSlice = slicePart == 0 ? 0 : size.voxelsPerSlice();
    if (isUniform(at, nextColumn, nextRow, nextSlice)) {
      return chosen[at];
    }
    for (int candidate = 0; candidate < values.length; candidate++) {
      float[] channel = output.channel(choice.channel(candidate));
      float low = plane(channel, at, nextColumn, nextRow, columnPart, rowPart);
      float high = plane(channel, at + nextSlice, nextColumn, nextRow, columnPart, rowPart);
      values[candidate] = low + slicePart * (high - low);
    }
    return choice.choose(values);
  }

  private boolean isUniform(int at, int nextColumn, int nextRow, int nextSlice) {
    short label = chosen[at];
    int above = at + nextSlice;
    return chosen[at + nextColumn] == label
        && chosen[at + nextRow] == label
        && chosen[at + nextRow + nextColumn] == label
        && chosen[above] == label
        && chosen[above + nextColumn] == label
        && chosen[above + nextRow] == label
        && chosen[above + nextRow + nextColumn] == label;
  }

  private static float plane(
      float[] channel, int at, int nextColumn, int nextRow, float columnPart, float rowPart) {
    float low = channel[at] + columnPart * (channel[at + nextColumn] - channel[at]);
    int next = at + nextRow;
    float high = channel[next] + columnPart * (channel[next + nextColumn] - channel[next]);
    return low + rowPart * (high - low);
  }

  private static boolean isOutside(double index, int count) {
    return index < -0.5 || index > count - 0.5;
  }

  private static double clamp(double index, int last) {
    return Math.max(0, Math.min(last, index));
  }
}

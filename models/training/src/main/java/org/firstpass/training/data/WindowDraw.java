package org.firstpass.training.data;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.firstpass.geometry.GridSize;

/**
 * Draws windows from cases: a third of them around a voxel of a segment that is drawn first, so
 * that small ones are seen as often as large ones; turned, scaled and mirrored now and then. All
 * that is drawn follows from the {@link SplittableRandom} that is given.
 *
 * @param size of a window
 * @param outside the value of voxels outside the case
 * @param mirrored tensor axes along which a case may be mirrored
 */
public record WindowDraw(GridSize size, float outside, List<Integer> mirrored) {
  private static final double AROUND_SEGMENT = 1.0 / 3;
  private static final double TURNED = 0.2;
  private static final double SCALED = 0.2;
  private static final double LARGEST_ANGLE = Math.toRadians(20);

  public WindowDraw {
    mirrored = List.copyOf(mirrored);
  }

  /** A window of a case. */
  public Window from(TrainingCase one, SplittableRandom draw) {
    double[] centre = centre(one, draw);
    double[][] turn = identity();
    boolean plain = true;
    if (draw.nextDouble() < TURNED) {
      turn = rotation(draw);
      plain = false;
    }
    if (draw.nextDouble() < SCALED) {
      double factor =
          draw.nextDouble() < 0.5 ? 0.7 + 0.3 * draw.nextDouble() : 1 + 0.4 * draw.nextDouble();
      scale(turn, factor);
      plain = false;
    }
    for (int axis : mirrored) {
      if (draw.nextBoolean()) {
        for (double[] row : turn) {
          row[axis] = -row[axis];
        }
        plain = false;
      }
    }
    return plain ? cut(one, centre) : interpolated(one, centre, inVoxels(one, turn));
  }

  /** In voxels along D, H, W. */
  private double[] centre(TrainingCase one, SplittableRandom draw) {
    int[] present =
        IntStream.range(1, one.channelCount()).filter(c -> one.places(c).length > 0).toArray();
    GridSize whole = one.size();
    if (present.length > 0 && draw.nextDouble() < AROUND_SEGMENT) {
      int[] places = one.places(present[draw.nextInt(present.length)]);
      int at = places[draw.nextInt(places.length)];
      int column = at % whole.columns();
      int row = at / whole.columns() % whole.rows();
      int slice = at / whole.voxelsPerSlice();
      return new double[] {slice, row, column};
    }
    return new double[] {
      anywhere(whole.slices(), size.slices(), draw),
      anywhere(whole.rows(), size.rows(), draw),
      anywhere(whole.columns(), size.columns(), draw)
    };
  }

  /** A window begins up to an eighth of itself outside the case. */
  private static double anywhere(int length, int window, SplittableRandom draw) {
    int over = window / 8;
    int low = Math.min(0, length - window) - over;
    int high = Math.max(0, length - window) + over;
    return low + draw.nextInt(high - low + 1) + window / 2;
  }

  private Window cut(TrainingCase one, double[] centre) {
    int slice0 = (int) centre[0] - size.slices() / 2;
    int row0 = (int) centre[1] - size.rows() / 2;
    int column0 = (int) centre[2] - size.columns() / 2;
    var values = new float[size.voxels()];
    var channels = new byte[values.length];
    int at = 0;
    for (int slice = slice0; slice < slice0 + size.slices(); slice++) {
      for (int row = row0; row < row0 + size.rows(); row++) {
        for (int column = column0; column < column0 + size.columns(); column++, at++) {
          boolean inside = one.size().contains(column, row, slice);
          int index = inside ? one.size().index(column, row, slice) : 0;
          values[at] = inside ? one.valueAt(index) : outside;
          channels[at] = inside ? one.channelAt(index) : 0;
        }
      }
    }
    return new Window(size, values, channels);
  }

  private Window interpolated(TrainingCase one, double[] centre, double[][] matrix) {
    var values = new float[size.voxels()];
    var channels = new byte[values.length];
    int at = 0;
    for (int slice = 0; slice < size.slices(); slice++) {
      for (int row = 0; row < size.rows(); row++) {
        for (int column = 0; column < size.columns(); column++, at++) {
          double d = slice - size.slices() / 2;
          double h = row - size.rows() / 2;
          double w = column - size.columns() / 2;
          double s = centre[0] + matrix[0][0] * d + matrix[0][1] * h + matrix[0][2] * w;
          double r = centre[1] + matrix[1][0] * d + matrix[1][1] * h + matrix[1][2] * w;
          double c = centre[2] + matrix[2][0] * d + matrix[2][1] * h + matrix[2][2] * w;
          values[at] = trilinear(one, s, r, c);
          int nearColumn = (int) Math.floor(c + 0.5);
          int nearRow = (int) Math.floor(r + 0.5);
          int nearSlice = (int) Math.floor(s + 0.5);
          channels[at] =
              one.size().contains(nearColumn, nearRow, nearSlice)
                  ? one.channelAt(one.size().index(nearColumn, nearRow, nearSlice))
                  : 0;
        }
      }
    }
    return new Window(size, values, channels);
  }

  private float trilinear(TrainingCase one, double slice, double row, double column) {
    int s = (int) Math.floor(slice);
    int r = (int) Math.floor(row);
    int c = (int) Math.floor(column);
    double sum = 0;
    for (int corner = 0; corner < 8; corner++) {
      int ds = corner >> 2;
      int dr = corner >> 1 & 1;
      int dc = corner & 1;
      double part =
          Math.abs(1 - ds - (slice - s))
              * Math.abs(1 - dr - (row - r))
              * Math.abs(1 - dc - (column - c));
      if (part > 0) {
        boolean inside = one.size().contains(c + dc, r + dr, s + ds);
        sum += part * (inside ? one.valueAt(one.size().index(c + dc, r + dr, s + ds)) : outside);
      }
    }
    return (float) sum;
  }

  private static double[][] identity() {
    return new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
  }

  /** About each axis by up to 20 degrees. */
  private static double[][] rotation(SplittableRandom draw) {
    double[][] turn = identity();
    for (int axis = 0; axis < 3; axis++) {
      double angle = LARGEST_ANGLE * (2 * draw.nextDouble() - 1);
      int a = (axis + 1) % 3;
      int b = (axis + 2) % 3;
      for (double[] row : turn) {
        double first = row[a];
        double second = row[b];
        row[a] = Math.cos(angle) * first + Math.sin(angle) * second;
        row[b] = Math.cos(angle) * second - Math.sin(angle) * first;
      }
    }
    return turn;
  }

  private static void scale(double[][] turn, double factor) {
    for (double[] row : turn) {
      for (int axis = 0; axis < row.length; axis++) {
        row[axis] *= factor;
      }
    }
  }

  /** From a matrix in mm to one in voxels, which need not be cubes. */
  private static double[][] inVoxels(TrainingCase one, double[][] inMm) {
    double[][] matrix = identity();
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 3; column++) {
        matrix[row][column] = inMm[row][column] * one.spacing(column) / one.spacing(row);
      }
    }
    return matrix;
  }
}

package org.firstpass.volume;

/** The nearest line; of two that are equally near the one with the larger index, as in scipy. */
final class NearestKernel implements AxisKernel {
  private final int[] nearest;

  NearestKernel(int from, double[] positions) {
    nearest = new int[positions.length];
    for (int index = 0; index < positions.length; index++) {
      double position = Math.floor(positions[index] + 0.5);
      nearest[index] = (int) Math.max(0, Math.min(from - 1.0, position));
    }
  }

  /** The input index that an output index is taken from. */
  int source(int index) {
    return nearest[index];
  }

  @Override
  public int margin() {
    return 0;
  }

  @Override
  public void prepare(float[][] lines, int width) {}

  @Override
  public void make(int index, float[][] lines, float[] target, int width) {
    System.arraycopy(lines[nearest[index]], 0, target, 0, width);
  }
}

package org.firstpass.volume;

/** Linear interpolation between two lines; beyond the border its line is repeated. */
final class LinearKernel implements AxisKernel {
  private final int[] low;
  private final int[] high;
  private final float[] weightOfHigh;

  LinearKernel(int from, double[] positions) {
    int to = positions.length;
    low = new int[to];
    high = new int[to];
    weightOfHigh = new float[to];
    for (int index = 0; index < to; index++) {
      double position = Math.max(0, Math.min(from - 1.0, positions[index]));
      low[index] = (int) position;
      high[index] = Math.min(low[index] + 1, from - 1);
      weightOfHigh[index] = (float) (position - low[index]);
    }
  }

  @Override
  public int margin() {
    return 0;
  }

  @Override
  public void prepare(float[][] lines, int width) {}

  @Override
  public void make(int index, float[][] lines, float[] target, int width) {
    float[] from = lines[low[index]];
    float[] to = lines[high[index]];
    float weight = weightOfHigh[index];
    for (int i = 0; i < width; i++) {
      target[i] = from[i] + weight * (to[i] - from[i]);
    }
  }
}

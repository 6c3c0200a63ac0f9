package org.firstpass.volume;

/**
 * How the lines of a resized axis are made of the lines that it had.
 *
 * <p>A line holds the values of several neighbours at one index of the axis, so that the same steps
 * are done to all of them side by side. Implementations are immutable and serve many threads.
 */
interface AxisKernel {
  /** How many lines are kept free before the first and after the last. */
  int margin();

  /**
   * Changes the lines of an axis once, before any is made of them; fills those of the margin.
   *
   * @param width how many values of each line count
   */
  void prepare(float[][] lines, int width);

  /** Makes the line of an output index. */
  void make(int index, float[][] lines, float[] target, int width);
}

package org.firstpass.selection;

import java.util.OptionalDouble;

/**
 * The probability that a lot falls on a task, without a look at all tasks.
 *
 * <p>Every task has a lot, a fixed number from 0 to 1, and the lots lie on a circle. A draw takes a
 * place on it at random, and then one of the {@link #WINDOW} tasks that follow, each equally
 * probable. So a task is drawn if the place falls between it and its {@value #WINDOW}-th
 * predecessor, and then with one in {@value #WINDOW}. Where no more than that wait, it is one in as
 * many as wait; where more do, it is that within about an eighth, and known exactly all the same.
 */
public final class LotCircle {
  /** How many tasks a draw looks at. */
  public static final int WINDOW = 64;

  private LotCircle() {}

  /**
   * With which probability a lot falls on a task.
   *
   * @param lot of the task
   * @param others that wait beside it, counted up to {@link #WINDOW}
   * @param predecessor the lot of its {@link #WINDOW}-th predecessor on the circle, if there are so
   *     many others
   */
  public static double probability(double lot, int others, OptionalDouble predecessor) {
    if (others < WINDOW) {
      return 1.0 / (others + 1);
    }
    double distance = lot - predecessor.orElseThrow();
    // The predecessor may lie on the other side of zero.
    double around = distance <= 0 ? distance + 1 : distance;
    return around / WINDOW;
  }

  /**
   * With which probability a pick falls on a task.
   *
   * @param drawing how much is left to chance
   * @param byLot with which probability a lot falls on it
   * @param first whether it is first by the strategy
   */
  public static double ofPick(Drawing drawing, double byLot, boolean first) {
    double share = drawing.randomShare();
    return share * byLot + (first ? 1 - share : 0);
  }
}

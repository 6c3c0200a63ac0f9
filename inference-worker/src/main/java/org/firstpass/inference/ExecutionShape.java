package org.firstpass.inference;

import java.util.ArrayList;
import java.util.List;

/**
 * How the windows of one grid share the cores.
 *
 * @param callers windows, or batches of them, that are in the runtime at once
 * @param threads cores that each of them may use
 * @param batch windows that one call has at most
 */
public record ExecutionShape(int callers, int threads, int batch) {
  public ExecutionShape {
    if (callers < 1 || threads < 1 || batch < 1) {
      throw new IllegalArgumentException(
          "callers, threads and batch must be at least 1, but are "
              + callers
              + ", "
              + threads
              + ", "
              + batch);
    }
  }

  /** One call at a time with all threads: the only shape for a whole grid at once. */
  public static ExecutionShape whole(int threads) {
    return new ExecutionShape(1, threads, 1);
  }

  /**
   * The shapes that use all threads, most callers first.
   *
   * @param threads that there are
   * @param batch the most windows that one call may have
   */
  static List<ExecutionShape> candidates(Device device, int threads, int batch) {
    List<ExecutionShape> shapes = new ArrayList<>();
    if (device.isAccelerator()) {
      // The card does the work: a second caller hides the copies, a batch fills the card.
      for (int size = 1; size <= batch; size *= 2) {
        shapes.add(new ExecutionShape(1, 1, size));
        shapes.add(new ExecutionShape(2, 1, size));
      }
      return shapes;
    }
    for (int callers = threads; callers >= 1; callers /= 2) {
      shapes.add(new ExecutionShape(callers, threads / callers, 1));
    }
    return shapes;
  }

  @Override
  public String toString() {
    return callers + " x " + threads + (batch == 1 ? "" : " x batch " + batch);
  }
}

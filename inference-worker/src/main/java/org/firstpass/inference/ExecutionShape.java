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

  /**
   * Threads that the runtime is to have. It shares them among the callers of a session and counts
   * the caller itself: so many that all together are as many as the cores.
   */
  int sessionThreads() {
    return callers * (threads - 1) + 1;
  }

  /** One call at a time with all threads: the only shape for a whole grid at once. */
  public static ExecutionShape whole(int threads) {
    return new ExecutionShape(1, threads, 1);
  }

  /**
   * The shapes to choose from, most callers first; on a CPU those that use all threads.
   *
   * @param threads that there are
   * @param batch the most windows that one call may have
   */
  static List<ExecutionShape> candidates(Device device, int threads, int batch) {
    List<ExecutionShape> shapes = new ArrayList<>();
    if (device.isAccelerator()) {
      // The card does the work: a second caller hides the copies, a batch fills the card.
      for (int size = 1; size < batch; size *= 2) {
        shapes.add(new ExecutionShape(2, 1, size));
        shapes.add(new ExecutionShape(1, 1, size));
      }
      shapes.add(new ExecutionShape(2, 1, batch));
      shapes.add(new ExecutionShape(1, 1, batch));
      return shapes;
    }
    for (int callers = threads; callers >= 1; callers /= 2) {
      shapes.add(new ExecutionShape(callers, threads / callers, 1));
    }
    if (batch > 1) {
      shapes.add(new ExecutionShape(threads, 1, batch));
      if (threads > 1) {
        shapes.add(new ExecutionShape(1, threads, batch));
      }
    }
    return shapes;
  }

  /**
   * This shape, or one that fits: smaller batches first, then fewer callers whose cores help the
   * others. One call of one window is always left.
   *
   * @param memory that there is, in bytes; 0 if not known
   * @param window what one window takes, in bytes; 0 if not known
   */
  ExecutionShape within(long memory, long window) {
    if (memory == 0 || window == 0) {
      return this;
    }
    long room = Math.max(1, memory / window);
    if (room >= (long) callers * batch) {
      return this;
    }
    int fewer = (int) Math.min(callers, room);
    int spared = Math.max(1, callers * threads / fewer);
    return new ExecutionShape(fewer, spared, (int) Math.max(1, room / fewer));
  }

  @Override
  public String toString() {
    return callers + " x " + threads + (batch == 1 ? "" : " x batch " + batch);
  }
}

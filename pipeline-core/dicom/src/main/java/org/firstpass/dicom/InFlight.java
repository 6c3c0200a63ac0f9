package org.firstpass.dicom;

import java.util.concurrent.TimeUnit;

/** How many instances are being received now, and no more than may be. Safe for many threads. */
final class InFlight {
  private final int most;
  private int count;

  InFlight(int most) {
    this.most = most;
  }

  /** Begins one as soon as there is room; false if there was none for that long. */
  synchronized boolean begin(long time, TimeUnit unit) {
    if (!await(most - 1, time, unit)) {
      return false;
    }
    count++;
    return true;
  }

  /** Begins one where there is always room. */
  synchronized void begin() {
    count++;
  }

  synchronized void end() {
    count--;
    notifyAll();
  }

  synchronized int count() {
    return count;
  }

  synchronized void awaitNone(long time, TimeUnit unit) {
    await(0, time, unit);
  }

  private boolean await(int allowed, long time, TimeUnit unit) {
    long deadline = System.nanoTime() + unit.toNanos(time);
    try {
      while (count > allowed) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          return false;
        }
        wait(left);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

package org.firstpass.dicom;

import java.util.concurrent.TimeUnit;

/** How many instances are being received now. Safe for use by several threads. */
final class InFlight {
  private int count;

  synchronized void begin() {
    count++;
  }

  synchronized void end() {
    count--;
    notifyAll();
  }

  synchronized void awaitNone(long time, TimeUnit unit) {
    long deadline = System.nanoTime() + unit.toNanos(time);
    try {
      while (count > 0) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          return;
        }
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

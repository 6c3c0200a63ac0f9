package org.firstpass.feed;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Wakes those who wait until the feed goes on. Thread-safe. */
public final class FeedNews {
  /** News that went astray makes it no later than this. */
  public static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  private long told;
  private boolean over;

  /** How often something was told; shown to {@link #await}. */
  public synchronized long told() {
    return told;
  }

  /** Something was told. */
  public synchronized void tell() {
    told++;
    notifyAll();
  }

  /** Nobody waits any longer. */
  public synchronized void end() {
    over = true;
    notifyAll();
  }

  /**
   * Waits until something was told after {@code seen}, at most so long and never longer than {@link
   * #LONGEST_WAIT}: then it is to be looked at again.
   *
   * @return false if it is not to be waited any longer
   */
  public synchronized boolean await(long seen, Duration most) {
    try {
      if (told == seen && !over) {
        long nanos = Math.min(most.toNanos(), LONGEST_WAIT.toNanos());
        TimeUnit.NANOSECONDS.timedWait(this, nanos);
      }
      return !over;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

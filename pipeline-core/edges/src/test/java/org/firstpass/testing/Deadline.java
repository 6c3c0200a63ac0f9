package org.firstpass.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting for a condition that other threads bring about. */
public final class Deadline {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final long PAUSE_NANOS = 5_000_000;

  /** Who asks less often the longer it takes leaves the machine to what is waited for. */
  private static final long LONGEST_PAUSE_NANOS = 80_000_000;

  private Deadline() {}

  /** Returns as soon as the condition holds, and fails if it does not within a minute. */
  public static void await(String what, BooleanSupplier condition) {
    await(what, PATIENCE, condition);
  }

  public static void await(String what, Duration patience, BooleanSupplier condition) {
    long end = System.nanoTime() + patience.toNanos();
    long pause = PAUSE_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("not within " + patience + ": " + what);
      }
      LockSupport.parkNanos(pause);
      pause = Math.min(LONGEST_PAUSE_NANOS, pause + pause / 4);
    }
  }

  /** Fails as soon as the condition does not hold, and returns if it held all that time. */
  public static void holds(String what, Duration howLong, BooleanSupplier condition) {
    long end = System.nanoTime() + howLong.toNanos();
    while (System.nanoTime() - end < 0) {
      if (!condition.getAsBoolean()) {
        throw new AssertionError("no longer true: " + what);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}

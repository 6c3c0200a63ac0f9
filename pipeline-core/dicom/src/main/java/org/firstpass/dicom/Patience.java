package org.firstpass.dicom;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long an archive may take over something.
 *
 * @param silence how long nothing at all may be heard of it
 * @param total how long all of it may take
 * @param heard what else shows that the archive is at work, for instance how many instances have
 *     come to our gateway: a number that grows. Archives need not say how far a C-MOVE is.
 */
public record Patience(Duration silence, Duration total, LongSupplier heard) {
  /** Longer than any study takes, so that an archive that never ends something is left at last. */
  private static final Duration LONGEST = Duration.ofHours(12);

  public Patience {
    if (silence.isNegative() || silence.isZero() || total.compareTo(silence) < 0) {
      throw new IllegalArgumentException(
          "expected a silence within the total, but got " + silence + " and " + total);
    }
  }

  /** What the archive says itself is all that is heard of it. */
  public static Patience of(Duration silence) {
    return new Patience(silence, silence.compareTo(LONGEST) > 0 ? silence : LONGEST, () -> 0);
  }

  /** The same, with another sign of the archive's being at work. */
  public Patience hearing(LongSupplier number) {
    return new Patience(silence, total, number);
  }
}

package org.firstpass.dicom;

import java.util.concurrent.atomic.AtomicLong;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;

/**
 * How much a structure set may have, with what describes the contours less than its reader takes:
 * noise has so many contours, structures have not.
 *
 * <p>Safe to share between threads.
 */
final class ContourBudget {
  static final int MOST_CONTOURS = 200_000;
  static final long MOST_BYTES = 160L << 20;

  private final AtomicLong contours = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();

  /** Refuses what is too much with TOO_LARGE. */
  void take(byte[] data) {
    if (contours.incrementAndGet() > MOST_CONTOURS || bytes.addAndGet(data.length) > MOST_BYTES) {
      throw new StudyRefused(
          ReasonCode.TOO_LARGE,
          "expected at most %d contours of %d bytes, found more"
              .formatted(MOST_CONTOURS, MOST_BYTES));
    }
  }
}

package org.firstpass.dicom.wire;

import java.time.Duration;

/**
 * How long a peer is waited for, and what it may send.
 *
 * @param associate from the connection to the association, its TLS handshake once more
 * @param idle for the next message on an association
 * @param stall for a peer that takes none of what is sent to it, or that sends a message slower
 *     than {@value #LEAST_BYTES} bytes in this time
 */
public record Bounds(Duration associate, Duration idle, Duration stall) {
  /** Of a message, in each time to stall that was spent waiting for it: a modem is faster. */
  public static final int LEAST_BYTES = 64 << 10;

  /** Twice what we say that we take, for those who count otherwise. */
  public static final int LONGEST_PDU = 256 << 10;

  /** A hundred times what the longest command of the standard takes. */
  public static final int LONGEST_COMMAND = 64 << 10;

  private static final Duration SLACK = Duration.ofSeconds(10);

  public Bounds {
    if (associate.isNegative() || idle.isNegative() || stall.isNegative() || stall.isZero()) {
      throw new IllegalArgumentException("times to wait are positive");
    }
  }

  /** How long a peer may send nothing at all: beyond the idle time, which is politer. */
  int silenceMillis() {
    return (int) idle.plus(SLACK).toMillis();
  }
}

package org.firstpass.fuzz;

import java.time.Duration;

/**
 * What one input may cost. The process has a small heap besides, and a time limit for an input that
 * never comes back.
 *
 * @param allocated bytes that any input may have allocated, for buffers and the like
 * @param allocatedPerByte bytes that each byte of the input may have allocated on top
 * @param cpu time on the processor of the thread that takes the input, so that a busy machine does
 *     not count
 */
public record Limits(long allocated, long allocatedPerByte, Duration cpu) {
  /** A data set becomes objects, which take many times what its bytes do. */
  public static final Limits USUAL = new Limits(16L << 20, 1024, Duration.ofSeconds(1));

  /** A byte becomes a thousand when it is inflated; the heap is the limit. */
  public static final Limits DEFLATED = new Limits(Integer.MAX_VALUE, 0, Duration.ofSeconds(10));

  /** How much an input of this length may have allocated. */
  long allocation(int length) {
    return allocated + allocatedPerByte * length;
  }
}

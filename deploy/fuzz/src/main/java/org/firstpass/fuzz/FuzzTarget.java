package org.firstpass.fuzz;

import java.util.List;

/** A door that takes bytes from outside, in this process. One is made per process. */
public interface FuzzTarget {
  /** By which {@code deploy/fuzz/run} knows it. */
  String name();

  /** Inputs to begin with, small ones. */
  List<byte[]> seeds();

  /**
   * Takes an input. Returning, a {@link org.firstpass.failure.StudyRefused} and what {@link
   * #isAnswer} knows are answers; every other exception and error is a finding.
   */
  void run(byte[] input) throws Exception;

  /** Whether a failure is how this door refuses, besides by a StudyRefused. */
  default boolean isAnswer(Throwable failure) {
    return false;
  }

  /** What this input may cost. */
  default Limits limits(byte[] input) {
    return Limits.USUAL;
  }

  /** In bytes. */
  default int longestInput() {
    return 1 << 14;
  }

  /** How many inputs a build runs. */
  default int briefly() {
    return 3000;
  }
}

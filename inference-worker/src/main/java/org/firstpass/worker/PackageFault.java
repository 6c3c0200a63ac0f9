package org.firstpass.worker;

import java.util.EnumSet;
import java.util.Set;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;

/** Whether a failure is that of a package rather than that of a series, or of this process. */
final class PackageFault {
  private static final Set<ReasonCode> OWN =
      EnumSet.of(
          ReasonCode.PACKAGE_INVALID,
          ReasonCode.INFERENCE_FAILED,
          ReasonCode.OUTPUT_NOT_FINITE,
          ReasonCode.INFERENCE_TIMED_OUT,
          ReasonCode.OUT_OF_MEMORY);

  private PackageFault() {}

  /** A heap that is too small is not the network's fault; native memory is what it asks for. */
  static boolean is(Defect defect) {
    return OWN.contains(defect.code()) && !isHeap(defect);
  }

  private static boolean isHeap(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError) {
        return true;
      }
    }
    return false;
  }

  static String told(Defect defect) {
    return defect.code().code() + " " + defect.getMessage();
  }

  /** What any failure of a run is, as one of ours. */
  static Defect of(Throwable failure) {
    if (failure instanceof Defect known
        && (known.code() == ReasonCode.OUT_OF_MEMORY || !isHeap(known))) {
      return known;
    }
    if (isHeap(failure)) {
      return new Defect(ReasonCode.OUT_OF_MEMORY, "the worker's heap ran out of memory", failure);
    }
    if (failure instanceof LinkageError) {
      return new Defect(
          ReasonCode.DEVICE_UNAVAILABLE,
          "a library of this build cannot be linked: " + failure.getClass().getName(),
          failure);
    }
    // Its own message may quote a header, so only its kind is told.
    return new Defect(ReasonCode.UNEXPECTED, "a bug: " + failure.getClass().getName(), failure);
  }
}

package org.firstpass.inference;

import ai.onnxruntime.OrtException;
import java.util.List;
import java.util.Locale;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;

/**
 * What the runtime's exceptions mean. It has one code for many things, so the words decide; they
 * are those of 1.28.0.
 */
final class RuntimeFailures {
  /** Of the C++ library, of the pool on the CPU and on a card, and of CUDA's libraries. */
  private static final List<String> OUT_OF_MEMORY =
      List.of(
          "bad_alloc",
          "failed to allocate memory",
          "is smaller than requested bytes",
          "out of memory",
          "cudaerrormemoryallocation",
          "cublas_status_alloc_failed",
          "cudnn_status_alloc_failed",
          "outofmemory");

  private static final List<String> TERMINATED =
      List.of("exiting due to terminate flag", "terminate flag being set");

  /** Of the JVM, when it may not reserve more memory for buffers outside the heap. */
  private static final String DIRECT_BUFFERS = "direct buffer memory";

  private RuntimeFailures() {}

  /** The failure of a run, with its reason. */
  static Defect ofRun(OrtException e) {
    String words = String.valueOf(e.getMessage());
    return new Defect(code(words), "the network failed: " + words.strip(), e);
  }

  /**
   * The failure to make a tensor in native memory.
   *
   * @throws OutOfMemoryError itself, if it is of the heap: that is not ours to mend
   */
  static Defect ofTensor(OutOfMemoryError e, long bytes) {
    if (!String.valueOf(e.getMessage()).contains(DIRECT_BUFFERS)) {
      throw e;
    }
    return new Defect(
        ReasonCode.OUT_OF_MEMORY,
        "a tensor of " + bytes + " bytes does not fit: " + e.getMessage(),
        e);
  }

  static boolean isOutOfMemory(OrtException e) {
    return code(String.valueOf(e.getMessage())) == ReasonCode.OUT_OF_MEMORY;
  }

  private static ReasonCode code(String message) {
    String words = message.toLowerCase(Locale.ROOT);
    if (OUT_OF_MEMORY.stream().anyMatch(words::contains)) {
      return ReasonCode.OUT_OF_MEMORY;
    }
    if (TERMINATED.stream().anyMatch(words::contains)) {
      return ReasonCode.INFERENCE_TIMED_OUT;
    }
    return ReasonCode.INFERENCE_FAILED;
  }
}

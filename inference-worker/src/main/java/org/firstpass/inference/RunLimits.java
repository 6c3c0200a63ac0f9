package org.firstpass.inference;

import java.time.Duration;
import org.firstpass.geometry.GridSize;
import org.firstpass.model.ModelManifest;

/**
 * What the run of one series may take.
 *
 * @param timeout from its start to its last slab
 * @param blendBytes heap for what windows are blended in, in float32; half precision beyond
 * @param nativeBytes for tensors and the runtime's working memory; 0 if not known
 */
record RunLimits(Duration timeout, long blendBytes, long nativeBytes) {
  /** A run longer than that is none. */
  private static final Duration LONGEST = Duration.ofDays(365);

  /** What windows are blended in may take a quarter of the heap. */
  private static final int SHARE_OF_HEAP = 4;

  /** A call may take about this if nothing is known of the machine. */
  private static final long CALL_BYTES = 1L << 30;

  /** A spare pair of tensors may take this. */
  private static final long SPARE_BYTES = 256L << 20;

  /** Values that a network keeps at once for each voxel of a window: U-Nets measured have 60-80. */
  private static final int WORKING_VALUES = 80;

  static RunLimits of(ExecutionSettings settings) {
    return new RunLimits(
        settings.timeout(),
        Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP,
        settings.nativeMemoryBytes());
  }

  /** The moment, as System.nanoTime tells it, at which a run that begins now has to be done. */
  long deadline() {
    Duration left = timeout.compareTo(LONGEST) > 0 ? LONGEST : timeout;
    return System.nanoTime() + left.toNanos();
  }

  /** How many windows of a batch fit into one call. */
  int batch(ModelManifest manifest, GridSize window, ExecutionShape shape) {
    long perCall = nativeBytes == 0 ? CALL_BYTES : nativeBytes / shape.callers();
    long perWindow = tensorBytes(manifest, window) + workingBytes(window);
    long fitting = Math.max(1, Math.min(perCall, Integer.MAX_VALUE) / perWindow);
    return (int) Math.min(shape.batch(), fitting);
  }

  /**
   * How many pairs of tensors keep the callers busy: one to each, and one that is filled or emptied
   * meanwhile.
   */
  int calls(ModelManifest manifest, GridSize window, int batch, ExecutionShape shape) {
    return batch * tensorBytes(manifest, window) <= SPARE_BYTES
        ? shape.callers() + 1
        : shape.callers();
  }

  /** What the runtime takes for one window beside its tensors, about. */
  static long workingBytes(GridSize window) {
    return (long) Float.BYTES * WORKING_VALUES * window.voxels();
  }

  /** Input and output of one window. */
  static long tensorBytes(ModelManifest manifest, GridSize window) {
    WindowTensor tensor = WindowTensor.of(manifest, window);
    return Float.BYTES * (tensor.inputValues() + tensor.outputValues());
  }
}

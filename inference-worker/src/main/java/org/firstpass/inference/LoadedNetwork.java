package org.firstpass.inference;

import io.micrometer.core.instrument.LongTaskTimer;
import java.time.Duration;
import java.util.List;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.geometry.GridSize;
import org.firstpass.inference.InferenceMetrics.Outcome;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.ModelPackage;
import org.firstpass.model.WindowSpec;
import org.firstpass.prepare.NetworkInput;
import org.firstpass.prepare.NetworkOutput;
import org.firstpass.prepare.SlabSink;

/**
 * A package whose networks are in memory and run over prepared inputs.
 *
 * <p>Safe to share between threads; closing it frees the native memory, which must wait for runs to
 * end.
 */
public final class LoadedNetwork implements AutoCloseable {
  private final ModelPackage model;
  private final LoadedGraphs graphs;
  private final RunLimits limits;
  private final CostModel costs;
  private final InferenceMetrics metrics;

  LoadedNetwork(
      ModelPackage model,
      LoadedGraphs graphs,
      RunLimits limits,
      CostModel costs,
      InferenceMetrics metrics) {
    this.model = model;
    this.graphs = graphs;
    this.limits = limits;
    this.costs = costs;
    this.metrics = metrics;
  }

  /**
   * Loads the networks on the device that is there, in the shape that is fastest on this machine.
   *
   * @param costs knows that shape, or learns it; and learns what every run takes
   * @throws Defect DEVICE_UNAVAILABLE, OUT_OF_MEMORY, or PACKAGE_INVALID if a graph is not what the
   *     manifest says
   */
  public static LoadedNetwork open(
      ModelPackage model, ExecutionSettings settings, CostModel costs, InferenceMetrics metrics) {
    NetworkGraphs graphs = NetworkGraphs.open(model, settings, costs);
    try {
      var loaded =
          LoadedGraphs.of(model.manifest(), graphs.sessions(), graphs.shape(), graphs.device());
      return new LoadedNetwork(model, loaded, RunLimits.of(settings), costs, metrics);
    } catch (RuntimeException e) {
      graphs.close();
      throw e;
    }
  }

  /** Loads the networks on the machine's cores, and forgets what runs take. */
  public static LoadedNetwork open(ModelPackage model, int threads, InferenceMetrics metrics) {
    return open(model, ExecutionSettings.cpu(threads), CostModel.inMemory(), metrics);
  }

  public ModelPackage model() {
    return model;
  }

  /**
   * Runs the networks over all of an input and hands over what they say slab by slab, while they
   * run: logits or fractions as the manifest's activation has them, blended where windows overlap;
   * the mean of mirrored passes and of the members of an ensemble; for a graph that decides itself
   * the share of votes. What is in memory at a time is about a window's depth of slices.
   *
   * @param input on the network's grid, order slice, row, column
   * @param sink takes every slice once, in rising order, on the calling thread; nothing if the
   *     package has no output for voxels
   * @throws Defect INFERENCE_FAILED if the runtime refuses, OUTPUT_NOT_FINITE, OUT_OF_MEMORY,
   *     INFERENCE_TIMED_OUT; the sink may have had slabs by then. What the sink throws comes
   *     through
   */
  public NetworkAnswer run(NetworkInput input, SlabSink sink) {
    LongTaskTimer.Sample sample = metrics.started();
    Outcome outcome = Outcome.FAILED;
    long began = System.nanoTime();
    try {
      NetworkAnswer answer = new WindowRun(graphs, limits, metrics, input).run(sink);
      outcome = Outcome.DONE;
      Duration taken = Duration.ofNanos(System.nanoTime() - began);
      costs.learn(model.reference(), device(), input.grid().size().voxels(), taken);
      return answer;
    } catch (OutOfMemoryError e) {
      throw new Defect(
          ReasonCode.OUT_OF_MEMORY, "a grid of " + input.grid().size() + " does not fit", e);
    } finally {
      metrics.finished(sample, outcome);
    }
  }

  /**
   * Runs the networks over all of an input and keeps all that they say, which is large.
   *
   * @throws Defect as the other
   * @throws IllegalStateException if the package has no output for voxels
   */
  public NetworkOutput run(NetworkInput input) {
    if (!model.manifest().segments()) {
      throw new IllegalStateException(model.label() + " has no output for voxels");
    }
    var collected = new CollectedOutput(model.manifest(), input.grid());
    run(input, collected);
    return collected.output();
  }

  /** What it runs on. */
  public Device device() {
    return graphs.device();
  }

  /**
   * Heap that a run takes beside its input and what the sink keeps: the slices that windows still
   * reach, and the means of passes. Where float32 would take more than a quarter of the heap, this
   * is of half precision.
   *
   * @param size of the network's grid
   */
  public static long heapBytes(ModelManifest manifest, GridSize size) {
    if (!manifest.segments()) {
      return 0;
    }
    WindowPlan plan = WindowPlan.of(size, manifest);
    int passes = WindowSchedule.passes(manifest);
    long allowed = RunLimits.of(ExecutionSettings.cpu(1)).blendBytes();
    long blocks = BlendPlan.of(manifest, size, plan, passes, allowed).bytes();
    return passes == 1 ? blocks : blocks + PassMean.bytes(manifest, plan.window(), passes);
  }

  /**
   * Native memory that a run takes at least: input and output of one window, or of the whole grid,
   * or of one slice of it for a network that sees slices.
   *
   * @param size of the network's grid
   */
  public static long leastNativeBytes(ModelManifest manifest, GridSize size) {
    if (manifest.windows() instanceof WindowSpec.Sliding sliding) {
      return RunLimits.tensorBytes(manifest, windowSize(sliding));
    }
    boolean slices = manifest.input().seesSlices();
    return RunLimits.tensorBytes(
        manifest, slices ? new GridSize(size.columns(), size.rows(), 1) : size);
  }

  /** How its windows share the cores. */
  public ExecutionShape shape() {
    return graphs.shape();
  }

  /** The window of a manifest: columns are W, rows H, slices D. */
  static GridSize windowSize(WindowSpec.Sliding sliding) {
    List<Integer> patch = sliding.patch();
    return new GridSize(patch.get(2), patch.get(1), patch.get(0));
  }

  @Override
  public void close() {
    graphs.networks().forEach(NetworkSession::close);
  }
}

package org.firstpass.inference;

import io.micrometer.core.instrument.LongTaskTimer;
import java.util.ArrayList;
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
import org.firstpass.prepare.NetworkSlab;
import org.firstpass.prepare.SlabSink;
import org.jspecify.annotations.Nullable;

/**
 * A package whose network is in memory and runs over prepared inputs.
 *
 * <p>Sliding windows are run by several callers with one thread each, which on a CPU beats one
 * caller with several threads; a whole grid at once is one call with all threads. Safe to share
 * between threads; closing it frees the native memory, which must wait for runs to end.
 */
public final class LoadedNetwork implements AutoCloseable {
  private final ModelPackage model;
  private final NetworkSession session;
  private final int callers;
  private final InferenceMetrics metrics;

  private LoadedNetwork(
      ModelPackage model, NetworkSession session, int callers, InferenceMetrics metrics) {
    this.model = model;
    this.session = session;
    this.callers = callers;
    this.metrics = metrics;
  }

  /**
   * Loads the network and checks its tensors against the manifest.
   *
   * @param threads how many cores a run may use
   * @throws Defect with {@link ReasonCode#PACKAGE_INVALID} if they do not match
   */
  public static LoadedNetwork open(ModelPackage model, int threads, InferenceMetrics metrics) {
    boolean sliding = model.manifest().windows() instanceof WindowSpec.Sliding;
    NetworkSession session = NetworkSession.open(model.modelFile(), sliding ? 1 : threads, sliding);
    try {
      PackageVerification.requireTensors(model.manifest(), session);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
    return new LoadedNetwork(model, session, sliding ? threads : 1, metrics);
  }

  public ModelPackage model() {
    return model;
  }

  /**
   * Runs the network over all of an input.
   *
   * @throws Defect with {@link ReasonCode#INFERENCE_FAILED} if the runtime refuses or a value is
   *     not a number
   */
  public NetworkOutput run(NetworkInput input) {
    LongTaskTimer.Sample sample = metrics.started();
    Outcome outcome = Outcome.FAILED;
    try {
      NetworkOutput output = runWindows(input);
      outcome = Outcome.DONE;
      return output;
    } finally {
      metrics.finished(sample, outcome);
    }
  }

  /**
   * Runs the network over all of an input and hands over what it says slab by slab, while it runs.
   *
   * @param sink takes every slice once, in rising order; nothing if the package has no output for
   *     voxels
   */
  public NetworkAnswer run(NetworkInput input, SlabSink sink) {
    NetworkOutput output = run(input);
    var channels = new float[output.channels()][];
    for (int channel = 0; channel < channels.length; channel++) {
      channels[channel] = output.channel(channel);
    }
    sink.accept(new NetworkSlab(0, input.grid().size().slices(), channels, null));
    return new NetworkAnswer(List.of(), 1, 0);
  }

  @Override
  public void close() {
    session.close();
  }

  private NetworkOutput runWindows(NetworkInput input) {
    ModelManifest manifest = model.manifest();
    GridSize size = input.grid().size();
    WindowPlan plan = plan(size, manifest.windows());
    var blend =
        new WindowBlend(
            input.grid(), plan.window(), manifest.output(), importance(plan, manifest.windows()));
    int parallel = Math.min(callers, plan.starts().size());
    List<NetworkCall> calls = new ArrayList<>();
    try {
      for (int i = 0; i < Math.min(WindowRun.callsFor(parallel), plan.starts().size()); i++) {
        calls.add(new NetworkCall(session, manifest, plan.window()));
      }
      float padding = (float) manifest.windows().padding();
      new WindowRun(input, plan, blend, padding, metrics).run(calls, parallel);
    } finally {
      calls.forEach(NetworkCall::close);
    }
    return blend.finish();
  }

  static WindowPlan plan(GridSize size, WindowSpec windows) {
    if (windows instanceof WindowSpec.Sliding sliding) {
      return WindowPlan.sliding(size, windowSize(sliding), sliding.overlap());
    }
    int multiple = windows instanceof WindowSpec.Whole whole ? whole.multiple() : 1;
    return WindowPlan.whole(size, multiple);
  }

  static GridSize windowSize(WindowSpec.Sliding sliding) {
    List<Integer> patch = sliding.patch();
    return new GridSize(patch.get(2), patch.get(1), patch.get(0));
  }

  private static float @Nullable [] importance(WindowPlan plan, WindowSpec windows) {
    if (plan.starts().size() > 1 && windows instanceof WindowSpec.Sliding sliding) {
      return ImportanceMap.of(plan.window(), sliding);
    }
    return null;
  }
}

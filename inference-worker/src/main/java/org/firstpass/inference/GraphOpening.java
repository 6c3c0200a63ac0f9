package org.firstpass.inference;

import java.util.List;
import java.util.Optional;
import org.firstpass.geometry.GridSize;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.ModelPackage;
import org.firstpass.model.WindowSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** In which shape a package is to run on this machine, and its warm-up. */
final class GraphOpening {
  private static final Logger LOG = LoggerFactory.getLogger(GraphOpening.class);
  private static final double MEGAVOXEL = 1e6;
  private static final int MEBIBYTE_SHIFT = 20;

  private final ModelPackage model;
  private final ModelManifest manifest;
  private final ExecutionSettings settings;
  private final Device device;
  private final CostModel costs;
  private final List<GraphFile> files;

  GraphOpening(ModelPackage model, ExecutionSettings settings, Device device, CostModel costs) {
    this.model = model;
    this.manifest = model.manifest();
    this.settings = settings;
    this.device = device;
    this.costs = costs;
    this.files = manifest.networkFiles().stream().map(file -> GraphFile.of(model, file)).toList();
  }

  List<GraphFile> files() {
    return files;
  }

  SessionKind kind(ExecutionShape shape) {
    boolean keepMemory = NetworkGraphs.firstKind(model, settings, device).keepMemory();
    return new SessionKind(device, settings.options(), shape.sessionThreads(), keepMemory);
  }

  /** The fastest shape that fits, known from before or measured now. */
  ExecutionShape shape() {
    if (!(manifest.windows() instanceof WindowSpec.Sliding sliding)) {
      // A 2-D network sees one slice at a time, so several can be on their way.
      return manifest.input().seesSlices()
          ? ExecutionShape.candidates(device, settings.threads(), 1).get(0)
          : ExecutionShape.whole(device.isAccelerator() ? 1 : settings.threads());
    }
    Optional<MeasuredShape> known = costs.shape(model.reference(), device, settings.threads());
    MeasuredShape measured = known.orElseGet(() -> measure(sliding));
    ExecutionShape shape = measured.within(memory());
    LOG.info(
        "{} runs on {} with {} callers of {} threads, batch {} ({}: {} windows/s, {} MiB each)",
        model.label(),
        device.label(),
        shape.callers(),
        shape.threads(),
        shape.batch(),
        known.isPresent() ? "known" : "measured",
        Math.round(100 * measured.windowsPerSecond()) / 100.0,
        measured.bytesPerCaller() >> MEBIBYTE_SHIFT);
    return shape;
  }

  /** Runs the golden input once and learns from it, unless that is of no use. */
  void warmUp(List<NetworkSession> sessions, ExecutionShape shape) {
    boolean known = costs.secondsPerMegavoxel(model.reference(), device).isPresent();
    boolean sliding = manifest.windows() instanceof WindowSpec.Sliding;
    if (known && !sliding) {
      // Nothing is kept between runs over whole grids that a run could warm up.
      return;
    }
    double seconds = WarmUp.run(model, sessions);
    if (!known && seconds > 0) {
      double passes = 1 << manifest.windows().mirror().size();
      costs.estimate(model.reference(), device, seconds * passes / shape.callers());
    }
  }

  private MeasuredShape measure(WindowSpec.Sliding sliding) {
    GridSize window = LoadedNetwork.windowSize(sliding);
    MeasuredShape measured =
        new ShapeMeasurement(files, manifest, window, settings, device, memory())
            .fastest(sliding.effectiveBatch());
    costs.remember(model.reference(), device, measured);
    double fresh = window.voxels() / MEGAVOXEL * freshShare(sliding);
    double passes = (1 << sliding.mirror().size()) * (double) files.size();
    costs.estimate(model.reference(), device, passes / measured.windowsPerSecond() / fresh);
    return measured;
  }

  /** The share of a window's voxels that no earlier window had; a slice has no overlap across. */
  private double freshShare(WindowSpec.Sliding sliding) {
    int axes = manifest.input().seesSlices() ? 2 : 3;
    return Math.pow(1 - sliding.overlap(), axes);
  }

  /** What is left for callers beside the weights; 0 if nobody says how much there is. */
  private long memory() {
    if (settings.nativeMemoryBytes() == 0) {
      return 0;
    }
    long weights = files.stream().mapToLong(GraphFile::bytes).sum();
    return Math.max(1, settings.nativeMemoryBytes() - weights);
  }
}

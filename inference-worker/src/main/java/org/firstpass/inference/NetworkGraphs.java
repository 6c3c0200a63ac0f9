package org.firstpass.inference;

import java.util.ArrayList;
import java.util.List;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.geometry.GridSize;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.ModelPackage;
import org.firstpass.model.WindowSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The graphs of a package in native memory, on the device that is there, in the shape that is
 * fastest, with the tensors that the manifest states. Closing them gives the leases back.
 */
final class NetworkGraphs implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NetworkGraphs.class);
  private static final double MEGAVOXEL = 1e6;

  private final Device device;
  private final ExecutionShape shape;
  private final List<NetworkSession> sessions;

  private NetworkGraphs(Device device, ExecutionShape shape, List<NetworkSession> sessions) {
    this.device = device;
    this.shape = shape;
    this.sessions = List.copyOf(sessions);
  }

  /**
   * Opens every graph, each once per process, and warms them up.
   *
   * @param costs knows the fastest shape, or learns it
   * @throws Defect with {@link ReasonCode#DEVICE_UNAVAILABLE} if no device of the settings is
   *     there, {@link ReasonCode#PACKAGE_INVALID} if a graph does not match the manifest, {@link
   *     ReasonCode#OUT_OF_MEMORY} if there is no room
   */
  static NetworkGraphs open(ModelPackage model, ExecutionSettings settings, CostModel costs) {
    MachineMemory.require(model.manifest());
    Device device = DeviceSelection.choose(settings);
    List<GraphFile> files =
        model.manifest().networkFiles().stream().map(file -> GraphFile.of(model, file)).toList();
    SessionKind first = firstKind(model, settings, device);
    // Held while the shapes are measured, so that weights are not loaded for each anew.
    List<NetworkSession> held = openAll(files, first);
    try {
      held.forEach(session -> TensorCheck.require(model.manifest(), session));
      ExecutionShape shape = shape(model, files.get(0), settings, device, costs);
      var kind = new SessionKind(device, settings.options(), shape.threads(), first.keepMemory());
      return new NetworkGraphs(device, shape, openAll(files, kind));
    } finally {
      held.forEach(NetworkSession::close);
    }
  }

  /** The kind of session in which a package is looked at; mostly also that which serves it. */
  static SessionKind firstKind(ModelPackage model, ExecutionSettings settings, Device device) {
    // Windows are alike and come one after the other; whole grids differ, and are large.
    boolean windows = model.manifest().windows() instanceof WindowSpec.Sliding;
    boolean single = windows || model.manifest().input().seesSlices() || device.isAccelerator();
    return new SessionKind(device, settings.options(), single ? 1 : settings.threads(), windows);
  }

  /** One per graph, in the manifest's order. */
  List<NetworkSession> sessions() {
    return sessions;
  }

  ExecutionShape shape() {
    return shape;
  }

  Device device() {
    return device;
  }

  @Override
  public void close() {
    sessions.forEach(NetworkSession::close);
  }

  private static List<NetworkSession> openAll(List<GraphFile> files, SessionKind kind) {
    List<NetworkSession> sessions = new ArrayList<>();
    try {
      for (GraphFile file : files) {
        sessions.add(NetworkSession.open(file, kind));
      }
      return sessions;
    } catch (RuntimeException | Error e) {
      sessions.forEach(NetworkSession::close);
      throw e;
    }
  }

  private static ExecutionShape shape(
      ModelPackage model,
      GraphFile graph,
      ExecutionSettings settings,
      Device device,
      CostModel costs) {
    ModelManifest manifest = model.manifest();
    if (!(manifest.windows() instanceof WindowSpec.Sliding sliding)) {
      // A 2-D network sees one slice at a time, so several can be on their way.
      return manifest.input().seesSlices()
          ? ExecutionShape.candidates(device, settings.threads(), 1).get(0)
          : ExecutionShape.whole(device.isAccelerator() ? 1 : settings.threads());
    }
    MeasuredShape measured =
        costs
            .shape(model.reference(), device, settings.threads())
            .orElseGet(() -> measure(model, graph, settings, device, costs, sliding));
    ExecutionShape shape = measured.within(settings.nativeMemoryBytes());
    LOG.info(
        "{} runs on {} with {} callers of {} threads, batch {}: {} windows/s, {} MiB per caller",
        model.label(),
        device.label(),
        shape.callers(),
        shape.threads(),
        shape.batch(),
        String.format("%.2f", measured.windowsPerSecond()),
        measured.bytesPerCaller() >> 20);
    return shape;
  }

  private static MeasuredShape measure(
      ModelPackage model,
      GraphFile graph,
      ExecutionSettings settings,
      Device device,
      CostModel costs,
      WindowSpec.Sliding sliding) {
    GridSize window = LoadedNetwork.windowSize(sliding);
    MeasuredShape measured =
        new ShapeMeasurement(graph, model.manifest(), window, settings, device)
            .fastest(sliding.effectiveBatch());
    costs.remember(model.reference(), device, measured);
    double fresh = window.voxels() / MEGAVOXEL * Math.pow(1 - sliding.overlap(), 3);
    double passes = Math.pow(2, sliding.mirror().size()) * model.networkFiles().size();
    costs.estimate(model.reference(), device, passes / measured.windowsPerSecond() / fresh);
    return measured;
  }
}

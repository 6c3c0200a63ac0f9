package org.firstpass.inference;

import java.util.ArrayList;
import java.util.List;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.model.ModelPackage;
import org.firstpass.model.WindowSpec;

/**
 * The graphs of a package in native memory, on the device that is there, in the shape that is
 * fastest, with the tensors that the manifest states. Closing them gives the leases back.
 */
final class NetworkGraphs implements AutoCloseable {
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
    var opening = new GraphOpening(model, settings, device, costs);
    // Held while the shapes are measured, so that weights are not loaded for each anew.
    List<NetworkSession> held = openAll(opening.files(), firstKind(model, settings, device));
    try {
      held.forEach(session -> TensorCheck.require(model.manifest(), session));
      ExecutionShape shape = opening.shape();
      var sessions = openAll(opening.files(), opening.kind(shape));
      try {
        opening.warmUp(sessions, shape);
        return new NetworkGraphs(device, shape, sessions);
      } catch (RuntimeException | Error e) {
        sessions.forEach(NetworkSession::close);
        throw e;
      }
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
}

package org.firstpass.inference;

import java.util.List;
import org.firstpass.model.ModelManifest;

/**
 * The graphs of a package in memory, and how they are to be run.
 *
 * @param networks one, or the members of an ensemble
 * @param takesBatches whether all of them leave the number of windows of a call open
 */
record LoadedGraphs(
    ModelManifest manifest,
    List<NetworkSession> networks,
    ExecutionShape shape,
    Device device,
    boolean takesBatches) {
  LoadedGraphs {
    networks = List.copyOf(networks);
  }

  static LoadedGraphs of(
      ModelManifest manifest, List<NetworkSession> networks, ExecutionShape shape, Device device) {
    return new LoadedGraphs(
        manifest,
        networks,
        shape,
        device,
        networks.stream().allMatch(network -> leavesBatchOpen(manifest, network)));
  }

  private static boolean leavesBatchOpen(ModelManifest manifest, NetworkSession network) {
    boolean voxels =
        !manifest.segments()
            || network.output(manifest.output().tensor()).filter(LoadedGraphs::open).isPresent();
    boolean findings =
        manifest.findings() == null
            || network.output(manifest.findings().tensor()).filter(LoadedGraphs::open).isPresent();
    return voxels
        && findings
        && network.input(manifest.input().tensor()).filter(LoadedGraphs::open).isPresent();
  }

  private static boolean open(TensorShape shape) {
    return !shape.axes().isEmpty() && shape.axes().get(0) == TensorShape.ANY;
  }
}

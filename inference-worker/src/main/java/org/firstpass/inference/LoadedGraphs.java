package org.firstpass.inference;

import java.util.List;
import java.util.Optional;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.model.FindingSpec;
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

  /**
   * @throws Defect PACKAGE_INVALID if the members of an ensemble answer in different forms, or if
   *     the number of findings is not known beforehand
   */
  static LoadedGraphs of(
      ModelManifest manifest, List<NetworkSession> networks, ExecutionShape shape, Device device) {
    FindingSpec findings = manifest.findings();
    for (NetworkSession network : networks) {
      if (manifest.segments()) {
        requireAlike(manifest.output().tensor(), networks.get(0), network);
      }
      if (findings != null) {
        requireAlike(findings.tensor(), networks.get(0), network);
        network
            .output(findings.tensor())
            .ifPresent(stated -> FindingScores.requireClasses(findings, stated));
      }
    }
    return new LoadedGraphs(
        manifest,
        networks,
        shape,
        device,
        networks.stream().allMatch(network -> leavesBatchOpen(manifest, network)));
  }

  /** Members of an ensemble are called with the same tensors. */
  private static void requireAlike(String tensor, NetworkSession first, NetworkSession other) {
    Optional<TensorShape> wanted = first.output(tensor);
    Optional<TensorShape> found = other.output(tensor);
    if (!form(wanted).equals(form(found))) {
      throw new Defect(
          ReasonCode.PACKAGE_INVALID,
          "output '"
              + tensor
              + "' must be alike in all networks, but is "
              + wanted.map(TensorShape::toString).orElse("missing")
              + " and "
              + found.map(TensorShape::toString).orElse("missing"));
    }
  }

  private static String form(Optional<TensorShape> shape) {
    return shape.map(each -> each.element() + " of " + each.axes().size() + " axes").orElse("");
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

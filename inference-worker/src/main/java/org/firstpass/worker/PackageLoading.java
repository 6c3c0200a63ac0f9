package org.firstpass.worker;

import java.util.Optional;
import org.firstpass.inference.CostModel;
import org.firstpass.inference.ExecutionSettings;
import org.firstpass.inference.InferenceMetrics;
import org.firstpass.inference.LoadedNetwork;
import org.firstpass.inference.PackageVerification;
import org.firstpass.model.ModelPackage;

/** How packages come into the memory of this process. Safe for use by many threads. */
final class PackageLoading {
  private final ExecutionSettings execution;
  private final CostModel costs;
  private final InferenceMetrics metrics;

  PackageLoading(ExecutionSettings execution, CostModel costs, InferenceMetrics metrics) {
    this.execution = execution;
    this.costs = costs;
    this.metrics = metrics;
  }

  /** What speaks against a package on this device: digests, tensors, golden case. */
  Optional<String> against(ModelPackage model) {
    PackageVerification verification = PackageVerification.of(model, execution);
    return verification.passed() ? Optional.empty() : Optional.of(verification.failures());
  }

  /**
   * Loads and warms a network.
   *
   * @throws org.firstpass.failure.Defect if that does not work here
   */
  LoadedNetwork open(ModelPackage model) {
    return LoadedNetwork.open(model, execution, costs, metrics);
  }

  CostModel costs() {
    return costs;
  }

  /** What a network may take beside the heap, in bytes; 0 if nobody says. */
  long nativeLimit() {
    return execution.nativeMemoryBytes();
  }

  /** What the windows of a series take beside the heap, if that was measured. */
  Optional<Long> nativeBytes(LoadedNetwork network) {
    return costs.nativeBytes(network.model().reference(), network.device(), execution.threads());
  }
}

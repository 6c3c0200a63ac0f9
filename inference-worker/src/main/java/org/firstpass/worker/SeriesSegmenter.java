package org.firstpass.worker;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.firstpass.inference.CostModel;
import org.firstpass.inference.ExecutionSettings;
import org.firstpass.inference.InferenceMetrics;
import org.firstpass.inference.LoadedNetwork;
import org.firstpass.model.ModelPackage;
import org.firstpass.prepare.RegionOfInterest;
import org.firstpass.proposal.Proposal;
import org.firstpass.proposal.ProposalIdentity;
import org.firstpass.study.Sha256;
import org.firstpass.volume.Volume;

/**
 * From a volume and a package to a proposal, without Kafka and without a store: what tests and
 * benchmarks call. Packages are loaded when they are first met.
 *
 * <p>Safe for use by several threads; closing it frees the networks and must wait for them.
 */
public final class SeriesSegmenter implements AutoCloseable {
  private final PackageLoading loading;
  private final NetworkRun run;
  private final Map<Sha256, LoadedNetwork> networks = new HashMap<>();

  /**
   * @param threads cores that one network may use
   * @param heapBytes heap that one series may need; a larger one is refused
   */
  public SeriesSegmenter(int threads, long heapBytes, MeterRegistry registry) {
    this(ExecutionSettings.cpu(threads), heapBytes, registry);
  }

  /**
   * @param heapBytes heap that one series may need; a larger one is refused
   */
  public SeriesSegmenter(ExecutionSettings execution, long heapBytes, MeterRegistry registry) {
    this.loading =
        new PackageLoading(execution, CostModel.inMemory(), new InferenceMetrics(registry));
    this.run =
        new NetworkRun(loading, new WorkerMetrics(registry), NetworkRun.Health.UNHEARD, heapBytes);
  }

  /**
   * Segments a volume with a package of one channel.
   *
   * @param revision the hash of the series revision that the volume was read from
   * @throws org.firstpass.failure.StudyRefused TOO_LARGE
   * @throws org.firstpass.failure.Defect PACKAGE_INVALID, or what the network fails with
   */
  public Proposal segment(Volume volume, ModelPackage model, Sha256 revision) {
    return segment(
        List.of(volume), model, ProposalIdentity.of(revision, model.reference()), Optional.empty());
  }

  /**
   * Segments the volumes of a series.
   *
   * @param channels one volume per channel of the manifest, that of the series first
   * @param region what a coarse package found, for a fine one
   */
  public Proposal segment(
      List<Volume> channels,
      ModelPackage model,
      ProposalIdentity identity,
      Optional<RegionOfInterest> region) {
    return run.segment(
        new NetworkRun.Request(channels, network(model), region),
        identity,
        NetworkRun.Start.UNHEARD);
  }

  @Override
  public synchronized void close() {
    networks.values().forEach(LoadedNetwork::close);
    networks.clear();
  }

  private synchronized LoadedNetwork network(ModelPackage model) {
    LoadedNetwork network = networks.get(model.digest());
    if (network == null) {
      network = loading.open(model);
      networks.put(model.digest(), network);
    }
    return network;
  }
}

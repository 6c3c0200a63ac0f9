package org.firstpass.worker;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.firstpass.event.SegmentScore;
import org.firstpass.inference.LoadedNetwork;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.ModelPackage;
import org.firstpass.prepare.NetworkInput;
import org.firstpass.prepare.NetworkOutput;
import org.firstpass.prepare.NetworkSlab;
import org.firstpass.prepare.Preparation;
import org.firstpass.prepare.Restoration;
import org.firstpass.prepare.SegmentChoice;
import org.firstpass.proposal.Doubt;
import org.firstpass.proposal.Proposal;
import org.firstpass.proposal.ProposalEvidence;
import org.firstpass.proposal.ProposalIdentity;
import org.firstpass.proposal.SegmentCleanUp;
import org.firstpass.proposal.SegmentScores;
import org.firstpass.proposal.UncertaintyMap;
import org.firstpass.study.Sha256;
import org.firstpass.volume.Volume;
import org.firstpass.worker.WorkerMetrics.Stage;

/**
 * From a volume and a package to a proposal, without Kafka: prepare, infer, restore, clean up,
 * score.
 *
 * <p>Safe for use by several threads; closing it frees the networks and must wait for them.
 */
public final class SeriesSegmenter implements AutoCloseable {
  private final NetworkPool networks;
  private final WorkerMetrics metrics;
  private final long memoryBytes;

  /**
   * @param threads cores that one network may use
   * @param memoryBytes heap that one series may need; a larger one is refused
   */
  public SeriesSegmenter(int threads, long memoryBytes, MeterRegistry registry) {
    this(new NetworkPool(threads, registry), memoryBytes, new WorkerMetrics(registry));
  }

  SeriesSegmenter(NetworkPool networks, long memoryBytes, WorkerMetrics metrics) {
    this.networks = networks;
    this.metrics = metrics;
    this.memoryBytes = memoryBytes;
  }

  /**
   * Segments a volume.
   *
   * @param revision the hash of the series revision that the volume was read from
   * @throws org.firstpass.failure.StudyRefused TOO_LARGE
   * @throws org.firstpass.failure.Defect PACKAGE_INVALID or INFERENCE_FAILED
   */
  public Proposal segment(Volume volume, ModelPackage model, Sha256 revision) {
    ModelManifest manifest = model.manifest();
    MemoryNeed.require(volume.geometry(), manifest, memoryBytes);
    LoadedNetwork network = networks.network(model);
    NetworkInput input =
        metrics.stage(Stage.PREPARE, () -> Preparation.prepare(volume, manifest.input()));
    long began = System.nanoTime();
    NetworkOutput output = metrics.stage(Stage.INFER, () -> network.run(input));
    Duration inference = Duration.ofNanos(System.nanoTime() - began);
    SegmentChoice choice = SegmentChoice.of(manifest);
    short[] chosen = choice.onGridOf(output);
    short[] labels =
        metrics.stage(Stage.RESTORE, () -> restore(volume, manifest, output, choice, chosen));
    var doubt = new Doubt(manifest, output.grid());
    doubt.accept(slab(output));
    List<SegmentScore> scores =
        metrics.stage(
            Stage.SCORE,
            () -> SegmentScores.of(manifest, doubt, chosen, labels, volume.geometry()));
    return new Proposal(
        ProposalIdentity.of(revision, model.reference()),
        model.reference(),
        manifest.labels().schema(),
        volume.withLabels(labels),
        scores,
        new ProposalEvidence(List.of(), UncertaintyMap.of(doubt, labels, volume.geometry()), "CPU"),
        inference);
  }

  @Override
  public void close() {
    networks.close();
  }

  private static short[] restore(
      Volume volume,
      ModelManifest manifest,
      NetworkOutput output,
      SegmentChoice choice,
      short[] chosen) {
    short[] labels = Restoration.restore(output, choice, volume.geometry());
    SegmentCleanUp.apply(manifest.labels(), labels, volume.geometry());
    return labels;
  }

  private static NetworkSlab slab(NetworkOutput output) {
    var channels = new float[output.channels()][];
    Arrays.setAll(channels, output::channel);
    return new NetworkSlab(0, output.grid().size().slices(), channels, null);
  }
}

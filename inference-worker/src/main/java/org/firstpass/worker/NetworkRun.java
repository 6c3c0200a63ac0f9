package org.firstpass.worker;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.firstpass.event.ImageFinding;
import org.firstpass.event.PackageReference;
import org.firstpass.event.SegmentScore;
import org.firstpass.failure.Defect;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.inference.Device;
import org.firstpass.inference.LoadedNetwork;
import org.firstpass.inference.NetworkAnswer;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.ModelPackage;
import org.firstpass.prepare.Preparation;
import org.firstpass.prepare.Prepared;
import org.firstpass.prepare.RegionOfInterest;
import org.firstpass.prepare.Restoration;
import org.firstpass.prepare.SlabSink;
import org.firstpass.proposal.Doubt;
import org.firstpass.proposal.ProbabilityMap;
import org.firstpass.proposal.Proposal;
import org.firstpass.proposal.ProposalEvidence;
import org.firstpass.proposal.ProposalIdentity;
import org.firstpass.proposal.SegmentCleanUp;
import org.firstpass.proposal.SegmentScores;
import org.firstpass.proposal.UncertaintyMap;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.Volume;
import org.firstpass.worker.WorkerMetrics.Stage;

/**
 * A network over the volumes of one series: prepare, infer and restore while slabs come, clean up,
 * score. Nothing of it outlives the run. Safe for use by many threads.
 */
final class NetworkRun {
  private final PackageLoading loading;
  private final WorkerMetrics metrics;
  private final Health health;
  private final long heapBytes;

  /**
   * @param heapBytes heap that one series may need; a larger one is refused
   */
  NetworkRun(PackageLoading loading, WorkerMetrics metrics, Health health, long heapBytes) {
    this.loading = loading;
    this.metrics = metrics;
    this.health = health;
    this.heapBytes = heapBytes;
  }

  /**
   * What runs over what.
   *
   * @param channels one volume per channel of the manifest, that of the series first
   * @param region what a coarse package found, for a fine one
   */
  record Request(List<Volume> channels, LoadedNetwork network, Optional<RegionOfInterest> region) {
    Request {
      channels = List.copyOf(channels);
    }

    ModelPackage model() {
      return network.model();
    }

    ModelManifest manifest() {
      return network.model().manifest();
    }

    GridGeometry source() {
      return channels.get(0).geometry();
    }
  }

  /** Hears that the network of a proposal begins. */
  interface Start {
    /** Nobody listens. */
    Start UNHEARD = (identity, device, expected) -> {};

    /**
     * @param expected how long it will take, if that was measured before
     */
    void began(ProposalIdentity identity, Device device, Optional<Duration> expected);
  }

  /** Hears how packages do. */
  interface Health {
    /** Nobody listens. */
    Health UNHEARD =
        new Health() {
          @Override
          public void worked(ModelPackage model) {}

          @Override
          public void failed(ModelPackage model, Defect defect) {}
        };

    void worked(ModelPackage model);

    void failed(ModelPackage model, Defect defect);
  }

  /**
   * Segments a series.
   *
   * @throws org.firstpass.failure.StudyRefused TOO_LARGE
   * @throws org.firstpass.failure.Defect if the network fails
   */
  Proposal segment(Request request, ProposalIdentity identity, Start start) {
    ModelManifest manifest = request.manifest();
    Prepared prepared = prepare(request);
    var probabilities = new ProbabilityMap(manifest, request.source().size());
    Restoration restoration = Restoration.onto(request.source(), prepared, manifest, probabilities);
    var doubt = new Doubt(manifest, prepared.input().grid());
    Ran ran =
        run(
            request,
            prepared,
            slab -> {
              restoration.accept(slab);
              doubt.accept(slab);
            },
            (device, expected) -> start.began(identity, device, expected));
    short[] labels = labels(request, restoration);
    List<SegmentScore> scores =
        metrics.stage(
            Stage.SCORE,
            () ->
                SegmentScores.of(manifest, doubt, restoration.chosen(), labels, request.source()));
    UncertaintyMap map =
        metrics.stage(Stage.SCORE, () -> UncertaintyMap.of(doubt, labels, request.source()));
    return new Proposal(
        identity,
        request.model().reference(),
        manifest.labels().schema(),
        request.channels().get(0).withLabels(labels),
        scores,
        new ProposalEvidence(ran.answer().findings(), map, ran.device().label(), probabilities),
        ran.taken());
  }

  /** Only where the segments are: what a coarse package is for. */
  LabelMap labels(Request request) {
    Prepared prepared = prepare(request);
    Restoration restoration = Restoration.onto(request.source(), prepared, request.manifest());
    run(request, prepared, restoration, (device, expected) -> {});
    return request.channels().get(0).withLabels(labels(request, restoration));
  }

  /** Only what a package says of the whole image that marks no voxels. */
  List<ImageFinding> findings(Request request) {
    Prepared prepared = prepare(request);
    return run(request, prepared, slab -> {}, (device, expected) -> {}).answer().findings();
  }

  /**
   * Refuses what would not fit.
   *
   * @param channels the grids of the series, that which is segmented first
   * @throws org.firstpass.failure.StudyRefused TOO_LARGE
   */
  void requireRoom(List<GridGeometry> channels, ModelManifest manifest) {
    if (!channels.isEmpty()) {
      MemoryNeed.require(channels, manifest, heapBytes);
      MemoryNeed.requireNative(channels.get(0), manifest, loading.nativeLimit());
    }
  }

  private record Ran(NetworkAnswer answer, Device device, Duration taken) {}

  private Prepared prepare(Request request) {
    requireRoom(request.channels().stream().map(Volume::geometry).toList(), request.manifest());
    return metrics.stage(
        Stage.PREPARE,
        () -> Preparation.prepare(request.channels(), request.manifest(), request.region()));
  }

  private Ran run(
      Request request,
      Prepared prepared,
      SlabSink sink,
      BiConsumer<Device, Optional<Duration>> start) {
    PackageReference model = request.model().reference();
    Device device = request.network().device();
    long voxels = prepared.input().grid().size().voxels();
    start.accept(device, loading.costs().expected(model, device, voxels));
    long began = System.nanoTime();
    NetworkAnswer answer = metrics.stage(Stage.INFER, () -> answer(request, prepared, sink));
    Duration taken = Duration.ofNanos(System.nanoTime() - began);
    return new Ran(answer, device, taken);
  }

  private NetworkAnswer answer(Request request, Prepared prepared, SlabSink sink) {
    try {
      NetworkAnswer answer = request.network().run(prepared.input(), sink);
      health.worked(request.model());
      return answer;
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      Defect defect = PackageFault.of(e);
      // A worker that is being stopped says nothing about the package.
      if (!Thread.currentThread().isInterrupted()) {
        health.failed(request.model(), defect);
      }
      throw defect;
    }
  }

  private short[] labels(Request request, Restoration restoration) {
    return metrics.stage(
        Stage.CLEAN,
        () -> {
          short[] labels = restoration.labels();
          SegmentCleanUp.apply(request.manifest().labels(), labels, request.source());
          return labels;
        });
  }
}

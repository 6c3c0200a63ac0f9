package org.firstpass.calibration;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.firstpass.event.SegmentAgreement;
import org.firstpass.event.SegmentScore;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.inference.InferenceMetrics;
import org.firstpass.inference.LoadedNetwork;
import org.firstpass.model.CropSpec;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.ModelPackage;
import org.firstpass.prepare.Preparation;
import org.firstpass.prepare.Prepared;
import org.firstpass.prepare.ReferenceOnGrid;
import org.firstpass.prepare.RegionOfInterest;
import org.firstpass.prepare.Restoration;
import org.firstpass.proposal.Doubt;
import org.firstpass.proposal.LabelAgreement;
import org.firstpass.proposal.SegmentCleanUp;
import org.firstpass.proposal.SegmentScores;
import org.firstpass.proposal.SegmentShape;
import org.firstpass.volume.LabelMap;
import org.jspecify.annotations.Nullable;

/**
 * A package in memory that is run over cases as the worker runs it: prepared, inferred, restored
 * and cleaned up by the same code. One thread at a time.
 */
final class CaseRun implements AutoCloseable {
  private final LoadedNetwork network;
  private final @Nullable CaseRun coarse;

  private CaseRun(LoadedNetwork network, @Nullable CaseRun coarse) {
    this.network = network;
    this.coarse = coarse;
  }

  /**
   * Loads a package.
   *
   * @param coarsePackage the one that looks for the region first; null if the package needs none
   * @param threads cores that a run may use
   */
  static CaseRun open(ModelPackage model, @Nullable ModelPackage coarsePackage, int threads) {
    var metrics = new InferenceMetrics(new SimpleMeterRegistry());
    LoadedNetwork network = LoadedNetwork.open(model, threads, metrics);
    if (!(model.manifest().input().crop() instanceof CropSpec.Coarse crop)) {
      return new CaseRun(network, null);
    }
    try {
      if (coarsePackage == null || !coarsePackage.manifest().name().equals(crop.model())) {
        throw new IllegalArgumentException(
            model.label() + " looks for its region with " + crop.model() + ", which must be given");
      }
      return new CaseRun(network, open(coarsePackage, null, threads));
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }

  /** What the network says at some voxels of a case, see {@link VoxelSamples}. */
  List<VoxelSamples.Sample> samples(HeldOutCase held, int most) {
    HeldOutCase.Scan scan = load(held);
    Prepared prepared = prepare(scan);
    GridGeometry grid = prepared.input().grid();
    Restoration restoration = Restoration.onto(scan.grid(), prepared, manifest());
    var samples =
        new VoxelSamples(
            grid.size(),
            ReferenceOnGrid.nearest(scan.reference(), grid),
            restoration.chosen(),
            most,
            held.name().hashCode());
    network.run(
        prepared.input(),
        slab -> {
          restoration.accept(slab);
          samples.accept(slab);
        });
    return samples.kept();
  }

  /** What is proposed for a case and how good it is, with the doubt at each temperature. */
  List<SegmentMeasure> measure(HeldOutCase held, List<Double> temperatures) {
    HeldOutCase.Scan scan = load(held);
    Prepared prepared = prepare(scan);
    GridGeometry grid = prepared.input().grid();
    Restoration restoration = Restoration.onto(scan.grid(), prepared, manifest());
    List<Doubt> doubts =
        temperatures.stream().map(each -> new Doubt(manifest(), grid, each)).toList();
    network.run(
        prepared.input(),
        slab -> {
          restoration.accept(slab);
          doubts.forEach(doubt -> doubt.accept(slab));
        });
    short[] labels = restoration.labels();
    SegmentCleanUp.apply(manifest().labels(), labels, scan.grid());
    List<List<SegmentScore>> scores =
        doubts.stream()
            .map(
                doubt ->
                    SegmentScores.of(manifest(), doubt, restoration.chosen(), labels, scan.grid()))
            .toList();
    return measures(held.name(), scan.reference(), new LabelMap(scan.grid(), labels), scores);
  }

  /** What is proposed for a case, and how far the network's doubt at voxels could be trusted. */
  HeldOutRun.Outcome propose(HeldOutCase held, double temperature, int voxels) {
    HeldOutCase.Scan scan = load(held);
    Prepared prepared = prepare(scan);
    GridGeometry grid = prepared.input().grid();
    Restoration restoration = Restoration.onto(scan.grid(), prepared, manifest());
    var doubt = new Doubt(manifest(), grid, temperature);
    var samples =
        new VoxelSamples(
            grid.size(),
            ReferenceOnGrid.nearest(scan.reference(), grid),
            restoration.chosen(),
            voxels,
            held.name().hashCode());
    network.run(
        prepared.input(),
        slab -> {
          restoration.accept(slab);
          doubt.accept(slab);
          samples.accept(slab);
        });
    short[] labels = restoration.labels();
    SegmentCleanUp.apply(manifest().labels(), labels, scan.grid());
    var likelihood = new VoxelLikelihood(manifest());
    var tally = new Reliability.Tally();
    samples.kept().forEach(sample -> likelihood.tally(sample, temperature, tally));
    return new HeldOutRun.Outcome(
        scan.reference(),
        new LabelMap(scan.grid(), labels),
        SegmentScores.of(manifest(), doubt, restoration.chosen(), labels, scan.grid()),
        tally.finish());
  }

  private List<SegmentMeasure> measures(
      String name, LabelMap reference, LabelMap proposed, List<List<SegmentScore>> scores) {
    GridGeometry grid = proposed.geometry();
    Map<Integer, SegmentShape> shapes = SegmentShape.ofEach(proposed.toArray(), grid);
    Map<Integer, SegmentShape> references = SegmentShape.ofEach(reference.toArray(), grid);
    List<SegmentAgreement> dice =
        LabelAgreement.between(manifest().labels().schema(), reference, proposed);
    List<SegmentMeasure> measures = new ArrayList<>();
    for (int i = 0; i < dice.size(); i++) {
      int at = i;
      int number = dice.get(i).segmentNumber();
      measures.add(
          new SegmentMeasure(
              name,
              number,
              dice.get(i).dice(),
              shapes.getOrDefault(number, SegmentShape.ABSENT),
              references.getOrDefault(number, SegmentShape.ABSENT),
              scores.stream().map(each -> each.get(at)).toList()));
    }
    return measures;
  }

  private Prepared prepare(HeldOutCase.Scan scan) {
    return Preparation.prepare(scan.channels(), manifest(), region(scan));
  }

  /** Where the coarse package finds what the fine one looks at. */
  private Optional<RegionOfInterest> region(HeldOutCase.Scan scan) {
    if (coarse == null || !(manifest().input().crop() instanceof CropSpec.Coarse crop)) {
      return Optional.empty();
    }
    ModelManifest other = coarse.manifest();
    var first = new HeldOutCase.Scan(scan.channels().subList(0, 1), scan.reference());
    Prepared prepared = coarse.prepare(first);
    Restoration restoration = Restoration.onto(scan.grid(), prepared, other);
    coarse.network.run(prepared.input(), restoration);
    short[] labels = restoration.labels();
    SegmentCleanUp.apply(other.labels(), labels, scan.grid());
    Optional<RegionOfInterest> found =
        RegionOfInterest.around(
            new LabelMap(scan.grid(), labels), crop.segments(), crop.marginMm());
    if (found.isEmpty()) {
      throw new StudyRefused(
          ReasonCode.REGION_NOT_FOUND, other.label() + " found none of the region's segments");
    }
    return found;
  }

  private static HeldOutCase.Scan load(HeldOutCase held) {
    try {
      return held.loading().load();
    } catch (IOException e) {
      throw new UncheckedIOException("case " + held.name() + " cannot be read", e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("case " + held.name() + ": " + e.getMessage(), e);
    }
  }

  private ModelManifest manifest() {
    return network.model().manifest();
  }

  @Override
  public void close() {
    network.close();
    if (coarse != null) {
      coarse.close();
    }
  }
}

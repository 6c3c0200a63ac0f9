package org.firstpass.worker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.firstpass.event.SegmentScore;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.inference.LoadedNetwork;
import org.firstpass.model.Cascades;
import org.firstpass.model.CropSpec;
import org.firstpass.model.ModelPackage;
import org.firstpass.prepare.RegionOfInterest;
import org.firstpass.proposal.Proposal;
import org.firstpass.proposal.ProposalIdentity;
import org.firstpass.routing.FirstFindings;
import org.firstpass.study.Sha256;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.Volume;

/**
 * The packages that run over one series and its channels, each once, coarse ones first. One thread
 * at a time; it lives as long as the series is worked on.
 */
final class SeriesRun {
  private final PackageUse packages;
  private final NetworkRun run;
  private final Map<String, LabelMap> coarse = new HashMap<>();
  private final Map<String, Proposal> proposals = new HashMap<>();

  SeriesRun(PackageUse packages, NetworkRun run) {
    this.packages = packages;
    this.run = run;
  }

  /**
   * What a package proposes for a series.
   *
   * @param channels the series of each channel, that which is segmented first
   * @throws StudyRefused TOO_LARGE, REGION_NOT_FOUND, or what speaks against the pixels
   * @throws Defect if a network fails
   */
  Proposal propose(ModelPackage model, List<SurveyedSeries> channels, NetworkRun.Start start) {
    List<ModelPackage> cascade = cascade(model, channels);
    ProposalIdentity identity =
        ProposalIdentity.of(
            channels.stream().map(each -> each.input().revisionHash()).toList(),
            cascade.stream().map(ModelPackage::reference).toList());
    Proposal known = proposals.get(identity.id().toString());
    if (known != null) {
      return known;
    }
    Proposal proposal = run.segment(request(model, channels), identity, start);
    proposals.put(identity.id().toString(), proposal);
    return proposal;
  }

  /** What a first package says, on which the way of a series depends. */
  FirstFindings ask(ModelPackage model, List<SurveyedSeries> channels) {
    if (!model.manifest().segments()) {
      return new FirstFindings(run.findings(request(model, channels)), Map.of());
    }
    Proposal proposal = propose(model, channels, NetworkRun.Start.UNHEARD);
    return new FirstFindings(
        proposal.evidence().findings(),
        proposal.scores().stream()
            .filter(score -> score.voxels() > 0)
            .collect(Collectors.toMap(SegmentScore::segmentNumber, SegmentScore::volumeMl)));
  }

  /** A coarse package of one channel sees the first one only. */
  private NetworkRun.Request request(ModelPackage model, List<SurveyedSeries> channels) {
    List<SurveyedSeries> seen =
        channels.stream().limit(model.manifest().input().channels().size()).toList();
    // Before a pixel is read.
    run.requireRoom(
        seen.stream().flatMap(each -> each.geometry().stream()).toList(), model.manifest());
    Optional<RegionOfInterest> region = region(model, channels);
    List<Volume> volumes = seen.stream().map(each -> each.image().volume()).toList();
    LoadedNetwork network = packages.network(model);
    return new NetworkRun.Request(volumes, network, region);
  }

  private Optional<RegionOfInterest> region(ModelPackage fine, List<SurveyedSeries> channels) {
    Optional<CropSpec.Coarse> crop = Cascades.coarseOf(fine);
    if (crop.isEmpty()) {
      return Optional.empty();
    }
    ModelPackage model = coarse(fine, channels);
    LabelMap found = coarseLabels(model, channels);
    Optional<RegionOfInterest> region =
        RegionOfInterest.around(found, crop.get().segments(), crop.get().marginMm());
    if (region.isEmpty()) {
      throw new StudyRefused(
          ReasonCode.REGION_NOT_FOUND,
          model.label() + " found nothing in which " + fine.label() + " could look");
    }
    return region;
  }

  private LabelMap coarseLabels(ModelPackage model, List<SurveyedSeries> channels) {
    String key = keyOf(model, channels);
    LabelMap known = coarse.get(key);
    if (known == null) {
      known = run.labels(request(model, channels));
      coarse.put(key, known);
    }
    return known;
  }

  private static String keyOf(ModelPackage model, List<SurveyedSeries> channels) {
    List<Sha256> revisions =
        channels.stream()
            .limit(model.manifest().input().channels().size())
            .map(each -> each.input().revisionHash())
            .toList();
    return model.digest() + " " + revisions;
  }

  /** The package and all that run before it, the coarsest last. */
  private List<ModelPackage> cascade(ModelPackage model, List<SurveyedSeries> channels) {
    List<ModelPackage> all = new ArrayList<>(List.of(model));
    ModelPackage last = model;
    while (Cascades.coarseOf(last).isPresent()) {
      last = coarse(last, channels);
      all.add(last);
    }
    return all;
  }

  private ModelPackage coarse(ModelPackage fine, List<SurveyedSeries> channels) {
    CropSpec.Coarse crop = Cascades.coarseOf(fine).orElseThrow();
    String version = crop.version();
    Optional<ModelPackage> found =
        version != null
            ? packages.served().find(crop.model(), version)
            : packages.served().servedTo(channels.get(0).input().reference().study()).stream()
                .filter(each -> each.manifest().name().equals(crop.model()))
                .findFirst();
    ModelPackage model =
        found.orElseThrow(
            () ->
                new Defect(
                    ReasonCode.PACKAGE_INVALID,
                    fine.label() + " needs package " + crop.model() + ", which is not served"));
    Optional<String> unfit = Cascades.unfit(model, fine);
    if (unfit.isPresent()) {
      throw new Defect(ReasonCode.PACKAGE_INVALID, fine.label() + ": " + unfit.get());
    }
    return model;
  }
}

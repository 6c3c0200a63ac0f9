package org.firstpass.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.firstpass.correction.CompanionImages;
import org.firstpass.correction.ViewedImage;
import org.firstpass.dicom.InstanceHeader;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.dicom.SeriesSurvey;
import org.firstpass.dicom.SourceSeries;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.SeriesRevisionCodec;
import org.firstpass.failure.StudyRefused;
import org.firstpass.postgres.SeriesRows;
import org.firstpass.store.ObjectStore;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SeriesRevision;
import org.firstpass.study.Sha256;
import org.firstpass.study.StudyInstanceUid;
import org.firstpass.volume.Volume;
import org.firstpass.volume.VolumeSampling;

/**
 * Series that arrived in the study of a proposal, of the same patient and in the same frame of
 * reference. Only headers are read to list them.
 */
final class StoredCompanions implements CompanionImages {
  private final ObjectStore store;
  private final SeriesRows series;
  private final StoredCases cases;
  private final CaseMemory memory;
  private final Function<StudyInstanceUid, List<SeriesInstanceUid>> index;

  /**
   * @param index names the series of a study
   */
  StoredCompanions(
      ObjectStore store,
      SeriesRows series,
      StoredCases cases,
      CaseMemory memory,
      Function<StudyInstanceUid, List<SeriesInstanceUid>> index) {
    this.store = store;
    this.series = series;
    this.cases = cases;
    this.memory = memory;
    this.index = index;
  }

  /** A series that arrived, as its headers tell. */
  private record Arrived(SeriesRevision revision, SeriesSurvey survey) {}

  @Override
  public List<Companion> of(ProposalMade proposal) {
    SourceSeries source = cases.source(proposal);
    List<Companion> found = new ArrayList<>();
    if (!source.patientGeometry()) {
      return found;
    }
    for (SeriesInstanceUid uid : index.apply(source.reference().study())) {
      find(proposal, source, uid)
          .map(Arrived::survey)
          .map(
              survey ->
                  new Companion(
                      uid, survey.description().modality(), survey.description().frames()))
          .ifPresent(found::add);
    }
    return found;
  }

  @Override
  public Optional<Laid> image(ProposalMade proposal, SeriesInstanceUid uid) {
    SourceSeries source = cases.source(proposal);
    if (!source.patientGeometry()) {
      return Optional.empty();
    }
    return find(proposal, source, uid).map(arrived -> laid(proposal, source, arrived));
  }

  private Laid laid(ProposalMade proposal, SourceSeries source, Arrived arrived) {
    String pair = proposal.input().revisionHash() + " " + arrived.revision().hash();
    return memory.companion(
        Sha256.of(pair.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
        () -> {
          Volume volume = arrived.survey().read().volume();
          Volume onGrid =
              VolumeSampling.linear(volume, source.geometry(), VolumeSampling.smallest(volume));
          return new Laid(ViewedImage.of(onGrid), arrived.survey().media());
        });
  }

  private Optional<Arrived> find(
      ProposalMade proposal, SourceSeries source, SeriesInstanceUid uid) {
    if (uid.equals(source.reference().series())) {
      return Optional.empty();
    }
    return series
        .manifest(uid)
        .map(this::revision)
        .filter(other -> other.reference().study().equals(source.reference().study()))
        .filter(other -> isOfPatient(proposal, other))
        .flatMap(this::surveyed)
        .filter(
            arrived ->
                arrived.survey().description().patientGeometry()
                    && arrived
                        .survey()
                        .source()
                        .geometry()
                        .frameOfReference()
                        .equals(source.geometry().frameOfReference()));
  }

  /** A Study Instance UID that two patients share is a fault of its maker, and has happened. */
  private boolean isOfPatient(ProposalMade proposal, SeriesRevision other) {
    SeriesRevision own = revision(proposal.input().manifest());
    return InstanceHeader.read(first(own))
        .patient()
        .equals(InstanceHeader.read(first(other)).patient());
  }

  private Optional<Arrived> surveyed(SeriesRevision revision) {
    try {
      List<InstanceSource> instances =
          revision.instances().stream()
              .<InstanceSource>map(instance -> () -> store.open(instance.content()))
              .toList();
      SeriesSurvey survey = SeriesSurvey.of(instances);
      return survey.refusal().isEmpty()
          ? Optional.of(new Arrived(revision, survey))
          : Optional.empty();
    } catch (StudyRefused e) {
      // A segmentation, a report: no image.
      return Optional.empty();
    }
  }

  private InstanceSource first(SeriesRevision revision) {
    return () -> store.open(revision.instances().get(0).content());
  }

  private SeriesRevision revision(ObjectReference manifest) {
    return SeriesRevisionCodec.decode(store.read(manifest.digest()));
  }
}

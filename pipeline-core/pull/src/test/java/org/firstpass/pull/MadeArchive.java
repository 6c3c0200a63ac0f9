package org.firstpass.pull;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.firstpass.dicom.FoundInstance;
import org.firstpass.dicom.FoundSeries;
import org.firstpass.dicom.FoundStudy;
import org.firstpass.dicom.IncomingInstance;
import org.firstpass.dicom.PatientIdentity;
import org.firstpass.dicom.QueryAnswer;
import org.firstpass.dicom.StudyKey;
import org.firstpass.dicom.StudyPeriod;
import org.firstpass.dicom.StudyQuery;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.TryAgainLater;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.study.StudyInstanceUid;
import org.jspecify.annotations.Nullable;

/**
 * An archive in memory that sends through the gateway's door, or behaves as it is told. It cuts an
 * answer after so many studies. Safe for use by many threads.
 */
final class MadeArchive implements Archive {
  /** How it treats who asks for studies or has them sent. */
  enum Manner {
    HONEST,
    /** Says that it sent, and does not. */
    LIES,
    /** Does not answer. */
    IS_AWAY,
    /** Answers every question for studies as if it had more. */
    CUTS_EVERYTHING
  }

  private final List<SampleStudy> studies = new CopyOnWriteArrayList<>();
  private final int most;
  private final Map<StudyInstanceUid, Integer> retrievals = new ConcurrentHashMap<>();
  private final AtomicInteger questions = new AtomicInteger();
  private volatile Manner manner = Manner.HONEST;
  private volatile @Nullable PullDoors doors;

  MadeArchive(int most) {
    this.most = most;
  }

  MadeArchive at(PullDoors gateway) {
    doors = gateway;
    return this;
  }

  void behave(Manner now) {
    manner = now;
  }

  SampleStudy add(SampleStudy study) {
    studies.add(study);
    return study;
  }

  List<SampleStudy> studies() {
    return List.copyOf(studies);
  }

  /** How often something of each study was asked for. */
  Map<StudyInstanceUid, Integer> retrievals() {
    return Map.copyOf(retrievals);
  }

  /** How many questions for studies of some days came. */
  int questions() {
    return questions.get();
  }

  private void requireThere() {
    if (manner == Manner.IS_AWAY) {
      throw new TryAgainLater(ReasonCode.PEER_UNAVAILABLE, "away on purpose");
    }
  }

  @Override
  public QueryAnswer<FoundStudy> studies(StudyQuery query) {
    requireThere();
    if (query.study() == null) {
      questions.incrementAndGet();
    }
    List<FoundStudy> matches =
        studies.stream()
            .filter(isAt(query.period()))
            .map(MadeArchive::found)
            .filter(found -> query.matches(found, ""))
            .toList();
    boolean cut = matches.size() > most || manner == Manner.CUTS_EVERYTHING;
    return new QueryAnswer<>(matches.subList(0, Math.min(most, matches.size())), cut, 0);
  }

  private static Predicate<SampleStudy> isAt(StudyPeriod period) {
    return study ->
        (period.fromTime() == null || !study.time().isBefore(period.fromTime()))
            && (period.toTime() == null || !study.time().isAfter(period.toTime()));
  }

  private static FoundStudy found(SampleStudy study) {
    return new FoundStudy(
        study.uid(),
        new PatientIdentity("", study.patient()),
        Optional.of(study.date()),
        Set.of(),
        OptionalInt.empty(),
        OptionalInt.empty());
  }

  private SampleStudy find(StudyInstanceUid study) {
    return studies.stream().filter(each -> each.uid().equals(study)).findFirst().orElseThrow();
  }

  @Override
  public QueryAnswer<FoundSeries> series(StudyKey study) {
    requireThere();
    return new QueryAnswer<>(
        find(study.study()).series().stream()
            .map(each -> new FoundSeries(each.uid(), "CT", "", "", OptionalInt.empty()))
            .toList(),
        false,
        0);
  }

  @Override
  public QueryAnswer<FoundInstance> instances(StudyKey study, SeriesInstanceUid series) {
    return new QueryAnswer<>(
        files(study.study(), series).entrySet().stream()
            .map(each -> new FoundInstance(each.getKey(), Optional.empty()))
            .toList(),
        false,
        0);
  }

  private Map<SopInstanceUid, byte[]> files(StudyInstanceUid study, SeriesInstanceUid series) {
    return find(study).series().stream()
        .filter(each -> each.uid().equals(series))
        .flatMap(each -> each.files().stream())
        .collect(Collectors.toMap(file -> open(file).instance(), file -> file));
  }

  private static IncomingInstance open(byte[] file) {
    return IncomingInstance.ofFile(() -> new ByteArrayInputStream(file));
  }

  @Override
  public Map<SopInstanceUid, ReasonCode> retrieve(Wanted wanted) {
    requireThere();
    retrievals.merge(wanted.study().study(), 1, Integer::sum);
    PullDoors gateway = doors;
    if (manner != Manner.LIES && gateway != null) {
      Map<SopInstanceUid, byte[]> files = files(wanted.study().study(), wanted.series());
      for (FoundInstance each : wanted.instances()) {
        gateway.door(wanted.project()).receive(open(files.get(each.instance())));
      }
    }
    return Map.of();
  }
}

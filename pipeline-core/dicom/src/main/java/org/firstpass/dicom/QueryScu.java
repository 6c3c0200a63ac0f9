package org.firstpass.dicom;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.firstpass.dicom.Responses.Response;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SopClassUid;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.study.StudyInstanceUid;

/**
 * Asks an archive by C-FIND what it has. Each question is an association of its own.
 *
 * <p>All methods throw {@link StudyRefused} with SERVICE_NOT_OFFERED, QUERY_REFUSED, or
 * ANSWER_MALFORMED if nothing but unusable answers came, and {@link
 * org.firstpass.failure.TryAgainLater} with PEER_UNAVAILABLE or ARCHIVE_BUSY. They take a limit of
 * answers, after which the archive is told to stop, and how long it may be silent.
 *
 * @see "PS3.4 C.4.1 and C.6"
 */
public final class QueryScu {
  private QueryScu() {}

  /**
   * Studies that match.
   *
   * @param limit of answers, those too that turn out not to match
   */
  public static QueryAnswer<FoundStudy> studies(
      DicomPeer peer, StudyQuery query, int limit, Duration silence) {
    Attributes keys = query.keys();
    keys.setString(Tag.QueryRetrieveLevel, VR.CS, "STUDY");
    keys.setNull(Tag.NumberOfStudyRelatedSeries, VR.IS);
    keys.setNull(Tag.NumberOfStudyRelatedInstances, VR.IS);
    return new Question<>(peer, limit, silence, answer -> study(answer, query))
        .ask(keys, new PatientIdentity("", ""));
  }

  private static Optional<FoundStudy> study(FoundAttributes answer, StudyQuery query) {
    var study =
        new FoundStudy(
            new StudyInstanceUid(answer.uid(Tag.StudyInstanceUID)),
            new PatientIdentity(answer.text(Tag.IssuerOfPatientID), answer.text(Tag.PatientID)),
            answer.date(Tag.StudyDate),
            answer.texts(Tag.ModalitiesInStudy),
            answer.count(Tag.NumberOfStudyRelatedSeries),
            answer.count(Tag.NumberOfStudyRelatedInstances));
    return query.matches(study, answer.text(Tag.AccessionNumber))
        ? Optional.of(study)
        : Optional.empty();
  }

  /** The series of a study. */
  public static QueryAnswer<FoundSeries> series(
      DicomPeer peer, StudyKey study, int limit, Duration silence) {
    var keys = new Attributes();
    keys.setString(Tag.QueryRetrieveLevel, VR.CS, "SERIES");
    keys.setString(Tag.StudyInstanceUID, VR.UI, study.study().value());
    keys.setNull(Tag.SeriesInstanceUID, VR.UI);
    keys.setNull(Tag.Modality, VR.CS);
    keys.setNull(Tag.BodyPartExamined, VR.CS);
    keys.setNull(Tag.SeriesDescription, VR.LO);
    keys.setNull(Tag.NumberOfSeriesRelatedInstances, VR.IS);
    return new Question<>(peer, limit, silence, answer -> series(answer, study))
        .ask(keys, study.patient());
  }

  private static Optional<FoundSeries> series(FoundAttributes answer, StudyKey study) {
    var series =
        new FoundSeries(
            new SeriesInstanceUid(answer.uid(Tag.SeriesInstanceUID)),
            answer.text(Tag.Modality),
            answer.text(Tag.BodyPartExamined),
            answer.text(Tag.SeriesDescription),
            answer.count(Tag.NumberOfSeriesRelatedInstances));
    return answer.says(Tag.StudyInstanceUID, study.study().value())
        ? Optional.of(series)
        : Optional.empty();
  }

  /** The instances of a series. */
  public static QueryAnswer<FoundInstance> instances(
      DicomPeer peer, StudyKey study, SeriesInstanceUid series, int limit, Duration silence) {
    var keys = new Attributes();
    keys.setString(Tag.QueryRetrieveLevel, VR.CS, "IMAGE");
    keys.setString(Tag.StudyInstanceUID, VR.UI, study.study().value());
    keys.setString(Tag.SeriesInstanceUID, VR.UI, series.value());
    keys.setNull(Tag.SOPInstanceUID, VR.UI);
    keys.setNull(Tag.SOPClassUID, VR.UI);
    return new Question<>(peer, limit, silence, answer -> instance(answer, study, series))
        .ask(keys, study.patient());
  }

  private static Optional<FoundInstance> instance(
      FoundAttributes answer, StudyKey study, SeriesInstanceUid series) {
    var instance =
        new FoundInstance(
            new SopInstanceUid(answer.uid(Tag.SOPInstanceUID)),
            answer.uids(Tag.SOPClassUID).stream().findFirst().map(SopClassUid::new));
    return answer.says(Tag.StudyInstanceUID, study.study().value())
            && answer.says(Tag.SeriesInstanceUID, series.value())
        ? Optional.of(instance)
        : Optional.empty();
  }

  /** What an answer is; none if it does not match. */
  private interface Reading<T> {
    Optional<T> of(FoundAttributes answer);
  }

  /** One C-FIND. */
  private static final class Question<T> {
    private final DicomPeer peer;
    private final int limit;
    private final Duration silence;
    private final Reading<T> reading;
    private final Set<T> matches = new LinkedHashSet<>();
    private int answers;
    private int unusable;

    Question(DicomPeer peer, int limit, Duration silence, Reading<T> reading) {
      if (limit < 1) {
        throw new IllegalArgumentException("a limit is 1 or more, but is " + limit);
      }
      this.peer = peer;
      this.limit = limit;
      this.silence = silence;
      this.reading = reading;
    }

    QueryAnswer<T> ask(Attributes keys, PatientIdentity patient) {
      Patience patience = Patience.of(silence);
      try (var archive =
          ArchiveAssociation.open(
              peer, ArchiveService.FIND, patience, ArchiveAssociation.Storage.NONE)) {
        archive.request(keys, patient, "");
        Response response = archive.next();
        while (response.isPending() && answers < limit) {
          take(response);
          response = archive.next();
        }
        boolean cut = response.isPending();
        if (cut) {
          archive.cancel();
          archive.awaitEnd();
        } else if (response.status() != ArchiveStatus.SUCCESS) {
          throw archive.failure(response);
        }
        return answer(cut);
      }
    }

    private void take(Response response) {
      answers++;
      try {
        reading.of(new FoundAttributes(response.data())).ifPresent(matches::add);
      } catch (StudyRefused e) {
        unusable++;
      }
    }

    private QueryAnswer<T> answer(boolean cut) {
      if (matches.isEmpty() && unusable > 0) {
        throw new StudyRefused(
            ReasonCode.ANSWER_MALFORMED,
            "%s gave %d answers, none with sound UIDs".formatted(peer, unusable));
      }
      return new QueryAnswer<>(List.copyOf(matches), cut, unusable);
    }
  }
}

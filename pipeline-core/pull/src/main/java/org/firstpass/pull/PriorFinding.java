package org.firstpass.pull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import org.firstpass.dicom.FoundStudy;
import org.firstpass.dicom.InstanceHeader;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.dicom.PatientIdentity;
import org.firstpass.dicom.QueryAnswer;
import org.firstpass.dicom.StudyQuery;
import org.firstpass.dicom.web.DicomJson;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.store.ObjectStore;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.Sha256;
import org.firstpass.study.StudyInstanceUid;

/**
 * Finds the earlier studies of a patient. Who it is, the stored instance says; no table and no
 * event has it. Safe for use by many threads.
 */
final class PriorFinding {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int STUDY_DATE = 0x0008_0020;

  private final Archive archive;
  private final ObjectStore store;
  private final PullDoors doors;
  private final PriorRows rows;
  private final Clock clock;

  PriorFinding(Archive archive, ObjectStore store, PullDoors doors, PriorRows rows, Clock clock) {
    this.archive = archive;
    this.store = store;
    this.doors = doors;
    this.rows = rows;
    this.clock = clock;
  }

  /** Asks for them, and orders the latest ones that the rule wants. */
  boolean run(PriorSearch search) {
    InstanceSource arrived = instance(search.series());
    PatientIdentity patient = InstanceHeader.read(arrived).patient();
    if (patient.id().isBlank()) {
      throw new StudyRefused(
          ReasonCode.PRIORS_WITHOUT_PATIENT, "series " + search.series() + " names no patient");
    }
    PriorRule rule = search.rule();
    LocalDate date = studyDate(arrived, search.series());
    QueryAnswer<FoundStudy> answer =
        archive.studies(
            StudyQuery.ofPatient(patient)
                .during(rule.oldest(date), date.minusDays(1))
                .with(rule.filter().modalities()));
    if (answer.cut()) {
      throw new StudyRefused(
          ReasonCode.PULL_ANSWER_CUT, "the archive answered not all studies of the patient");
    }
    List<StudyInstanceUid> priors =
        answer.matches().stream()
            .filter(found -> !found.study().equals(search.study()) && found.date().isPresent())
            .sorted(
                Comparator.comparing((FoundStudy found) -> found.date().orElseThrow()).reversed())
            .filter(found -> isWanted(rule.filter(), found))
            .limit(rule.most())
            .map(FoundStudy::study)
            .toList();
    return rows.found(search, priors, clock.instant());
  }

  /** Whether a series of it is; asked only of as many as are needed. */
  private boolean isWanted(SeriesFilter filter, FoundStudy found) {
    return filter.equals(SeriesFilter.ALL)
        || archive.series(found.key()).matches().stream().anyMatch(filter::wants);
  }

  private InstanceSource instance(SeriesInstanceUid series) {
    Sha256 content =
        doors
            .latestContent(series)
            .orElseThrow(
                () ->
                    new StudyRefused(
                        ReasonCode.PULL_NOT_FOUND, "nothing of series " + series + " is here"));
    return () -> store.open(content);
  }

  private static LocalDate studyDate(InstanceSource instance, SeriesInstanceUid series) {
    String header = DicomJson.header(instance, tag -> tag == STUDY_DATE).json();
    try {
      JsonNode value = MAPPER.readTree(header).path("00080020").path("Value").path(0);
      return LocalDate.parse(value.asText(""), DateTimeFormatter.BASIC_ISO_DATE);
    } catch (DateTimeException e) {
      throw new StudyRefused(
          ReasonCode.PRIORS_WITHOUT_PATIENT, "series " + series + " has no sound Study Date");
    } catch (IOException e) {
      throw new Defect(ReasonCode.UNEXPECTED, "a header is no JSON", e);
    }
  }
}

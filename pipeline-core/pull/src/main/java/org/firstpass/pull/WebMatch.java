package org.firstpass.pull;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.firstpass.dicom.FoundInstance;
import org.firstpass.dicom.FoundSeries;
import org.firstpass.dicom.FoundStudy;
import org.firstpass.dicom.PatientIdentity;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SopClassUid;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.study.StudyInstanceUid;

/**
 * One answer of QIDO-RS; what is malformed in it is as if it were not there.
 *
 * @see "PS3.18 annex F"
 */
final class WebMatch {
  private final JsonNode json;

  WebMatch(JsonNode json) {
    this.json = json;
  }

  /** The study, unless it lacks a sound UID. */
  Optional<FoundStudy> study() {
    return uid("0020000D", StudyInstanceUid::new)
        .map(
            study ->
                new FoundStudy(
                    study,
                    new PatientIdentity(text("00100021"), text("00100020")),
                    date("00080020"),
                    texts("00080061"),
                    number("00201206"),
                    number("00201208")));
  }

  /** The series, unless it lacks a sound UID. */
  Optional<FoundSeries> series() {
    return uid("0020000E", SeriesInstanceUid::new)
        .map(
            series ->
                new FoundSeries(
                    series,
                    text("00080060"),
                    text("00180015"),
                    text("0008103E"),
                    number("00201209")));
  }

  /** The instance, unless it lacks a sound UID. */
  Optional<FoundInstance> instance() {
    return uid("00080018", SopInstanceUid::new)
        .map(instance -> new FoundInstance(instance, uid("00080016", SopClassUid::new)));
  }

  String accessionNumber() {
    return text("00080050");
  }

  private <T> Optional<T> uid(String tag, Function<String, T> reading) {
    try {
      return Optional.of(reading.apply(text(tag)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private String text(String tag) {
    return json.path(tag).path("Value").path(0).asText("").strip();
  }

  private Set<String> texts(String tag) {
    Set<String> values = new HashSet<>();
    json.path(tag).path("Value").forEach(value -> values.add(value.asText("").strip()));
    values.remove("");
    return values;
  }

  private Optional<LocalDate> date(String tag) {
    try {
      return Optional.of(LocalDate.parse(text(tag), DateTimeFormatter.BASIC_ISO_DATE));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private OptionalInt number(String tag) {
    int value = json.path(tag).path("Value").path(0).asInt(-1);
    return value < 0 ? OptionalInt.empty() : OptionalInt.of(value);
  }
}

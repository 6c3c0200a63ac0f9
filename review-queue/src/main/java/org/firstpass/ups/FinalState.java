package org.firstpass.ups;

import static org.firstpass.ups.UpsAttribute.DISCONTINUATION_REASONS;
import static org.firstpass.ups.UpsAttribute.PERFORMED_END;
import static org.firstpass.ups.UpsAttribute.PERFORMED_PROCEDURE;
import static org.firstpass.ups.UpsAttribute.PERFORMED_START;
import static org.firstpass.ups.UpsAttribute.PERFORMED_STATION_NAMES;
import static org.firstpass.ups.UpsAttribute.PERFORMED_WORKITEM_CODES;
import static org.firstpass.ups.UpsAttribute.PROGRESS_INFORMATION;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.firstpass.dicom.dataset.DataSet;
import org.firstpass.review.DiscontinuationReason;
import org.firstpass.ups.WorklistRefusal.Reason;

/**
 * What a performer has to have said before a workitem may end.
 *
 * <p>What the standard lets the server say itself, such as when it was canceled, it does.
 *
 * @see "PS3.4 CC.2.5.1.1, Table CC.2.5-3"
 */
final class FinalState {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT);
  private static final int SECONDS_LENGTH = 14;

  private FinalState() {}

  /** What was performed, with nothing missing that COMPLETED needs. */
  static DataSet performed(DataSet attributes) {
    List<DataSet> items = attributes.items(PERFORMED_PROCEDURE);
    if (items.size() != 1) {
      throw unmet("one item of attribute " + PERFORMED_PROCEDURE.hex());
    }
    DataSet performed = items.get(0);
    var missing = new ArrayList<String>();
    for (UpsAttribute codes : List.of(PERFORMED_STATION_NAMES, PERFORMED_WORKITEM_CODES)) {
      List<DataSet> values = performed.items(codes);
      if (values.isEmpty() || !values.stream().allMatch(Codes::isCode)) {
        missing.add(codes.hex());
      }
    }
    for (UpsAttribute time : List.of(PERFORMED_START, PERFORMED_END)) {
      if (moment(performed, time).isEmpty()) {
        missing.add(time.hex());
      }
    }
    if (!missing.isEmpty()) {
      throw unmet("attributes " + missing + " in " + PERFORMED_PROCEDURE.hex());
    }
    return performed;
  }

  /** Why it was given up. */
  static DiscontinuationReason reason(DataSet attributes) {
    return attributes.items(PROGRESS_INFORMATION).stream()
        .flatMap(progress -> Codes.discontinuation(progress).stream())
        .findFirst()
        .orElseThrow(
            () ->
                unmet(
                    "attribute "
                        + DISCONTINUATION_REASONS.hex()
                        + " in "
                        + PROGRESS_INFORMATION.hex()
                        + " with a code of CID 9300"));
  }

  /** From start to end as the performer says them; never negative. */
  static long activeMillis(DataSet performed) {
    Optional<LocalDateTime> start = moment(performed, PERFORMED_START);
    Optional<LocalDateTime> end = moment(performed, PERFORMED_END);
    return start.isEmpty() || end.isEmpty()
        ? 0
        : Math.max(0, Duration.between(start.get(), end.get()).toMillis());
  }

  // To the second and without the offset, which is the same for both.
  private static Optional<LocalDateTime> moment(DataSet performed, UpsAttribute attribute) {
    String text = performed.text(attribute).orElse("");
    if (text.length() < SECONDS_LENGTH) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDateTime.parse(text.substring(0, SECONDS_LENGTH), SECONDS));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  static WorklistRefusal unmet(String expected) {
    return new WorklistRefusal(
        Reason.FINAL_STATE_UNMET, "the final state needs " + expected + ", set by an update");
  }
}

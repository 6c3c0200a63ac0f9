package org.firstpass.ups;

import static org.firstpass.ups.UpsAttribute.COMMENTS;
import static org.firstpass.ups.UpsAttribute.CONTACT_DISPLAY_NAME;
import static org.firstpass.ups.UpsAttribute.CONTACT_URI;
import static org.firstpass.ups.UpsAttribute.DISCONTINUATION_REASONS;
import static org.firstpass.ups.UpsAttribute.EXPECTED_COMPLETION;
import static org.firstpass.ups.UpsAttribute.LABEL;
import static org.firstpass.ups.UpsAttribute.PERFORMED_PROCEDURE;
import static org.firstpass.ups.UpsAttribute.PRIORITY;
import static org.firstpass.ups.UpsAttribute.PROGRESS_INFORMATION;
import static org.firstpass.ups.UpsAttribute.REASON_FOR_CANCELLATION;
import static org.firstpass.ups.UpsAttribute.REQUESTING_AE;
import static org.firstpass.ups.UpsAttribute.SCHEDULED_PERFORMERS;
import static org.firstpass.ups.UpsAttribute.SCHEDULED_STATION_NAMES;
import static org.firstpass.ups.UpsAttribute.SOP_CLASS_UID;
import static org.firstpass.ups.UpsAttribute.SOP_INSTANCE_UID;
import static org.firstpass.ups.UpsAttribute.SPECIFIC_CHARACTER_SET;
import static org.firstpass.ups.UpsAttribute.STATE;
import static org.firstpass.ups.UpsAttribute.TRANSACTION_UID;
import static org.firstpass.ups.UpsAttribute.WORKLIST_LABEL;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.firstpass.dicom.dataset.DataSet;
import org.firstpass.dicom.web.DicomJson;
import org.firstpass.review.DiscontinuationReason;
import org.firstpass.ups.WorkitemLedger.CancelRequest;

/**
 * What others may set of a workitem, and what of a request cannot be.
 *
 * <p>Everything else is the queue's own: input, patient, state. It is left out and the answer says
 * so; what would break the worklist's own rules is refused.
 */
final class Settable {
  static final List<UpsAttribute> ATTRIBUTES =
      List.of(
          PRIORITY,
          WORKLIST_LABEL,
          LABEL,
          EXPECTED_COMPLETION,
          SCHEDULED_PERFORMERS,
          SCHEDULED_STATION_NAMES,
          COMMENTS,
          PROGRESS_INFORMATION,
          PERFORMED_PROCEDURE);

  private static final Set<UpsAttribute> NEVER_BY_UPDATE =
      Set.of(SOP_CLASS_UID, SOP_INSTANCE_UID, STATE);

  private static final int MAX_CHARACTERS = 64 << 10;
  private static final int MAX_REPORT = 4096;
  private static final int MAX_TITLE = 16;

  private Settable() {}

  /** What of a request may be set, and whether something else was asked for, too. */
  record Selection(DataSet settable, boolean leftOut) {}

  static Selection of(DataSet requested) {
    var settable = new DataSet();
    for (UpsAttribute attribute : ATTRIBUTES) {
      settable.take(attribute, requested);
    }
    checkValues(settable);
    if (DicomJson.of(settable).length() > MAX_CHARACTERS) {
      throw new WorklistRefusal(
          WorklistRefusal.Reason.TOO_LARGE,
          "the attributes of a workitem have at most " + MAX_CHARACTERS + " characters");
    }
    return new Selection(settable, !settable.tags().containsAll(requested.tags()));
  }

  /**
   * What an update may set: of progress and performance only whoever has claimed the workitem.
   *
   * @param claimed whether the update shows a transaction
   */
  static Selection ofUpdate(DataSet requested, boolean claimed) {
    for (UpsAttribute attribute : NEVER_BY_UPDATE) {
      if (requested.contains(attribute)) {
        throw WorklistRefusal.malformed("an update does not set attribute " + attribute.hex());
      }
    }
    // The Transaction UID is in the URL; some put it here, too.
    DataSet rest = requested.remove(TRANSACTION_UID).remove(SPECIFIC_CHARACTER_SET);
    Selection selection = of(rest);
    return claimed
        ? selection
        : new Selection(
            Workitem.withoutPerformance(selection.settable()),
            selection.leftOut()
                || selection.settable().contains(PROGRESS_INFORMATION)
                || selection.settable().contains(PERFORMED_PROCEDURE));
  }

  private static void checkValues(DataSet settable) {
    if (settable.contains(PRIORITY)
        && settable.text(PRIORITY).flatMap(WorkitemPriority::named).isEmpty()) {
      throw WorklistRefusal.malformed(
          "Scheduled Procedure Step Priority (0074,1200) is HIGH, MEDIUM or LOW");
    }
    for (UpsAttribute needed : List.of(LABEL, WORKLIST_LABEL)) {
      if (settable.contains(needed) && !settable.hasValue(needed)) {
        throw WorklistRefusal.malformed("attribute " + needed.hex() + " has a value");
      }
    }
    for (DataSet progress : settable.items(PROGRESS_INFORMATION)) {
      if (progress.hasValue(DISCONTINUATION_REASONS) && Codes.discontinuation(progress).isEmpty()) {
        throw unknownReason();
      }
    }
  }

  /** What a cancel request tells whoever subscribed. */
  static CancelRequest cancelRequest(DataSet requested, String by) {
    if (requested.hasValue(DISCONTINUATION_REASONS) && Codes.discontinuation(requested).isEmpty()) {
      throw unknownReason();
    }
    var report = new DataSet().put(REQUESTING_AE, title(by));
    for (UpsAttribute attribute :
        List.of(
            REASON_FOR_CANCELLATION, DISCONTINUATION_REASONS, CONTACT_URI, CONTACT_DISPLAY_NAME)) {
      report.take(attribute, requested);
    }
    if (DicomJson.of(report).length() > MAX_REPORT) {
      throw new WorklistRefusal(
          WorklistRefusal.Reason.TOO_LARGE,
          "a cancel request has at most " + MAX_REPORT + " characters");
    }
    return new CancelRequest(
        by, Codes.discontinuation(requested).orElse(DiscontinuationReason.UNSPECIFIED), report);
  }

  // A user has no AE title, and the attribute no room for every subject.
  private static String title(String by) {
    String name = by.startsWith(Subscriber.ENTITY) ? by.substring(Subscriber.ENTITY.length()) : by;
    return name.substring(0, Math.min(name.length(), MAX_TITLE));
  }

  private static WorklistRefusal unknownReason() {
    return WorklistRefusal.malformed(
        "Procedure Step Discontinuation Reason Code (0074,100E) is one of CID 9300 (DCM)");
  }

  static Optional<WorkitemPriority> priority(DataSet attributes) {
    return attributes.text(PRIORITY).flatMap(WorkitemPriority::named);
  }
}

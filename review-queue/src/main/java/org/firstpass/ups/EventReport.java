package org.firstpass.ups;

import static org.firstpass.ups.UpsAttribute.AFFECTED_SOP_CLASS_UID;
import static org.firstpass.ups.UpsAttribute.AFFECTED_SOP_INSTANCE_UID;
import static org.firstpass.ups.UpsAttribute.CONTACT_DISPLAY_NAME;
import static org.firstpass.ups.UpsAttribute.CONTACT_URI;
import static org.firstpass.ups.UpsAttribute.DISCONTINUATION_REASONS;
import static org.firstpass.ups.UpsAttribute.EVENT_TYPE_ID;
import static org.firstpass.ups.UpsAttribute.HUMAN_PERFORMER_CODES;
import static org.firstpass.ups.UpsAttribute.INPUT_READINESS;
import static org.firstpass.ups.UpsAttribute.PERFORMER_ORGANIZATION;
import static org.firstpass.ups.UpsAttribute.PROGRESS_INFORMATION;
import static org.firstpass.ups.UpsAttribute.REASON_FOR_CANCELLATION;
import static org.firstpass.ups.UpsAttribute.REQUESTING_AE;
import static org.firstpass.ups.UpsAttribute.SCHEDULED_PERFORMERS;
import static org.firstpass.ups.UpsAttribute.SCHEDULED_STATION_NAMES;
import static org.firstpass.ups.UpsAttribute.SCP_STATUS;
import static org.firstpass.ups.UpsAttribute.STATE;
import static org.firstpass.ups.UpsAttribute.STEP_LIST_STATUS;
import static org.firstpass.ups.UpsAttribute.SUBSCRIPTION_LIST_STATUS;

import java.util.List;
import org.firstpass.dicom.dataset.DataSet;
import org.firstpass.review.DiscontinuationReason;

/**
 * Event reports, as data sets without their Message ID.
 *
 * <p>The affected SOP class is UPS Push, as PS3.4 has it; the example in PS3.18 has UPS Event.
 *
 * @see "PS3.4 Table CC.2.4-1, PS3.18 11.13"
 */
final class EventReport {
  private static final String STATE_REPORT = "1";
  private static final String CANCEL_REQUESTED = "2";
  private static final String PROGRESS_REPORT = "3";
  private static final String SCP_STATUS_CHANGE = "4";
  private static final String ASSIGNED = "5";

  private EventReport() {}

  /** What this server tells of itself. */
  enum ServerStatus {
    RESTARTED("RESTARTED"),
    GOING_DOWN("GOING DOWN");

    private final String value;

    ServerStatus(String value) {
      this.value = value;
    }
  }

  private static DataSet of(String type, String workitem) {
    return new DataSet()
        .put(AFFECTED_SOP_CLASS_UID, UpsUids.PUSH_SOP_CLASS)
        .put(AFFECTED_SOP_INSTANCE_UID, workitem)
        .put(EVENT_TYPE_ID, type);
  }

  static DataSet state(String workitem, UpsState state) {
    return of(STATE_REPORT, workitem).put(STATE, state.value()).put(INPUT_READINESS, "READY");
  }

  static DataSet canceled(String workitem, DiscontinuationReason reason) {
    return state(workitem, UpsState.CANCELED)
        .putItem(DISCONTINUATION_REASONS, Codes.reason(reason));
  }

  static DataSet cancelRequested(String workitem, DataSet report) {
    DataSet event = of(CANCEL_REQUESTED, workitem);
    for (UpsAttribute attribute :
        List.of(
            REQUESTING_AE,
            REASON_FOR_CANCELLATION,
            DISCONTINUATION_REASONS,
            CONTACT_URI,
            CONTACT_DISPLAY_NAME)) {
      event.take(attribute, report);
    }
    return event;
  }

  static DataSet progress(String workitem, DataSet attributes) {
    return of(PROGRESS_REPORT, workitem).take(PROGRESS_INFORMATION, attributes);
  }

  static DataSet assigned(String workitem, DataSet attributes) {
    DataSet event = of(ASSIGNED, workitem).take(SCHEDULED_STATION_NAMES, attributes);
    attributes.items(SCHEDULED_PERFORMERS).stream()
        .findFirst()
        .ifPresent(
            performer ->
                event
                    .take(HUMAN_PERFORMER_CODES, performer)
                    .take(PERFORMER_ORGANIZATION, performer));
    return event;
  }

  /** Subscriptions and workitems are in the database, so a restart loses neither. */
  static DataSet server(ServerStatus status) {
    return of(SCP_STATUS_CHANGE, UpsUids.GLOBAL_SUBSCRIPTION)
        .put(SCP_STATUS, status.value)
        .put(SUBSCRIPTION_LIST_STATUS, "WARM START")
        .put(STEP_LIST_STATUS, "WARM START");
  }
}

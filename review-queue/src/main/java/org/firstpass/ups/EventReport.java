package org.firstpass.ups;

import static org.firstpass.ups.UpsAttribute.AFFECTED_SOP_CLASS_UID;
import static org.firstpass.ups.UpsAttribute.AFFECTED_SOP_INSTANCE_UID;
import static org.firstpass.ups.UpsAttribute.CONTACT_DISPLAY_NAME;
import static org.firstpass.ups.UpsAttribute.CONTACT_URI;
import static org.firstpass.ups.UpsAttribute.DISCONTINUATION_REASONS;
import static org.firstpass.ups.UpsAttribute.EVENT_TYPE_ID;
import static org.firstpass.ups.UpsAttribute.HUMAN_PERFORMER_CODES;
import static org.firstpass.ups.UpsAttribute.INPUT_READINESS;
import static org.firstpass.ups.UpsAttribute.MESSAGE_ID;
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

import java.time.Instant;
import java.util.List;
import org.firstpass.dicom.dataset.DataSet;
import org.firstpass.review.DiscontinuationReason;

/**
 * An event report. The affected SOP class is UPS Push, as PS3.4 has it; the example in PS3.18 has
 * UPS Event.
 *
 * @param instance the workitem that it is about, or the well-known instance of all
 * @see "PS3.4 Table CC.2.4-1, PS3.18 11.13"
 */
record EventReport(int type, String instance, DataSet attributes) {
  private static final int STATE_REPORT = 1;
  private static final int CANCEL_REQUESTED = 2;
  private static final int PROGRESS_REPORT = 3;
  private static final int SCP_STATUS_CHANGE = 4;
  private static final int ASSIGNED = 5;

  /** What this server tells of itself. */
  enum ServerStatus {
    RESTARTED("RESTARTED"),
    GOING_DOWN("GOING DOWN");

    private final String value;

    ServerStatus(String value) {
      this.value = value;
    }
  }

  /** What a notice tells of a workitem. */
  static EventReport of(WorkitemNotice notice, Workitem workitem, Instant now) {
    String uid = workitem.uid();
    return switch (notice.kind()) {
      case STATE -> stateChange(notice, uid);
      case INITIAL -> state(uid, workitem.state(now));
      case PROGRESS -> progress(uid, workitem.attributes());
      case ASSIGNED -> assigned(uid, workitem.attributes());
      case CANCEL_REQUESTED -> {
        String report = notice.report();
        yield cancelRequested(uid, WorkitemJson.parse(report == null ? "{}" : report));
      }
      case RESTARTED -> server(ServerStatus.RESTARTED);
    };
  }

  private static EventReport stateChange(WorkitemNotice notice, String uid) {
    UpsState state = notice.state();
    String reason = notice.reason();
    if (state == UpsState.CANCELED && reason != null) {
      return DiscontinuationReason.ofCode(reason)
          .map(code -> canceled(uid, code))
          .orElseGet(() -> state(uid, state));
    }
    return state(uid, state == null ? UpsState.SCHEDULED : state);
  }

  static EventReport state(String workitem, UpsState state) {
    var attributes = new DataSet().put(STATE, state.value()).put(INPUT_READINESS, "READY");
    return new EventReport(STATE_REPORT, workitem, attributes);
  }

  private static EventReport canceled(String workitem, DiscontinuationReason reason) {
    EventReport canceled = state(workitem, UpsState.CANCELED);
    canceled.attributes().putItem(DISCONTINUATION_REASONS, Codes.reason(reason));
    return canceled;
  }

  private static EventReport cancelRequested(String workitem, DataSet report) {
    var attributes = new DataSet();
    for (UpsAttribute attribute :
        List.of(
            REQUESTING_AE,
            REASON_FOR_CANCELLATION,
            DISCONTINUATION_REASONS,
            CONTACT_URI,
            CONTACT_DISPLAY_NAME)) {
      attributes.take(attribute, report);
    }
    return new EventReport(CANCEL_REQUESTED, workitem, attributes);
  }

  private static EventReport progress(String workitem, DataSet attributes) {
    return new EventReport(
        PROGRESS_REPORT, workitem, new DataSet().take(PROGRESS_INFORMATION, attributes));
  }

  private static EventReport assigned(String workitem, DataSet attributes) {
    DataSet told = new DataSet().take(SCHEDULED_STATION_NAMES, attributes);
    attributes.items(SCHEDULED_PERFORMERS).stream()
        .findFirst()
        .ifPresent(
            performer ->
                told.take(HUMAN_PERFORMER_CODES, performer)
                    .take(PERFORMER_ORGANIZATION, performer));
    return new EventReport(ASSIGNED, workitem, told);
  }

  /** Subscriptions and workitems are in the database, so a restart loses neither. */
  static EventReport server(ServerStatus status) {
    var attributes =
        new DataSet()
            .put(SCP_STATUS, status.value)
            .put(SUBSCRIPTION_LIST_STATUS, "WARM START")
            .put(STEP_LIST_STATUS, "WARM START");
    return new EventReport(SCP_STATUS_CHANGE, UpsUids.GLOBAL_SUBSCRIPTION, attributes);
  }

  /** The report as an event channel has it, with what DIMSE says in its command. */
  DataSet withCommand(int messageId) {
    return attributes
        .copy()
        .put(AFFECTED_SOP_CLASS_UID, UpsUids.PUSH_SOP_CLASS)
        .put(MESSAGE_ID, Integer.toString(messageId))
        .put(AFFECTED_SOP_INSTANCE_UID, instance)
        .put(EVENT_TYPE_ID, Integer.toString(type));
  }
}

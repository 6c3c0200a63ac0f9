package org.firstpass.ups;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.UUID;
import org.firstpass.dicom.dataset.DataSet;
import org.firstpass.dicom.web.DicomJson;
import org.firstpass.event.EventJson;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.jspecify.annotations.Nullable;

/**
 * Word between the processes of an installation that subscribers are to be told something.
 *
 * @param state of a STATE: what it was when the notice was written
 * @param reason of a CANCELED state: a code of CID 9300
 * @param report of a CANCEL_REQUESTED: its attributes as DICOM JSON
 * @param to of an INITIAL: who has subscribed; without a task, to all
 */
public record WorkitemNotice(
    Kind kind,
    @Nullable UUID task,
    @Nullable UpsState state,
    @Nullable String reason,
    @Nullable String report,
    @Nullable Subscriber to) {
  private static final ObjectMapper MAPPER = EventJson.mapper();

  /** What there is to tell. */
  public enum Kind {
    STATE,
    PROGRESS,
    ASSIGNED,
    CANCEL_REQUESTED,
    INITIAL,
    /** Of the server; only application entities are told so. */
    RESTARTED
  }

  public static WorkitemNotice state(UUID task, UpsState state, @Nullable String reason) {
    return new WorkitemNotice(Kind.STATE, task, state, reason, null, null);
  }

  public static WorkitemNotice of(Kind kind, UUID task) {
    return new WorkitemNotice(kind, task, null, null, null, null);
  }

  public static WorkitemNotice cancelRequested(UUID task, DataSet report) {
    return new WorkitemNotice(Kind.CANCEL_REQUESTED, task, null, null, DicomJson.of(report), null);
  }

  public static WorkitemNotice initial(Subscriber to, @Nullable UUID task) {
    return new WorkitemNotice(Kind.INITIAL, task, null, null, null, to);
  }

  public static WorkitemNotice restarted() {
    return new WorkitemNotice(Kind.RESTARTED, null, null, null, null, null);
  }

  public String toJson() {
    try {
      return MAPPER.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new Defect(ReasonCode.UNEXPECTED, "cannot write a notice of the worklist", e);
    }
  }

  public static WorkitemNotice parse(String json) {
    try {
      return MAPPER.readValue(json, WorkitemNotice.class);
    } catch (JsonProcessingException e) {
      throw new Defect(ReasonCode.UNEXPECTED, "a notice of the worklist is damaged", e);
    }
  }
}

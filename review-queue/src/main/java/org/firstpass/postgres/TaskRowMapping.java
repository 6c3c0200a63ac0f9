package org.firstpass.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.firstpass.event.EventJson;
import org.firstpass.event.ProposalMade;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.review.DiscontinuationReason;
import org.firstpass.review.Lease;
import org.firstpass.review.PriorityScore;
import org.firstpass.review.ReviewCase;
import org.firstpass.review.ReviewState;
import org.firstpass.review.ReviewTask;
import org.firstpass.review.TransactionUid;

/** A row of {@code review.task} with its proposal, as a task in its state. */
final class TaskRowMapping {
  /** What {@link #read} needs, of {@code review.task t} and {@code review.proposal p}. */
  static final String COLUMNS =
      " t.id as task_id, t.state, t.arrived, t.holder, t.transaction_uid, t.claimed_at, t.lease_until,"
          + " t.correction_id, t.decided_by, t.decided_at, t.explanation, t.discontinuation,"
          + " p.event, p.score ";

  private static final ObjectMapper MAPPER = EventJson.mapper();

  private TaskRowMapping() {}

  static ReviewTask read(ResultSet row) throws SQLException {
    var subject =
        new ReviewCase(
            row.getObject("task_id", UUID.class),
            parse(row.getString("event"), ProposalMade.class),
            parse(row.getString("score"), PriorityScore.class),
            instant(row, "arrived"));
    return switch (ReviewState.valueOf(row.getString("state"))) {
      case WAITING -> new ReviewTask.Waiting(subject);
      case CLAIMED -> new ReviewTask.Claimed(subject, lease(row));
      case SUBMITTED -> new ReviewTask.Submitted(subject, decision(row));
      case ACCEPTED -> new ReviewTask.Accepted(subject, decision(row));
      case RETURNED ->
          new ReviewTask.Returned(subject, decision(row), row.getString("explanation"));
      case DISCONTINUED -> new ReviewTask.Discontinued(subject, discontinuation(row));
    };
  }

  static String json(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new Defect(ReasonCode.UNEXPECTED, "cannot write JSON for the review queue", e);
    }
  }

  static <T> T parse(String json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new Defect(
          ReasonCode.UNEXPECTED, "a stored " + type.getSimpleName() + " is damaged", e);
    }
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getTimestamp(column).toInstant();
  }

  private static Lease lease(ResultSet row) throws SQLException {
    return new Lease(
        row.getString("holder"),
        new TransactionUid(row.getString("transaction_uid")),
        instant(row, "claimed_at"),
        instant(row, "lease_until"));
  }

  private static ReviewTask.Decision decision(ResultSet row) throws SQLException {
    return new ReviewTask.Decision(
        row.getObject("correction_id", UUID.class),
        row.getString("decided_by"),
        instant(row, "decided_at"));
  }

  private static ReviewTask.Discontinuation discontinuation(ResultSet row) throws SQLException {
    String code = row.getString("discontinuation");
    return new ReviewTask.Discontinuation(
        DiscontinuationReason.ofCode(code)
            .orElseThrow(
                () -> new Defect(ReasonCode.UNEXPECTED, "no reason of CID 9300 is " + code)),
        row.getString("decided_by"),
        instant(row, "decided_at"));
  }
}

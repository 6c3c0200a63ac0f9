package org.firstpass.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.firstpass.dicom.dataset.DataSet;
import org.firstpass.review.ReviewQueue.TaskRow;
import org.firstpass.review.SelectionStrategy;
import org.firstpass.review.TransactionUid;
import org.firstpass.ups.Workitem;
import org.firstpass.ups.WorkitemJson;
import org.firstpass.ups.WorkitemUid;
import org.jspecify.annotations.Nullable;

/** A task with what the worklist adds, as a workitem. */
final class WorkitemRowMapping {
  private static final String LOCKED =
      "exists (select 1 from review.workitem_subscription s"
          + " where s.task_id = t.id and s.deletion_lock)";

  /** Tasks {@code t} with proposal {@code p} and what the worklist knows {@code w}. */
  static final String SELECT =
      "select"
          + TaskRowMapping.COLUMNS
          + ", t.asked, t.interest, t.changed_at, w.uid as workitem_uid, w.attributes, w.performed_by, "
          + LOCKED
          + " as locked, (select o.modality from review.series_outcome o"
          + " where o.series_uid = t.series_uid and o.kind = 'ARRIVED'"
          + " order by o.revision desc limit 1) as modality"
          + " from review.task t join review.proposal p on p.id = t.proposal_id"
          + " left join review.workitem w on w.task_id = t.id ";

  /** Not those that ended long ago and that nobody keeps. */
  static final String NOT_GONE =
      "(t.state not in ('ACCEPTED', 'DISCONTINUED') or t.changed_at >= :kept or " + LOCKED + ")";

  private WorkitemRowMapping() {}

  static Workitem read(ResultSet row, SelectionStrategy strategy, Instant now) throws SQLException {
    TaskRow task = ReviewTasks.scored(row, strategy, now);
    String uid = row.getString("workitem_uid");
    String transaction = row.getString("transaction_uid");
    return new Workitem(
        uid == null ? WorkitemUid.of(task.task().id()) : uid,
        task,
        attributes(row.getString("attributes"), row.getString("performed_by"), transaction),
        task.task().state().isFinal()
            ? Optional.ofNullable(transaction).map(TransactionUid::new)
            : Optional.empty(),
        TaskRowMapping.instant(row, "changed_at"),
        row.getBoolean("locked"));
  }

  /**
   * What was set, without what an earlier performer told of its own work: DICOM knows no workitem
   * that goes back to be claimed by somebody else.
   *
   * @param transaction that holds the task, or with which it ended
   */
  static DataSet attributes(
      @Nullable String json, @Nullable String performedBy, @Nullable String transaction) {
    DataSet attributes = json == null ? new DataSet() : WorkitemJson.parse(json);
    return performedBy != null && performedBy.equals(transaction)
        ? attributes
        : Workitem.withoutPerformance(attributes);
  }
}

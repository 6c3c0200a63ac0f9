package org.firstpass.postgres;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.firstpass.database.Database;
import org.firstpass.intake.RecallLedger;
import org.firstpass.review.DiscontinuationReason;
import org.firstpass.review.ReviewTask;
import org.firstpass.study.SeriesInstanceUid;

/** Recalls as changes of task rows. Safe for use by many threads and processes. */
public final class RecallRows implements RecallLedger {
  /** Who takes a task away, by which it is known later why. */
  private static final String SYSTEM = "recall";

  private static final DiscontinuationReason REASON =
      DiscontinuationReason.RESCHEDULING_RECOMMENDED;

  private static final String OF_VERSION =
      """
      from review.task t join review.proposal p on p.id = t.proposal_id
      where t.package_name = :name and p.event::json -> 'modelPackage' ->> 'version' = :version
      """;

  private final Database database;

  public RecallRows(Database database) {
    this.database = database;
  }

  @Override
  public int withdraw(String name, String version, Instant recalled) {
    int withdrawn = 0;
    for (UUID task : waiting(name, version, recalled)) {
      withdrawn += withdraw(task, recalled) ? 1 : 0;
    }
    return withdrawn;
  }

  private List<UUID> waiting(String name, String version, Instant recalled) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    "select t.id "
                        + OF_VERSION
                        + """
                         and t.state = 'WAITING'
                           and (p.event::json ->> 'time')::timestamptz <= :recalled
                           and not exists (select 1 from review.draft d where d.task_id = t.id)
                        """)
                .bind("name", name)
                .bind("version", version)
                .bind("recalled", recalled)
                .mapTo(UUID.class)
                .list());
  }

  // A reader may have claimed it since it was looked up; then it stays the reader's.
  private boolean withdraw(UUID id, Instant at) {
    return database.inTransaction(
        handle ->
            TaskWriting.locked(handle, id)
                .filter(ReviewTask.Waiting.class::isInstance)
                .map(ReviewTask.Waiting.class::cast)
                .map(
                    task -> {
                      ReviewTask next =
                          task.discontinue(new ReviewTask.Discontinuation(REASON, SYSTEM, at));
                      TaskWriting.write(handle, task, next, at);
                      TaskWriting.announce(handle, next, SYSTEM, at);
                      return true;
                    })
                .orElse(false));
  }

  @Override
  public List<SeriesInstanceUid> withdrawn(String name, String version) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    "select distinct t.series_uid "
                        + OF_VERSION
                        + """
                         and t.state = 'DISCONTINUED' and t.decided_by = :system
                           and not exists (
                             select 1 from review.task other
                             where other.series_uid = t.series_uid and other.package_name = :name
                               and other.state <> 'DISCONTINUED')
                         order by t.series_uid
                        """)
                .bind("name", name)
                .bind("version", version)
                .bind("system", SYSTEM)
                .mapTo(String.class)
                .map(SeriesInstanceUid::new)
                .list());
  }
}

package org.firstpass.postgres;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.firstpass.database.Database;
import org.firstpass.ups.ReportLedger;
import org.firstpass.ups.Subscriber;
import org.firstpass.ups.WorkitemNotice;

/**
 * Event reports as rows; {@link WorkitemNotices} writes them. Safe for use by many threads and
 * processes.
 */
public final class ReportRows implements ReportLedger {
  private static final int MOST_OF_ONE = 100_000;

  private final Database database;

  public ReportRows(Database database) {
    this.database = database;
  }

  @Override
  public Set<String> entities() {
    return database.inTransaction(
        handle ->
            Set.copyOf(
                handle
                    .createQuery("select distinct ae_title from review.event_report")
                    .mapTo(String.class)
                    .list()));
  }

  @Override
  public Optional<Claimed> claim(String aeTitle, Instant now, Instant until) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    update review.event_report set claimed_until = :until
                    where id = (select min(id) from review.event_report where ae_title = :ae)
                      and (claimed_until is null or claimed_until <= :now)
                    returning id, notice, refusals, told_up_to
                    """)
                .bind("ae", aeTitle)
                .bind("now", now)
                .bind("until", until)
                .map(
                    (row, context) ->
                        new Claimed(
                            row.getLong("id"),
                            until,
                            WorkitemNotice.parse(row.getString("notice")),
                            row.getInt("refusals"),
                            Optional.ofNullable(row.getObject("told_up_to", UUID.class))))
                .findOne());
  }

  @Override
  public void done(Claimed report) {
    database.useTransaction(
        handle ->
            handle.execute(
                "delete from review.event_report where id = ? and claimed_until = ?",
                report.id(),
                report.until()));
  }

  @Override
  public Claimed toldUpTo(Claimed report, UUID task, Instant until) {
    database.useTransaction(
        handle ->
            handle.execute(
                "update review.event_report set told_up_to = ?, claimed_until = ?"
                    + " where id = ? and claimed_until = ?",
                task,
                until,
                report.id(),
                report.until()));
    return new Claimed(report.id(), until, report.notice(), report.refusals(), Optional.of(task));
  }

  @Override
  public void putBack(Claimed report, boolean refused) {
    database.useTransaction(
        handle ->
            handle.execute(
                "update review.event_report set claimed_until = null, refusals = refusals + ?"
                    + " where id = ? and claimed_until = ?",
                refused ? 1 : 0,
                report.id(),
                report.until()));
  }

  @Override
  public void restarted(Set<String> aeTitles) {
    database.useTransaction(
        handle ->
            handle
                .createUpdate(
                    """
                    insert into review.event_report (ae_title, notice)
                    select ae_title, :notice from (
                      select ae_title, owner from review.workitem_subscription
                      union select ae_title, owner from review.worklist_subscription) subscriber
                    where owner like :entity and ae_title = any(:titles)
                    """)
                .bind("notice", WorkitemNotice.restarted().toJson())
                .bind("entity", Subscriber.ENTITY + "%")
                .bindArray("titles", String.class, aeTitles)
                .execute());
  }

  @Override
  public int giveUp() {
    return database.inTransaction(
        handle ->
            handle
                .createUpdate(
                    """
                    delete from review.event_report r
                    where created < now() - interval '1 day'
                      or id <= (select l.id from review.event_report l
                        where l.ae_title = r.ae_title order by l.id desc offset :most limit 1)
                    """)
                .bind("most", MOST_OF_ONE)
                .execute());
  }

  @Override
  public long waiting() {
    return database.inTransaction(
        handle ->
            handle.createQuery("select count(*) from review.event_report").mapTo(long.class).one());
  }
}

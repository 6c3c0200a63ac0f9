package org.firstpass.postgres;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.firstpass.database.Database;
import org.firstpass.drift.ReviewRate;
import org.firstpass.event.ProposalMade;
import org.firstpass.review.ReviewCase;
import org.firstpass.review.ReviewTask;
import org.firstpass.review.SelectionStrategy;
import org.firstpass.study.NameBasedUuid;
import org.jdbi.v3.core.Handle;

/**
 * Draws accepted corrections for a second reading by somebody else, who begins with the same
 * proposal and is not shown the first reading. Safe for use by many processes: each correction is
 * drawn for once.
 */
public final class SecondReadings {
  private static final String SYSTEM = "second-reading";
  private static final int AT_ONCE = 100;

  private final Database database;
  private final SelectionStrategy strategy;
  private final ReviewRate rate;
  private final Clock clock;

  public SecondReadings(
      Database database, SelectionStrategy strategy, ReviewRate rate, Clock clock) {
    this.database = database;
    this.strategy = strategy;
    this.rate = rate;
    this.clock = clock;
  }

  private record Accepted(
      UUID correction, String reader, boolean alarmed, boolean second, ProposalMade proposal) {}

  /**
   * Draws for what was accepted and not drawn for yet.
   *
   * @return how many second readings were asked for
   */
  public int draw() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return database.inTransaction(
        handle -> (int) accepted(handle).stream().filter(one -> draw(handle, one, now)).count());
  }

  // An alarm on the protocol, or on the scanner, site or a segment of the case.
  private static List<Accepted> accepted(Handle handle) {
    return handle
        .createQuery(
            """
            select r.id, r.author, p.event,
              exists (select from review.drift_alarm a where a.acknowledged_by is null
                and a.protocol = f.protocol and (a.axis = 'PROTOCOL'
                  or a.axis = 'SCANNER' and a.name = f.scanner
                  or a.axis = 'SITE' and a.name = f.site
                  or a.axis = 'SEGMENT' and exists (select from review.segment_figure s
                    where s.correction = f.correction and s.label = a.name))) as alarmed,
              exists (select from review.second_reading e where e.task_id = r.task_id) as second
            from review.case_figure f
            join review.revision r on r.id = f.correction
            join review.proposal p on p.id = r.base_proposal
            where r.kind = 'ACCEPTED'
              and not exists (select from review.second_reading e where e.correction = r.id)
            order by f.at limit :limit
            """)
        .bind("limit", AT_ONCE)
        .map(
            (row, context) ->
                new Accepted(
                    row.getObject("id", UUID.class),
                    row.getString("author"),
                    row.getBoolean("alarmed"),
                    row.getBoolean("second"),
                    TaskRowMapping.parse(row.getString("event"), ProposalMade.class)))
        .list();
  }

  private boolean draw(Handle handle, Accepted one, Instant now) {
    double share = one.second() ? 0 : rate.share(one.alarmed());
    UUID correction = one.correction();
    long bits = correction.getMostSignificantBits() ^ correction.getLeastSignificantBits();
    boolean drawn = new SplittableRandom(bits).nextDouble() < share;
    UUID task = NameBasedUuid.of("review-task", SYSTEM, correction.toString());
    // Whoever comes second finds the row and leaves it.
    int kept =
        handle.execute(
            "insert into review.second_reading (correction, at, share, alarm) values (?, ?, ?, ?)"
                + " on conflict do nothing",
            correction,
            now,
            share,
            one.alarmed());
    if (kept == 0 || !drawn) {
      return false;
    }
    ask(handle, one, task, now);
    handle.execute(
        "update review.second_reading set task_id = ? where correction = ?", task, correction);
    return true;
  }

  private void ask(Handle handle, Accepted one, UUID task, Instant now) {
    ProposalMade proposal = one.proposal();
    var subject = new ReviewCase(task, proposal, strategy.score(proposal, now, now), now);
    TaskWriting.insert(handle, subject, strategy.orderKey(proposal, now), 0);
    handle.execute("update review.task set not_for = ? where id = ?", one.reader(), task);
    SubscriptionRows.created(handle, subject);
    TaskWriting.announce(handle, new ReviewTask.Waiting(subject), SYSTEM, now);
  }

  /** Whether a task is the second reading of what this reader read first. */
  static boolean isBarred(Handle handle, UUID task, String reader) {
    return handle
        .createQuery("select not_for is not distinct from :reader from review.task where id = :id")
        .bind("reader", reader)
        .bind("id", task)
        .mapTo(boolean.class)
        .one();
  }
}

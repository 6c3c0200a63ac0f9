package org.firstpass.postgres;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.firstpass.database.Database;
import org.firstpass.review.EffortHistory;
import org.firstpass.review.EffortHistory.Reading;

/** How long the latest accepted readings took, looked up once in a while. Thread-safe. */
public final class EffortRows implements EffortHistory.Source {
  private static final Duration FRESH = Duration.ofMinutes(1);

  /** Enough for the kinds of readings that an installation has in a season. */
  private static final int LOOKED_AT = 5_000;

  private final Database database;
  private final Clock clock;
  private EffortHistory known = new EffortHistory(List.of());
  private Instant looked = Instant.MIN;

  public EffortRows(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public synchronized EffortHistory latest() {
    Instant now = clock.instant();
    if (looked.plus(FRESH).isBefore(now)) {
      known = new EffortHistory(readings());
      looked = now;
    }
    return known;
  }

  // What took no time was not read by a person in our page.
  private List<Reading> readings() {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    select t.package_name, t.protocol, r.active_millis
                    from (select task_id, at, active_millis from review.revision
                      where kind = 'ACCEPTED' order by at desc limit :most) r
                    join review.task t on t.id = r.task_id
                    where r.active_millis > 0 order by r.at desc
                    """)
                .bind("most", LOOKED_AT)
                .map(
                    (row, context) ->
                        new Reading(
                            row.getString("package_name"),
                            Optional.ofNullable(row.getString("protocol")),
                            row.getLong("active_millis")))
                .list());
  }
}

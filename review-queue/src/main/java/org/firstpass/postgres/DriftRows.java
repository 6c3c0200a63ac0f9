package org.firstpass.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import org.firstpass.database.Database;
import org.firstpass.drift.CaseReading;
import org.firstpass.drift.DriftAlarm;
import org.firstpass.drift.DriftFinding;
import org.firstpass.drift.DriftGroup;
import org.firstpass.drift.DriftGroup.Axis;
import org.firstpass.drift.DriftLedger;
import org.firstpass.drift.DriftSearch;
import org.jdbi.v3.core.Handle;

/**
 * Alarms as rows of {@code review.drift_alarm}, raised over the figures of corrections. Safe for
 * use by many threads and processes.
 */
public final class DriftRows implements DriftLedger {
  /** What lies further back is no measure for what is usual. */
  static final Duration REACH = Duration.ofDays(180);

  private final Database database;
  private final DriftSearch search;
  private final Clock clock;

  public DriftRows(Database database, DriftSearch search, Clock clock) {
    this.database = database;
    this.search = search;
    this.clock = clock;
  }

  /**
   * Looks at all figures and raises the alarms that nobody raised yet; by one process at a time.
   *
   * @return the alarms that were raised now
   */
  public List<DriftAlarm> look() {
    Instant now = now();
    return database.inTransaction(
        handle -> {
          if (!mine(handle)) {
            return List.of();
          }
          Map<DriftGroup, Instant> from = from(handle);
          var raised = new ArrayList<DriftAlarm>();
          for (DriftFinding finding : search.search(readings(handle, now), from)) {
            var alarm = new DriftAlarm(UUID.randomUUID(), now, finding, Optional.empty());
            if (insert(handle, alarm)) {
              raised.add(alarm);
            }
          }
          return raised;
        });
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static boolean mine(Handle handle) {
    return handle
        .createQuery("select pg_try_advisory_xact_lock(hashtextextended('firstpass.drift', 0))")
        .mapTo(boolean.class)
        .one();
  }

  /** A group is watched anew once its alarm was acknowledged. */
  private static Map<DriftGroup, Instant> from(Handle handle) {
    var from = new HashMap<DriftGroup, Instant>();
    handle
        .createQuery(
            "select protocol, axis, name, max(acknowledged_at) as at from review.drift_alarm"
                + " where acknowledged_at is not null group by 1, 2, 3")
        .map((row, context) -> from.put(group(row), TaskRowMapping.instant(row, "at")))
        .list();
    return from;
  }

  private static DriftGroup group(ResultSet row) throws SQLException {
    return new DriftGroup(
        row.getString("protocol"), Axis.valueOf(row.getString("axis")), row.getString("name"));
  }

  private static List<CaseReading> readings(Handle handle, Instant now) {
    Map<UUID, List<CaseReading.OfSegment>> segments = segments(handle, now);
    return handle
        .createQuery("select * from review.case_figure where at >= :from order by at, correction")
        .bind("from", now.minus(REACH))
        .map(
            (row, context) -> {
              UUID correction = row.getObject("correction", UUID.class);
              return new CaseReading(
                  correction,
                  TaskRowMapping.instant(row, "at"),
                  row.getString("version"),
                  new CaseReading.Origin(
                      row.getString("protocol"), row.getString("scanner"), row.getString("site")),
                  row.getLong("active_millis") / 1000.0,
                  segments.getOrDefault(correction, List.of()));
            })
        .list();
  }

  private static Map<UUID, List<CaseReading.OfSegment>> segments(Handle handle, Instant now) {
    var segments = new LinkedHashMap<UUID, List<CaseReading.OfSegment>>();
    handle
        .createQuery(
            """
            select s.correction, s.label, s.verdict in ('ACCEPT', 'MINOR') as accepted, s.dice,
              s.added_path_mm
            from review.segment_figure s join review.case_figure f on f.correction = s.correction
            where f.at >= :from and s.verdict <> 'NOT_ASSESSABLE'
            order by s.correction, s.segment
            """)
        .bind("from", now.minus(REACH))
        .map(
            (row, context) -> {
              OptionalDouble path = QualityRows.number(row, "added_path_mm");
              return segments
                  .computeIfAbsent(
                      row.getObject("correction", UUID.class), key -> new ArrayList<>())
                  .add(
                      new CaseReading.OfSegment(
                          row.getString("label"),
                          row.getBoolean("accepted"),
                          row.getDouble("dice"),
                          path));
            })
        .list();
    return segments;
  }

  private static boolean insert(Handle handle, DriftAlarm alarm) {
    DriftGroup group = alarm.finding().group();
    return handle
            .createUpdate(
                """
                insert into review.drift_alarm (id, raised, protocol, axis, name, finding)
                values (:id, :raised, :protocol, :axis, :name, :finding)
                on conflict (protocol, axis, name) where acknowledged_by is null do nothing
                """)
            .bind("id", alarm.id())
            .bind("raised", alarm.raised())
            .bind("protocol", group.protocol())
            .bind("axis", group.axis().name())
            .bind("name", group.name())
            .bind("finding", TaskRowMapping.json(alarm.finding()))
            .execute()
        > 0;
  }

  /** How many alarms nobody took note of. */
  public int open() {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    "select count(*) from review.drift_alarm where acknowledged_by is null")
                .mapTo(int.class)
                .one());
  }

  @Override
  public List<DriftAlarm> alarms(int limit) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    "select * from review.drift_alarm"
                        + " order by acknowledged_at is not null, raised desc, id limit :limit")
                .bind("limit", limit)
                .map((row, context) -> alarm(row))
                .list());
  }

  private static DriftAlarm alarm(ResultSet row) throws SQLException {
    String by = row.getString("acknowledged_by");
    return new DriftAlarm(
        row.getObject("id", UUID.class),
        TaskRowMapping.instant(row, "raised"),
        TaskRowMapping.parse(row.getString("finding"), DriftFinding.class),
        by == null
            ? Optional.empty()
            : Optional.of(
                new DriftAlarm.Acknowledgement(
                    by, TaskRowMapping.instant(row, "acknowledged_at"), row.getString("note"))));
  }

  @Override
  public boolean acknowledge(UUID alarm, String by, String note) {
    return database.inTransaction(
            handle ->
                handle.execute(
                    "update review.drift_alarm set acknowledged_by = ?, acknowledged_at = ?,"
                        + " note = ? where id = ? and acknowledged_by is null",
                    by,
                    now(),
                    note,
                    alarm))
        > 0;
  }
}

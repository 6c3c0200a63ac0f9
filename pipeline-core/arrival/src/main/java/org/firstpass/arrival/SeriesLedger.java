package org.firstpass.arrival;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.firstpass.arrival.SeriesHistory.Revision;
import org.firstpass.database.Database;
import org.firstpass.failure.ReasonCode;
import org.firstpass.study.PatientKey;
import org.firstpass.study.ProjectName;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.Sha256;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.study.StudyInstanceUid;
import org.firstpass.study.StudyReference;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What the gateway knows of its series, for whoever asks. Safe for use by many threads. */
public final class SeriesLedger {
  private final Database database;

  /** Reads the gateway's schema, making it if no gateway ever ran. */
  public SeriesLedger(Database database) {
    this.database = database;
    ArrivalSchema.prepare(database);
  }

  /** How many series are in each state; every state is there. */
  public Map<SeriesState.Kind, Long> counts() {
    return database.inTransaction(
        handle -> {
          Map<SeriesState.Kind, Long> counts = new EnumMap<>(SeriesState.Kind.class);
          for (SeriesState.Kind kind : SeriesState.Kind.values()) {
            counts.put(kind, 0L);
          }
          handle
              .createQuery("select state, count(*) n from arrival.series group by state")
              .map(
                  (row, context) ->
                      counts.put(
                          SeriesState.Kind.valueOf(row.getString("state")), row.getLong("n")))
              .list();
          return counts;
        });
  }

  /** When the oldest series that has not ended began, empty if all have. */
  public Optional<Instant> oldestUnfinished() {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    "select first_received from arrival.series"
                        + " where state in ('RECEIVING', 'COMPLETE')"
                        + " order by first_received limit 1")
                .mapTo(OffsetDateTime.class)
                .findOne()
                .map(OffsetDateTime::toInstant));
  }

  /** The series that were heard of last, newest first. */
  public List<SeriesInstanceUid> latest(int limit) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    "select series_uid from arrival.series order by last_received desc, series_uid"
                        + " limit :limit")
                .bind("limit", limit)
                .map((row, context) -> new SeriesInstanceUid(row.getString(1)))
                .list());
  }

  /** The instances of a series that are held now. */
  public Set<SopInstanceUid> instances(SeriesInstanceUid series) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    "select distinct instance_uid from arrival.instance where series_uid = :series")
                .bind("series", series.value())
                .map((row, context) -> new SopInstanceUid(row.getString(1)))
                .set());
  }

  /** The content that came last for a series, empty if nothing of it ever came. */
  public Optional<Sha256> latestContent(SeriesInstanceUid series) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    "select content from arrival.instance where series_uid = :series"
                        + " order by entry desc limit 1")
                .bind("series", series.value())
                .map((row, context) -> new Sha256(row.getString(1)))
                .findOne());
  }

  /** How many series are received or wait for a worker. */
  public long unfinished() {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    "select count(*) from arrival.series where state in ('RECEIVING', 'COMPLETE')")
                .mapTo(Long.class)
                .one());
  }

  /** The history of one series, empty if nothing of it ever came. */
  public Optional<SeriesHistory> find(SeriesInstanceUid series) {
    return database.inTransaction(
        handle -> {
          List<Revision> revisions = revisions(handle, series);
          List<WorkInProgress> work = WorkRows.of(handle, series);
          return handle
              .createQuery(
                  "select s.*, (select count(distinct instance_uid) from arrival.instance i"
                      + " where i.series_uid = s.series_uid) instances,"
                      + " (select count(*) from arrival.instance i"
                      + " where i.series_uid = s.series_uid) contents"
                      + " from arrival.series s where s.series_uid = :series")
              .bind("series", series.value())
              .map((row, context) -> history(row, series, revisions, work))
              .findOne();
        });
  }

  private static SeriesHistory history(
      ResultSet row, SeriesInstanceUid series, List<Revision> revisions, List<WorkInProgress> work)
      throws SQLException {
    return new SeriesHistory(
        new StudyReference(new StudyInstanceUid(row.getString("study_uid")), series),
        new PatientKey(row.getString("patient_key")),
        row.getString("modality"),
        row.getString("sender"),
        new ProjectName(row.getString("project")),
        state(row.getString("state"), row.getInt("revision"), row.getString("reason")),
        instant(row, "first_received"),
        instant(row, "last_received"),
        row.getInt("instances"),
        row.getInt("contents"),
        revisions,
        work);
  }

  private static List<Revision> revisions(Handle handle, SeriesInstanceUid series) {
    return handle
        .createQuery(
            "select r.*, o.sent published from arrival.series_revision r"
                + " left join arrival.outbox o on o.event_id = r.event_id"
                + " where r.series_uid = :series order by r.revision")
        .bind("series", series.value())
        .map((row, context) -> revision(row))
        .list();
  }

  private static Revision revision(ResultSet row) throws SQLException {
    String outcome = row.getString("outcome");
    int number = row.getInt("revision");
    return new Revision(
        number,
        new Sha256(row.getString("revision_hash")),
        row.getInt("instances"),
        row.getInt("missing"),
        instant(row, "completed"),
        row.getObject("event_id", UUID.class),
        instantOrNull(row, "published"),
        outcome == null ? null : state(outcome, number, row.getString("reason")),
        row.getString("explanation"),
        instantOrNull(row, "ended"));
  }

  private static SeriesState state(String name, int revision, @Nullable String reason) {
    return switch (SeriesState.Kind.valueOf(name)) {
      case RECEIVING -> new SeriesState.Receiving();
      case COMPLETE -> new SeriesState.Complete(revision);
      case PROPOSED -> new SeriesState.Proposed(revision);
      case TAKEN -> new SeriesState.Taken(revision);
      case KEPT -> new SeriesState.Kept(revision, reason(reason));
      case REFUSED -> new SeriesState.Refused(revision, reason(reason));
      case FAILED -> new SeriesState.Failed(revision, reason(reason));
    };
  }

  private static ReasonCode reason(@Nullable String code) {
    return code == null ? ReasonCode.UNEXPECTED : ReasonCode.ofCode(code);
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}

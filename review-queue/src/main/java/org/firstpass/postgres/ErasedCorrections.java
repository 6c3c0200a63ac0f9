package org.firstpass.postgres;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.firstpass.database.Database;
import org.firstpass.database.PostgresOutbox;
import org.firstpass.stream.Topics;
import org.firstpass.study.NameBasedUuid;
import org.firstpass.study.PatientKey;
import org.firstpass.study.SeriesInstanceUid;
import org.jdbi.v3.core.Handle;

/** Tells that what was told of a patient is erased: a tombstone for each series. */
public final class ErasedCorrections {
  private static final String SCHEMA = "review";

  private final Database database;

  public ErasedCorrections(Database database) {
    this.database = database;
  }

  private record Told(String series, UUID last) {}

  /**
   * Tells it once, however often it is asked for; again if something was told of a series since.
   *
   * @return the series of which a correction was ever told
   */
  public List<SeriesInstanceUid> tell(PatientKey patient, Instant now) {
    return database.inTransaction(
        handle -> {
          List<Told> told = told(handle, patient);
          told.forEach(one -> erase(handle, one, now));
          return told.stream().map(one -> new SeriesInstanceUid(one.series())).toList();
        });
  }

  private static void erase(Handle handle, Told told, Instant now) {
    PostgresOutbox.addTombstone(
        handle,
        SCHEMA,
        Topics.CORRECTIONS.name(),
        told.series(),
        NameBasedUuid.of("series erased", told.series(), told.last().toString()),
        now);
  }

  private static List<Told> told(Handle handle, PatientKey patient) {
    return handle
        .createQuery(
            """
            select distinct on (record_key) record_key, event_id from review.outbox
            where topic = :topic and data #>> '{input,patient}' = :patient
            order by record_key, entry desc
            """)
        .bind("topic", Topics.CORRECTIONS.name())
        .bind("patient", patient.value())
        .map(
            (row, context) ->
                new Told(row.getString("record_key"), row.getObject("event_id", UUID.class)))
        .list();
  }
}

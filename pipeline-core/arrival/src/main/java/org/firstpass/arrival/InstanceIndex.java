package org.firstpass.arrival;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.firstpass.database.Database;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The tables of what arrived, written many rows at a time. */
final class InstanceIndex {
  /** What a row was to the index. */
  enum Outcome {
    NEW,
    DUPLICATE,
    NEWER_CONTENT
  }

  private static final String INSERT_INSTANCE =
      "insert into arrival.instance (series_uid, instance_uid, content, size, sop_class,"
          + " transfer_syntax, study_uid, patient_key, modality, sender, received)"
          + " values (:series, :instance, :content, :size, :sopClass, :transferSyntax, :study,"
          + " :patient, :modality, :sender, :received)"
          + " on conflict (series_uid, instance_uid, content) do nothing";

  // One question for all rows of a transaction: every association waits for its answer.
  private static final String WITH_OTHER_CONTENT =
      "select series_uid || ' ' || instance_uid from arrival.instance where (series_uid, instance_uid) in"
          + " (select * from unnest(:series, :instances)) group by series_uid, instance_uid"
          + " having count(*) > 1";

  // A duplicate keeps an unfinished series awake, but makes no revision.
  private static final String UPSERT_SERIES =
      "insert into arrival.series as s (series_uid, study_uid, patient_key, modality, sender,"
          + " first_received, last_received, pending, state)"
          + " values (:series, :study, :patient, :modality, :sender, :first, :last, :changed,"
          + " 'RECEIVING')"
          + " on conflict (series_uid) do update set"
          + " last_received = greatest(s.last_received, excluded.last_received),"
          + " sender = excluded.sender,"
          + " study_uid = case when excluded.pending then excluded.study_uid else s.study_uid end,"
          + " patient_key = case when excluded.pending then excluded.patient_key"
          + " else s.patient_key end,"
          + " modality = case when excluded.pending then excluded.modality else s.modality end,"
          + " pending = s.pending or excluded.pending,"
          + " state = case when excluded.pending then 'RECEIVING' else s.state end,"
          + " reason = case when excluded.pending then null else s.reason end";

  private final Database database;

  InstanceIndex(Database database) {
    this.database = database;
  }

  /** Adds the rows in one transaction; when this returns they survive a power cut. */
  List<Outcome> add(List<IndexRow> rows) {
    return database.inTransaction(handle -> add(handle, rows));
  }

  private static List<Outcome> add(Handle handle, List<IndexRow> rows) {
    List<Outcome> outcomes = new ArrayList<>();
    Set<String> changed = new HashSet<>();
    for (int added : insert(handle, rows)) {
      IndexRow row = rows.get(outcomes.size());
      if (added == 0) {
        outcomes.add(Outcome.DUPLICATE);
      } else {
        changed.add(row.series());
        outcomes.add(Outcome.NEW);
      }
    }
    // One order for all writers, so that two of them cannot wait for each other.
    Map<String, List<IndexRow>> bySeries = new TreeMap<>();
    rows.forEach(row -> bySeries.computeIfAbsent(row.series(), s -> new ArrayList<>()).add(row));
    bySeries.forEach((series, own) -> touch(handle, own, changed.contains(series)));
    if (!changed.isEmpty()) {
      Set<String> contended = withOtherContent(handle, rows);
      for (int i = 0; i < rows.size(); i++) {
        if (outcomes.get(i) == Outcome.NEW && contended.contains(rows.get(i).key())) {
          outcomes.set(i, Outcome.NEWER_CONTENT);
        }
      }
    }
    return outcomes;
  }

  private static int[] insert(Handle handle, List<IndexRow> rows) {
    try (PreparedBatch batch = handle.prepareBatch(INSERT_INSTANCE)) {
      for (IndexRow row : rows) {
        batch
            .bind("series", row.series())
            .bind("instance", row.instance())
            .bind("content", row.content().digest().hex())
            .bind("size", row.content().size())
            .bind("sopClass", row.header().sopClass().value())
            .bind("transferSyntax", row.header().transferSyntax().value())
            .bind("study", row.header().reference().study().value())
            .bind("patient", row.patient().value())
            .bind("modality", row.header().modality())
            .bind("sender", row.sender())
            .bind("received", row.received())
            .add();
      }
      return batch.execute();
    }
  }

  private static void touch(Handle handle, List<IndexRow> rows, boolean changed) {
    Comparator<IndexRow> byTime = Comparator.comparing(IndexRow::received);
    IndexRow first = rows.stream().min(byTime).orElseThrow();
    IndexRow last = rows.stream().max(byTime).orElseThrow();
    handle
        .createUpdate(UPSERT_SERIES)
        .bind("series", last.series())
        .bind("study", last.header().reference().study().value())
        .bind("patient", last.patient().value())
        .bind("modality", last.header().modality())
        .bind("sender", last.sender())
        .bind("first", first.received())
        .bind("last", last.received())
        .bind("changed", changed)
        .execute();
  }

  /** The keys, of those of the rows, that more than one content came for. */
  private static Set<String> withOtherContent(Handle handle, List<IndexRow> rows) {
    return handle
        .createQuery(WITH_OTHER_CONTENT)
        .bindArray("series", String.class, rows.stream().map(IndexRow::series).toList())
        .bindArray("instances", String.class, rows.stream().map(IndexRow::instance).toList())
        .mapTo(String.class)
        .collect(Collectors.toSet());
  }
}

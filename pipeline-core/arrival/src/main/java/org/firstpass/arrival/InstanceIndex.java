package org.firstpass.arrival;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.firstpass.database.Database;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/** The tables of what arrived, written many rows at a time. */
final class InstanceIndex {
  /** What a row was to the index. */
  enum Outcome {
    NEW,
    DUPLICATE,
    NEWER_CONTENT
  }

  private record Written(boolean added, boolean besideOthers) {}

  // One statement, which is one way there and back: every association waits for its answer. A
  // duplicate keeps an unfinished series awake, but makes no revision. Series are touched in one
  // order, so that two writers cannot wait for each other.
  private static final String ADD =
      """
      with fresh as (
        select * from unnest(:series, :instance, :content, cast(:size as bigint[]), :sopClass,
          :transferSyntax, :study, :patient, :modality, :sender, :project,
          cast(:received as timestamptz[])) with ordinality
          as r (series_uid, instance_uid, content, size, sop_class, transfer_syntax, study_uid,
            patient_key, modality, sender, project, received, nr)
      ), added as (
        insert into arrival.instance (series_uid, instance_uid, content, size, sop_class,
          transfer_syntax, study_uid, patient_key, modality, sender, project, received)
        select series_uid, instance_uid, content, size, sop_class, transfer_syntax, study_uid,
          patient_key, modality, sender, project, received from fresh order by nr
        on conflict (series_uid, instance_uid, content) do nothing
        returning series_uid, instance_uid, content
      ), last as (
        select distinct on (series_uid) *,
          min(received) over (partition by series_uid) as first_received,
          series_uid in (select series_uid from added) as changed
        from fresh order by series_uid, received desc, nr desc
      ), touched as (
        insert into arrival.series as s (series_uid, study_uid, patient_key, modality, sender,
          project, first_received, last_received, pending, state)
        select series_uid, study_uid, patient_key, modality, sender, project, first_received,
          received, changed, 'RECEIVING' from last order by series_uid
        on conflict (series_uid) do update set
          last_received = greatest(s.last_received, excluded.last_received),
          sender = excluded.sender,
          study_uid = case when excluded.pending then excluded.study_uid else s.study_uid end,
          patient_key =
            case when excluded.pending then excluded.patient_key else s.patient_key end,
          modality = case when excluded.pending then excluded.modality else s.modality end,
          project = case when excluded.pending then excluded.project else s.project end,
          pending = s.pending or excluded.pending,
          state = case when excluded.pending then 'RECEIVING' else s.state end,
          reason = case when excluded.pending then null else s.reason end
      )
      select (r.series_uid, r.instance_uid, r.content) in (select * from added) as added,
        exists (select 1 from arrival.instance i where i.series_uid = r.series_uid
          and i.instance_uid = r.instance_uid and i.content <> r.content)
        or exists (select 1 from fresh o where o.series_uid = r.series_uid
          and o.instance_uid = r.instance_uid and o.content <> r.content) as beside_others
      from fresh r order by r.nr
      """;

  private final Database database;

  InstanceIndex(Database database) {
    this.database = database;
  }

  /** Adds the rows in one transaction; when this returns they survive a power cut. */
  List<Outcome> add(List<IndexRow> rows) {
    List<Written> written;
    try {
      // A statement on its own is a transaction, and saves asking for one.
      written = database.jdbi().withHandle(handle -> add(handle, rows));
    } catch (JdbiException e) {
      throw Database.sorted(e);
    }
    List<Outcome> outcomes = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < rows.size(); i++) {
      IndexRow row = rows.get(i);
      boolean fresh = seen.add(row.key() + " " + row.content().digest());
      outcomes.add(outcome(written.get(i), fresh));
    }
    return outcomes;
  }

  /** Of one content that came twice at once, the first is new. */
  private static Outcome outcome(Written written, boolean first) {
    if (!written.added() || !first) {
      return Outcome.DUPLICATE;
    }
    return written.besideOthers() ? Outcome.NEWER_CONTENT : Outcome.NEW;
  }

  private static List<Written> add(Handle handle, List<IndexRow> rows) {
    return handle
        .createQuery(ADD)
        .bindArray("series", String.class, texts(rows, IndexRow::series))
        .bindArray("instance", String.class, texts(rows, IndexRow::instance))
        .bindArray("content", String.class, texts(rows, row -> row.content().digest().hex()))
        .bindArray("size", String.class, texts(rows, row -> Long.toString(row.content().size())))
        .bindArray("sopClass", String.class, texts(rows, row -> row.header().sopClass().value()))
        .bindArray(
            "transferSyntax",
            String.class,
            texts(rows, row -> row.header().transferSyntax().value()))
        .bindArray(
            "study", String.class, texts(rows, row -> row.header().reference().study().value()))
        .bindArray("patient", String.class, texts(rows, row -> row.patient().value()))
        .bindArray("modality", String.class, texts(rows, row -> row.header().modality()))
        .bindArray("sender", String.class, texts(rows, row -> row.sender().text()))
        .bindArray("project", String.class, texts(rows, row -> row.project().value()))
        .bindArray("received", String.class, texts(rows, row -> row.received().toString()))
        .map(
            (row, context) -> new Written(row.getBoolean("added"), row.getBoolean("beside_others")))
        .list();
  }

  private static List<String> texts(List<IndexRow> rows, Function<IndexRow, String> value) {
    return rows.stream().map(value).toList();
  }
}

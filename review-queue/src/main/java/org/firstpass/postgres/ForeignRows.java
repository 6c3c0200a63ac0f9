package org.firstpass.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.database.Database;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.foreign.ForeignItem;
import org.firstpass.foreign.ForeignItem.Filed;
import org.firstpass.foreign.ForeignItem.Intent;
import org.firstpass.foreign.ForeignItem.State;
import org.firstpass.foreign.ForeignLedger;
import org.firstpass.foreign.ForeignObject;
import org.firstpass.study.SeriesInstanceUid;
import org.jdbi.v3.core.Handle;

/** Foreign objects as rows. Safe for use by many threads and processes. */
public final class ForeignRows implements ForeignLedger {
  private static final String SELECT =
      "select object, filed, intent, changed_at from review.foreign_object ";

  private final Database database;

  public ForeignRows(Database database) {
    this.database = database;
  }

  @Override
  public void arrived(List<ForeignObject> objects, Instant now) {
    database.useTransaction(
        handle -> {
          for (ForeignObject object : objects) {
            insert(handle, object, now);
            replaceEarlier(handle, object, now);
          }
          // Told again, in case the series came again with nothing new in it.
          objects.stream().findFirst().ifPresent(one -> ForeignTelling.tell(handle, one, now));
        });
  }

  private static void insert(Handle handle, ForeignObject object, Instant now) {
    var arrived = new Filed(State.ARRIVED, null, null, null, null, null, null);
    handle
        .createUpdate(
            """
            insert into review.foreign_object
              (id, series_uid, instance_uid, object, state, filed, changed_at)
            values (:id, :series, :instance, :object, 'ARRIVED', :filed, :now)
            on conflict (id) do update set object = excluded.object
              where (review.foreign_object.object::json #>> '{input,revision}')::int
                < (excluded.object::json #>> '{input,revision}')::int
                and review.foreign_object.series_uid = excluded.series_uid
            """)
        .bind("id", object.id())
        .bind("series", object.input().reference().series().value())
        .bind("instance", object.instance().value())
        .bind("object", TaskRowMapping.json(object))
        .bind("filed", TaskRowMapping.json(arrived))
        .bind("now", now)
        .execute();
  }

  private static void replaceEarlier(Handle handle, ForeignObject object, Instant now) {
    List<UUID> earlier =
        handle
            .createQuery(
                """
                select id from review.foreign_object where series_uid = :series
                  and instance_uid = :instance and id <> :id and state in ('ARRIVED', 'KEPT')
                  and intent is null for update
                """)
            .bind("series", object.input().reference().series().value())
            .bind("instance", object.instance().value())
            .bind("id", object.id())
            .mapTo(UUID.class)
            .list();
    var replaced =
        Filed.refused(
            ReasonCode.FOREIGN_REPLACED, "the same instance came with other content", null);
    earlier.forEach(id -> write(handle, id, replaced, now));
  }

  @Override
  public Optional<ForeignItem> find(UUID id) {
    return database.inTransaction(handle -> find(handle, id, ""));
  }

  private static Optional<ForeignItem> find(Handle handle, UUID id, String locking) {
    return handle
        .createQuery(SELECT + "where id = :id" + locking)
        .bind("id", id)
        .map((row, context) -> read(row))
        .findOne();
  }

  private static ForeignItem locked(Handle handle, UUID id) {
    return find(handle, id, " for update")
        .orElseThrow(() -> new Defect(ReasonCode.UNEXPECTED, "foreign object " + id + " is gone"));
  }

  @Override
  public List<ForeignItem> list(State state, int limit) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    SELECT + "where state = :state order by changed_at desc, id limit :limit")
                .bind("state", state.name())
                .bind("limit", limit)
                .map((row, context) -> read(row))
                .list());
  }

  @Override
  public List<ForeignItem> keptFor(UUID task) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    SELECT + "where state = 'KEPT' and task_id = :task order by changed_at, id")
                .bind("task", task)
                .map((row, context) -> read(row))
                .list());
  }

  @Override
  public List<UUID> waitingFor(SeriesInstanceUid series) {
    return ids(
        "select id from review.foreign_object where state = 'KEPT' and refers_to @> array[:key]::text[]"
            + " and reason = '"
            + ReasonCode.FOREIGN_UNKNOWN_SERIES.code()
            + "' order by changed_at, id",
        series.value());
  }

  @Override
  public List<UUID> underWay() {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    "select id from review.foreign_object where intent is not null"
                        + " order by changed_at, id")
                .mapTo(UUID.class)
                .list());
  }

  @Override
  public List<UUID> tasksOf(SeriesInstanceUid series) {
    return ids(
        "select id from review.task where series_uid = :key order by arrived, id", series.value());
  }

  @Override
  public List<UUID> correctionsOf(UUID task) {
    return ids(
        "select id from review.revision where task_id = :key and kind = 'ACCEPTED' order by number",
        task);
  }

  private List<UUID> ids(String query, Object key) {
    return database.inTransaction(
        handle -> handle.createQuery(query).bind("key", key).mapTo(UUID.class).list());
  }

  @Override
  public void refersTo(UUID id, List<SeriesInstanceUid> series) {
    database.useTransaction(
        handle ->
            handle
                .createUpdate("update review.foreign_object set refers_to = :series where id = :id")
                .bindArray(
                    "series", String.class, series.stream().map(SeriesInstanceUid::value).toList())
                .bind("id", id)
                .execute());
  }

  @Override
  public boolean intend(UUID id, Intent intent) {
    return database.inTransaction(
        handle -> {
          ForeignItem item = locked(handle, id);
          if (item.filed().state().isFinal()) {
            return false;
          }
          if (item.underWay().isPresent()) {
            return item.underWay().get().equals(intent);
          }
          handle
              .createUpdate("update review.foreign_object set intent = :intent where id = :id")
              .bind("intent", TaskRowMapping.json(intent))
              .bind("id", id)
              .execute();
          return true;
        });
  }

  @Override
  public ForeignItem file(UUID id, Filed filed, Instant now) {
    return database.inTransaction(handle -> file(handle, locked(handle, id), filed, now));
  }

  @Override
  public Optional<ForeignItem> fileUnlessUnderWay(UUID id, Filed filed, Instant now) {
    return database.inTransaction(
        handle -> {
          ForeignItem item = locked(handle, id);
          return item.underWay().isPresent()
              ? Optional.empty()
              : Optional.of(file(handle, item, filed, now));
        });
  }

  private static ForeignItem file(Handle handle, ForeignItem item, Filed filed, Instant now) {
    if (item.filed().state().isFinal()) {
      return item;
    }
    write(handle, item.id(), filed, now);
    ForeignTelling.tell(handle, item.object(), now);
    return new ForeignItem(item.object(), filed, null, now);
  }

  private static void write(Handle handle, UUID id, Filed filed, Instant now) {
    ReasonCode reason = filed.reason();
    handle
        .createUpdate(
            """
            update review.foreign_object set state = :state, task_id = cast(:task as uuid),
              reason = :reason, filed = :filed, intent = null, changed_at = :now where id = :id
            """)
        .bind("state", filed.state().name())
        .bind("task", filed.task())
        .bind("reason", reason == null ? null : reason.code())
        .bind("filed", TaskRowMapping.json(filed))
        .bind("now", now)
        .bind("id", id)
        .execute();
  }

  @Override
  public Map<State, Long> counts() {
    var counts = new EnumMap<State, Long>(State.class);
    database.useTransaction(
        handle ->
            handle
                .createQuery(
                    "select state, count(*) as objects from review.foreign_object group by state")
                .map(
                    (row, context) ->
                        Map.entry(State.valueOf(row.getString("state")), row.getLong("objects")))
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue())));
    return counts;
  }

  static ForeignItem read(ResultSet row) throws SQLException {
    String intent = row.getString("intent");
    return new ForeignItem(
        TaskRowMapping.parse(row.getString("object"), ForeignObject.class),
        TaskRowMapping.parse(row.getString("filed"), Filed.class),
        intent == null ? null : TaskRowMapping.parse(intent, Intent.class),
        TaskRowMapping.instant(row, "changed_at"));
  }
}

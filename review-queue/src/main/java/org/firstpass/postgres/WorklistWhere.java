package org.firstpass.postgres;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.firstpass.review.ReviewWorklist.Place;
import org.firstpass.review.WorklistFilter;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** A filter as SQL; every value is bound, none becomes part of the text. */
final class WorklistWhere {
  /** Above every character of a UID. */
  private static final String END = "~";

  private final List<String> parts = new ArrayList<>();
  private final Map<String, Object> values = new TreeMap<>();
  private final Map<String, List<String>> lists = new TreeMap<>();

  WorklistWhere(String states, WorklistFilter filter) {
    parts.add(states);
    WorklistFilter.Kind kind = filter.kind();
    add("t.modality = :modality", "modality", kind.modality());
    add("t.package_name = :package", "package", kind.packageName());
    add("t.protocol = :protocol", "protocol", kind.protocol());
    add("t.tags @> array[cast(:tag as text)]", "tag", kind.tag());
    add("coalesce(t.holder, t.decided_by) = :reader", "reader", filter.reader());
    add(
        "t.handed_to = :handed and t.state in ('WAITING', 'RETURNED')",
        "handed",
        filter.handedTo());
    add("t.due_at <= :due", "due", filter.dueBefore());
    if (filter.flagged()) {
      parts.add(
          "exists (select from review.flag f where f.task_id = t.id and f.lifted_at is null)");
    }
    filter.search().ifPresent(this::search);
  }

  private void add(String condition, String name, Optional<?> value) {
    value.ifPresent(
        bound -> {
          parts.add(condition);
          values.put(name, bound);
        });
  }

  private void search(WorklistFilter.Search search) {
    var any = new ArrayList<String>();
    search
        .uid()
        .ifPresent(
            uid -> {
              any.add(within("t.study_uid", "begin"));
              any.add(within("t.series_uid collate \"C\"", "begin"));
              any.add(within("reverse(t.study_uid) collate \"C\"", "end"));
              any.add(within("reverse(t.series_uid) collate \"C\"", "end"));
              String backwards = new StringBuilder(uid).reverse().toString();
              values.putAll(Map.of("begin", uid, "beginEnd", uid + END));
              values.putAll(Map.of("end", backwards, "endEnd", backwards + END));
            });
    if (!search.studies().isEmpty()) {
      any.add("t.study_uid = any(:studies)");
      lists.put("studies", search.studies());
    }
    if (!search.series().isEmpty()) {
      any.add("t.series_uid = any(:series)");
      lists.put("series", search.series());
    }
    parts.add(any.isEmpty() ? "false" : "(" + String.join(" or ", any) + ")");
  }

  private static String within(String column, String name) {
    return column + " >= :" + name + " and " + column + " < :" + name + "End";
  }

  /**
   * Only what comes behind a place.
   *
   * @throws IllegalArgumentException if it is no place of this order
   */
  void after(WorklistOrder order, Place place) {
    parts.add(order.after());
    values.putAll(order.parse(place.key()));
    values.put("afterId", place.id());
  }

  /** What is due by this time is in another part of the list. */
  void soon(Instant time) {
    values.put("soon", time);
  }

  String text() {
    return String.join(" and ", parts);
  }

  Query bind(Handle handle, String sql) {
    Query query = handle.createQuery(sql);
    values.forEach(query::bind);
    lists.forEach((name, list) -> query.bindArray(name, String.class, list));
    return query;
  }
}

package org.firstpass.postgres;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.firstpass.database.Database;
import org.firstpass.review.Priors;
import org.firstpass.review.ReviewState;
import org.jdbi.v3.core.Handle;

/** Other series of a patient, by the pseudonym that events carry. Safe for use by many threads. */
public final class PriorRows implements Priors {
  /**
   * Drawings on images are no images to compare with; the corrections stand beside their series.
   */
  private static final String SERIES =
      """
      select distinct on (series_uid) study_uid, series_uid, modality, at from (
        select o.study_uid, o.series_uid, o.modality, o.at, o.revision
        from review.series_outcome o, review.task t
        where t.id = :id and o.kind = 'ARRIVED' and o.patient_key = t.patient_key
          and o.series_uid <> t.series_uid and o.modality not in ('SEG', 'RTSTRUCT')
        union all
        select x.study_uid, x.series_uid, x.modality, x.arrived, x.revision
        from review.task x, review.task t
        where t.id = :id and x.patient_key = t.patient_key and x.series_uid <> t.series_uid) known
      order by series_uid, revision desc, at desc limit :limit
      """;

  private final Database database;

  public PriorRows(Database database) {
    this.database = database;
  }

  @Override
  public List<Prior> of(UUID task, int limit) {
    return database.inTransaction(
        handle -> {
          Map<String, List<PriorTask>> tasks = tasks(handle, task);
          return handle
              .createQuery(SERIES)
              .bind("id", task)
              .bind("limit", limit)
              .map(
                  (row, context) ->
                      new Prior(
                          row.getString("study_uid"),
                          row.getString("series_uid"),
                          Optional.ofNullable(row.getString("modality")),
                          TaskRowMapping.instant(row, "at"),
                          tasks.getOrDefault(row.getString("series_uid"), List.of())))
              .list();
        });
  }

  private static Map<String, List<PriorTask>> tasks(Handle handle, UUID task) {
    return handle
        .createQuery(
            """
            select x.series_uid, x.id, x.state, x.package_name, x.correction_id, x.changed_at
            from review.task x, review.task t
            where t.id = :id and x.patient_key = t.patient_key and x.series_uid <> t.series_uid
            order by x.changed_at desc, x.id
            """)
        .bind("id", task)
        .map(
            (row, context) ->
                Map.entry(
                    row.getString("series_uid"),
                    new PriorTask(
                        row.getObject("id", UUID.class),
                        ReviewState.valueOf(row.getString("state")),
                        row.getString("package_name"),
                        Optional.ofNullable(row.getObject("correction_id", UUID.class)),
                        TaskRowMapping.instant(row, "changed_at"))))
        .collect(
            Collectors.groupingBy(
                Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
  }
}

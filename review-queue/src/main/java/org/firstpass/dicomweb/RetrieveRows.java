package org.firstpass.dicomweb;

import java.util.List;
import java.util.Optional;
import org.firstpass.database.Database;
import org.firstpass.study.Sha256;

/** Instances of the index by where they stand. Safe for use by many threads. */
final class RetrieveRows {
  private static final String FIND =
      """
      select i.study_uid, i.series_uid, i.instance_uid, i.content, i.size, i.transfer_syntax
      from dicomweb.instance i join dicomweb.series se using (study_uid, series_uid)
      where i.study_uid = :study
        and (cast(:series as text) is null or i.series_uid = :series)
        and (i.instance_uid = :instance or cast(:instance as text) is null
          and (not i.posted or not exists (select 1 from dicomweb.instance o
            where o.study_uid = i.study_uid and o.series_uid = i.series_uid and not o.posted)))
      order by se.number, i.series_uid, i.number, i.instance_uid
      """;

  private final Database database;

  RetrieveRows(Database database) {
    this.database = database;
  }

  /** The UIDs of the series of a study, in the order of their numbers. */
  List<String> series(String study) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    "select series_uid from dicomweb.series where study_uid = :study"
                        + " order by number, series_uid")
                .bind("study", study)
                .mapTo(String.class)
                .list());
  }

  /**
   * In the order of their numbers. Of a series that has a revision, what was posted since comes
   * with the next one, or when it is asked for by name.
   */
  List<StoredInstance> find(String study, Optional<String> series, Optional<String> instance) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(FIND)
                .bind("study", study)
                .bind("series", series.orElse(null))
                .bind("instance", instance.orElse(null))
                .map(
                    (row, context) ->
                        new StoredInstance(
                            row.getString("study_uid"),
                            row.getString("series_uid"),
                            row.getString("instance_uid"),
                            new Sha256(row.getString("content")),
                            row.getLong("size"),
                            row.getString("transfer_syntax")))
                .list());
  }
}

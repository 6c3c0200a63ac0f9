package org.firstpass.dicomweb;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.firstpass.database.Database;
import org.jdbi.v3.core.Handle;

/** The index written. Safe for use by many threads and processes. */
final class IndexRows {
  /**
   * What an image says of its study counts; what was derived from it says the same or less, and
   * only fills a study that is not there.
   */
  private static final String STUDY =
      """
      insert into dicomweb.study as s (study_uid, study_date, attributes, terms)
      values (:study, :date, cast(:attributes as jsonb), cast(:terms as jsonb))
      on conflict (study_uid) do update set study_date = excluded.study_date,
        attributes = s.attributes || excluded.attributes, terms = s.terms || excluded.terms
      where :image
      """;

  private static final String SERIES =
      """
      insert into dicomweb.series (study_uid, series_uid, modality, number, attributes, terms)
      values (:study, :series, :modality, :number, cast(:attributes as jsonb),
        cast(:terms as jsonb))
      on conflict (study_uid, series_uid) do update set modality = excluded.modality,
        number = excluded.number, attributes = excluded.attributes, terms = excluded.terms
      """;

  private static final String UNLESS_THERE = " where false";

  private static final String INSTANCE =
      """
      insert into dicomweb.instance as i (study_uid, series_uid, instance_uid, content, size,
        transfer_syntax, number, attributes, terms, posted)
      values (:study, :series, :instance, :content, :size, :transferSyntax, :number,
        cast(:attributes as jsonb), cast(:terms as jsonb), :posted)
      on conflict (study_uid, series_uid, instance_uid) do update set content = excluded.content,
        size = excluded.size, transfer_syntax = excluded.transfer_syntax,
        number = excluded.number, attributes = excluded.attributes, terms = excluded.terms,
        posted = excluded.posted
      """;

  /** Of a revision, nothing changes before the next one. */
  private static final String UNLESS_OF_A_REVISION = " where i.posted";

  private final Database database;

  IndexRows(Database database) {
    this.database = database;
  }

  /** The content of each instance of a series that the index has of a revision. */
  Map<String, String> contents(String series) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    "select instance_uid, content from dicomweb.instance"
                        + " where series_uid = :series and not posted")
                .bind("series", series)
                .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> b)));
  }

  /**
   * Adds instances, or what is newer of them.
   *
   * @param images whether they came from outside, and were not derived here
   */
  void add(List<IndexedInstance> instances, boolean images) {
    write(instances, images, false);
  }

  /** Adds instances that belong to no revision yet; one that does stays as it is. */
  void addPosted(List<IndexedInstance> instances) {
    write(instances, false, true);
  }

  private void write(List<IndexedInstance> instances, boolean images, boolean posted) {
    database.useTransaction(
        handle -> {
          // One order for all writers, so that two of them cannot wait for each other.
          instances.stream()
              .collect(Collectors.toMap(IndexedInstance::study, i -> i, (a, b) -> a))
              .values()
              .stream()
              .sorted(java.util.Comparator.comparing(IndexedInstance::study))
              .forEach(instance -> addStudy(handle, instance, images));
          instances.stream()
              .collect(Collectors.toMap(i -> i.study() + i.series(), i -> i, (a, b) -> a))
              .values()
              .stream()
              .sorted(java.util.Comparator.comparing(IndexedInstance::series))
              .forEach(instance -> addSeries(handle, instance, posted));
          instances.forEach(instance -> addInstance(handle, instance, posted));
        });
  }

  private static void addStudy(Handle handle, IndexedInstance instance, boolean image) {
    handle
        .createUpdate(STUDY)
        .bind("study", instance.study())
        .bind("date", instance.studyDate())
        .bind("attributes", instance.attributes(Level.STUDY))
        .bind("terms", instance.terms(Level.STUDY))
        .bind("image", image)
        .execute();
  }

  private static void addSeries(Handle handle, IndexedInstance instance, boolean posted) {
    handle
        .createUpdate(posted ? SERIES + UNLESS_THERE : SERIES)
        .bind("study", instance.study())
        .bind("series", instance.series())
        .bind("modality", instance.modality())
        .bind("number", instance.seriesNumber())
        .bind("attributes", instance.attributes(Level.SERIES))
        .bind("terms", instance.terms(Level.SERIES))
        .execute();
  }

  private static void addInstance(Handle handle, IndexedInstance instance, boolean posted) {
    handle
        .createUpdate(posted ? INSTANCE + UNLESS_OF_A_REVISION : INSTANCE)
        .bind("posted", posted)
        .bind("study", instance.study())
        .bind("series", instance.series())
        .bind("instance", instance.uid())
        .bind("content", instance.content().hex())
        .bind("size", instance.size())
        .bind("transferSyntax", instance.transferSyntax())
        .bind("number", instance.instanceNumber())
        .bind("attributes", instance.attributes(Level.INSTANCE))
        .bind("terms", instance.terms(Level.INSTANCE))
        .execute();
  }
}

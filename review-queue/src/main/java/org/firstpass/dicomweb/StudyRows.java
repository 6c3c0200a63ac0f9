package org.firstpass.dicomweb;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.firstpass.database.Database;
import org.firstpass.review.StudyIndex;

/** What the worklist asks of the index. Safe for use by many threads. */
final class StudyRows implements StudyIndex {
  private static final String ACCESSION = "(terms -> '00080050' ->> 0) collate \"C\"";

  /** Above every character that a number of a request has. */
  private static final String END = "\uffff";

  private final Database database;

  StudyRows(Database database) {
    this.database = database;
  }

  @Override
  public List<String> studiesOfRequest(String accessionNumber, int limit) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    "select study_uid from dicomweb.study where "
                        + ACCESSION
                        + " >= :begin and "
                        + ACCESSION
                        + " < :end order by "
                        + ACCESSION
                        + " limit :limit")
                .bind("begin", accessionNumber)
                .bind("end", accessionNumber + END)
                .bind("limit", limit)
                .mapTo(String.class)
                .list());
  }

  @Override
  public List<String> seriesOfInstance(String sopInstanceUid) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    "select distinct series_uid from dicomweb.instance where instance_uid = :uid")
                .bind("uid", sopInstanceUid)
                .mapTo(String.class)
                .list());
  }

  @Override
  public Map<String, LocalDate> dates(Collection<String> studies) {
    Map<String, LocalDate> dates = new HashMap<>();
    database.useTransaction(
        handle ->
            handle
                .createQuery(
                    "select study_uid, study_date from dicomweb.study where study_uid = any(:uids)")
                .bindArray("uids", String.class, studies)
                .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
                .forEach(
                    entry ->
                        date(entry.getValue()).ifPresent(day -> dates.put(entry.getKey(), day))));
    return dates;
  }

  // As the device wrote it: a date that is none is as good as no date.
  private static Optional<LocalDate> date(String text) {
    try {
      return Optional.of(LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}

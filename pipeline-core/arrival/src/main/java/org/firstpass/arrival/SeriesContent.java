package org.firstpass.arrival;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.study.InstanceReference;
import org.firstpass.study.PatientKey;
import org.firstpass.study.Sender;
import org.firstpass.study.Sha256;
import org.firstpass.study.SopClassUid;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.study.StudyInstanceUid;
import org.jdbi.v3.core.Handle;

/** What a series holds now: the newest content of each of its instances, and whose it is. */
final class SeriesContent {
  /** One instance and what it says of its surroundings. */
  private record Entry(
      InstanceReference instance,
      StudyInstanceUid study,
      PatientKey patient,
      String modality,
      Sender sender) {}

  private final List<Entry> entries;

  private SeriesContent(String series, List<Entry> entries) {
    if (entries.isEmpty()) {
      throw new Defect(ReasonCode.UNEXPECTED, "series " + series + " is pending without instances");
    }
    this.entries = entries;
  }

  static SeriesContent read(Handle handle, String series) {
    return new SeriesContent(
        series,
        handle
            .createQuery(
                "select distinct on (instance_uid) * from arrival.instance"
                    + " where series_uid = :series order by instance_uid, entry desc")
            .bind("series", series)
            .map((row, context) -> entry(row))
            .list());
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        new InstanceReference(
            new SopInstanceUid(row.getString("instance_uid")),
            new SopClassUid(row.getString("sop_class")),
            new Sha256(row.getString("content")),
            row.getLong("size")),
        new StudyInstanceUid(row.getString("study_uid")),
        new PatientKey(row.getString("patient_key")),
        row.getString("modality"),
        new Sender(row.getString("sender")));
  }

  List<InstanceReference> instances() {
    return entries.stream().map(Entry::instance).toList();
  }

  StudyInstanceUid study() {
    return entries.get(0).study();
  }

  PatientKey patient() {
    return entries.get(0).patient();
  }

  String modality() {
    return entries.get(0).modality();
  }

  /** The reader who posted all of it; of several senders nobody can be said to have drawn it. */
  Optional<String> postedBy() {
    List<Sender> senders = entries.stream().map(Entry::sender).distinct().toList();
    return senders.size() == 1 ? senders.get(0).reader() : Optional.empty();
  }

  /** Whether its instances name several patients or several studies. */
  boolean isMixed() {
    return entries.stream().map(Entry::patient).distinct().count() > 1
        || entries.stream().map(Entry::study).distinct().count() > 1;
  }
}

package org.firstpass.arrival;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.SeriesInput;
import org.firstpass.event.SeriesRevisionCodec;
import org.firstpass.event.SiblingSeries;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.Sha256;
import org.firstpass.study.StudyReference;
import org.jdbi.v3.core.Handle;

/**
 * The other series of a study that are complete now: a network may need several of them.
 *
 * <p>Not among them: a series that is still being received (it is announced again when it is
 * complete), one that mixes patients or studies, and one of another patient, whatever its study
 * says.
 */
final class StudySiblings {
  /** A study with more series than this names those that became complete last. */
  static final int MOST = 64;

  // Two series that become complete at once, in two gateways, would not see each other otherwise.
  private static final String ONE_AT_A_TIME =
      "select pg_advisory_xact_lock(hashtextextended('firstpass.study.' || ?, 0))";

  private static final String SELECT =
      "select r.* from arrival.series s join arrival.series_revision r"
          + " on r.series_uid = s.series_uid and r.revision = s.revision"
          + " where s.study_uid = :study and s.series_uid <> :series and not s.pending"
          + " and r.event_id is not null and r.study_uid = :study and r.patient_key = :patient"
          + " order by r.completed desc, r.series_uid limit :most";

  private StudySiblings() {}

  /** Reads them in the transaction that announces this series, which waits for its neighbours. */
  static List<SiblingSeries> of(Handle handle, SeriesInput series) {
    String study = series.reference().study().value();
    handle.execute(ONE_AT_A_TIME, study);
    return handle
        .createQuery(SELECT)
        .bind("study", study)
        .bind("series", series.reference().series().value())
        .bind("patient", series.patient().value())
        .bind("most", MOST)
        .map((row, context) -> sibling(row, series))
        .list();
  }

  private static SiblingSeries sibling(ResultSet row, SeriesInput series) throws SQLException {
    var reference =
        new StudyReference(
            series.reference().study(), new SeriesInstanceUid(row.getString("series_uid")));
    var manifest =
        new ObjectReference(
            new Sha256(row.getString("manifest")),
            row.getLong("manifest_size"),
            SeriesRevisionCodec.MEDIA_TYPE);
    var input =
        new SeriesInput(
            reference,
            row.getInt("revision"),
            new Sha256(row.getString("revision_hash")),
            manifest,
            series.patient());
    return new SiblingSeries(input, row.getString("modality"), row.getInt("instances"));
  }
}

package org.firstpass.postgres;

import java.util.Optional;
import java.util.UUID;
import org.firstpass.correction.CorrectionRevision;
import org.firstpass.correction.PriorImages;
import org.firstpass.correction.PriorImages.Accepted;
import org.firstpass.database.Database;
import org.firstpass.event.ProposalMade;
import org.firstpass.study.SeriesInstanceUid;

/** What stands of the decisions on a series. Safe for use by many threads. */
public final class AcceptedRows implements PriorImages.AcceptedLookup {
  private final Database database;

  public AcceptedRows(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Accepted> latest(SeriesInstanceUid series) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    select r.id, r.at, r.outcome, p.event from review.task t
                    join review.revision r on r.id = t.correction_id
                    join review.proposal p on p.id = r.base_proposal
                    where t.series_uid = :series and t.state = 'ACCEPTED'
                    order by r.at desc, r.id limit 1
                    """)
                .bind("series", series.value())
                .map(
                    (row, context) ->
                        new Accepted(
                            row.getObject("id", UUID.class),
                            TaskRowMapping.instant(row, "at"),
                            TaskRowMapping.parse(row.getString("event"), ProposalMade.class)
                                .schema(),
                            TaskRowMapping.parse(
                                    row.getString("outcome"), CorrectionRevision.Outcome.class)
                                .labels()))
                .findOne());
  }
}

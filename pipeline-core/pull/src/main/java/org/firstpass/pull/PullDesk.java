package org.firstpass.pull;

import java.time.Instant;
import java.util.List;
import org.firstpass.database.Database;
import org.firstpass.dicom.FoundStudy;
import org.firstpass.dicom.QueryAnswer;
import org.firstpass.dicom.QueryScu;
import org.firstpass.dicom.StudyQuery;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.peer.WebAddress;
import org.firstpass.peer.WebCalls;
import org.firstpass.study.ProjectName;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.StudyInstanceUid;
import org.firstpass.study.StudyReference;
import org.jspecify.annotations.Nullable;

/** Where somebody asks for something to be fetched. Safe for use by many threads. */
public final class PullDesk {
  private final Database database;

  /** Makes the room's tables if they are not there. */
  public PullDesk(Database database) {
    this.database = database;
    PullSchema.prepare(database);
  }

  /**
   * Asks an archive which studies have an accession number. It is asked from here, so that the
   * number is written down nowhere.
   *
   * @throws StudyRefused PULL_NOT_FOUND if it has none
   */
  public static List<StudyInstanceUid> withAccessionNumber(PullSource source, String number) {
    StudyQuery query = StudyQuery.ofAccessionNumber(number);
    WebAddress web = source.web();
    QueryAnswer<FoundStudy> answer =
        web == null
            ? QueryScu.studies(
                source.byDimse().orElseThrow().peer(), query, Archive.MOST_STUDIES, source.limit())
            : new WebQueries(new WebCalls(web), source.limit())
                .studies(query, Archive.MOST_STUDIES);
    if (answer.matches().isEmpty()) {
      throw new StudyRefused(
          ReasonCode.PULL_NOT_FOUND, "the archive has no study with this accession number");
    }
    return answer.matches().stream().map(FoundStudy::study).toList();
  }

  /**
   * Asks for a study, or one series of it. What is here already is not fetched again; asked again
   * after it ended, it is looked for anew.
   *
   * @param series null for all
   * @return the entry of the fetch
   */
  public long ask(
      PullSource source,
      StudyInstanceUid study,
      @Nullable SeriesInstanceUid series,
      ProjectName project,
      Instant now) {
    FetchOrder order = FetchOrder.asked(source.title(), study, series, project);
    return database.inTransaction(
        handle ->
            FetchRows.add(handle, order, true, now)
                .orElseGet(
                    () ->
                        handle
                            .createQuery("select entry from pull.request where key = :key")
                            .bind("key", order.key())
                            .mapTo(Long.class)
                            .one()));
  }

  /** Asks for the priors of a series that is here, by these rules, whatever was asked before. */
  public int askPriors(List<PriorRule> rules, StudyReference arrived, Instant now) {
    return database.inTransaction(
        handle ->
            (int)
                rules.stream()
                    .filter(rule -> PriorRows.add(handle, rule, arrived, true, now))
                    .count());
  }

  /**
   * Gives what failed a new budget, from now on: studies, searches for priors, windows of
   * backfills.
   *
   * @param source null for all
   * @return how many
   */
  public int retry(@Nullable String source, Instant now) {
    String again = " set state = 'WAITING', attempts = 0, due = :now, changed = :now";
    String failed = " where state = 'FAILED' and (:source::text is null or source = :source)";
    String ofBackfill =
        " where state = 'FAILED' and backfill in (select backfill from pull.backfill"
            + " where state <> 'CANCELLED' and (:source::text is null or source = :source))";
    String notCalledOff =
        " and (backfill is null or backfill in (select backfill from pull.backfill"
            + " where state <> 'CANCELLED'))";
    return database.inTransaction(
        handle -> {
          // A backfill that had ended goes on.
          handle
              .createUpdate(
                  "update pull.backfill b set state = 'RUNNING', changed = :now where state = 'DONE'"
                      + " and (:source::text is null or source = :source) and (exists (select 1"
                      + " from pull.request f where f.backfill = b.backfill and f.state = 'FAILED')"
                      + " or exists (select 1 from pull.query_window w"
                      + " where w.backfill = b.backfill and w.state = 'FAILED'))")
              .bind("source", source)
              .bind("now", now)
              .execute();
          int retried = 0;
          for (String statement :
              List.of(
                  "update pull.request" + again + failed + notCalledOff,
                  "update pull.prior_search" + again + failed,
                  "update pull.query_window" + again + ofBackfill)) {
            retried +=
                handle.createUpdate(statement).bind("source", source).bind("now", now).execute();
          }
          return retried;
        });
  }
}

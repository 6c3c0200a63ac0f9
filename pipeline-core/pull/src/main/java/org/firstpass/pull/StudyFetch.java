package org.firstpass.pull;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.firstpass.dicom.FoundInstance;
import org.firstpass.dicom.FoundSeries;
import org.firstpass.dicom.FoundStudy;
import org.firstpass.dicom.QueryAnswer;
import org.firstpass.dicom.StudyKey;
import org.firstpass.dicom.StudyQuery;
import org.firstpass.failure.FirstpassFailure;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.failure.TryAgainLater;
import org.firstpass.pull.Archive.Wanted;
import org.firstpass.study.ProjectName;
import org.firstpass.study.SopInstanceUid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches what an archive has of a study and the gateway has not.
 *
 * <p>Whether an instance came is asked of the gateway's index, whatever the archive says. Safe for
 * use by many threads.
 */
final class StudyFetch {
  private static final Logger LOG = LoggerFactory.getLogger(StudyFetch.class);

  /** Troubles that the other series of a study need not have. */
  private static final Set<ReasonCode> OF_ONE_SERIES =
      Set.of(ReasonCode.RETRIEVE_FAILED, ReasonCode.QUERY_REFUSED);

  private final Archive archive;
  private final PullDoors doors;
  private final FetchRows rows;
  private final Clock clock;

  StudyFetch(Archive archive, PullDoors doors, FetchRows rows, Clock clock) {
    this.archive = archive;
    this.doors = doors;
    this.rows = rows;
    this.clock = clock;
  }

  /**
   * Fetches it.
   *
   * @param tally counts also what came before something went wrong
   * @throws StudyRefused PULL_NOT_FOUND if the archive has no such study or series; and as {@link
   *     Archive}
   * @throws TryAgainLater PULL_INCOMPLETE if something did not come; and as {@link Archive}
   */
  void run(FetchClaim claim, Tally tally) {
    StudyKey study = find(claim);
    Optional<FirstpassFailure> trouble = Optional.empty();
    for (FoundSeries series : series(claim, study)) {
      try {
        fetch(claim, study, series, tally);
      } catch (FirstpassFailure e) {
        if (!OF_ONE_SERIES.contains(e.code())) {
          throw e;
        }
        trouble = Optional.of(e);
      }
    }
    if (trouble.isPresent()) {
      throw new TryAgainLater(
          ReasonCode.RETRIEVE_FAILED, String.valueOf(trouble.get().getMessage()), trouble.get());
    }
    if (tally.missing() > 0) {
      throw new TryAgainLater(
          ReasonCode.PULL_INCOMPLETE,
          tally.missing() + " instances that were asked for are not in the gateway's index");
    }
  }

  private StudyKey find(FetchClaim claim) {
    return archive.studies(StudyQuery.ofStudy(claim.study())).matches().stream()
        .findFirst()
        .map(FoundStudy::key)
        .orElseThrow(() -> notFound("study " + claim.study()));
  }

  private List<FoundSeries> series(FetchClaim claim, StudyKey study) {
    QueryAnswer<FoundSeries> answer = archive.series(study);
    requireWhole(answer, "series");
    if (claim.series() == null) {
      return answer.matches().stream().filter(claim.filter()::wants).toList();
    }
    List<FoundSeries> one =
        answer.matches().stream().filter(each -> each.series().equals(claim.series())).toList();
    if (one.isEmpty()) {
      throw notFound("series " + claim.series());
    }
    return one;
  }

  private void fetch(FetchClaim claim, StudyKey study, FoundSeries found, Tally tally) {
    QueryAnswer<FoundInstance> answer = archive.instances(study, found.series());
    requireWhole(answer, "instances");
    Set<SopInstanceUid> before = doors.held(found.series());
    List<FoundInstance> wanted = new ArrayList<>(answer.matches());
    wanted.removeIf(each -> before.contains(each.instance()));
    tally.present(answer.matches().size() - wanted.size());
    if (wanted.isEmpty()) {
      return;
    }
    ProjectName project =
        before.isEmpty()
            ? claim.project()
            : doors.projectOf(found.series()).orElse(claim.project());
    rows.began(claim.lease(), found.series(), clock.instant());
    if (claim.cause() == PullCause.BACKFILL) {
      rows.charge(wanted.size(), clock.instant());
    }
    boolean whole = wanted.size() == answer.matches().size();
    try {
      var refused = archive.retrieve(new Wanted(study, found.series(), wanted, whole, project));
      count(found, wanted, refused, tally);
    } catch (FirstpassFailure e) {
      // An archive may call it a failure that the gateway did not take something.
      if (count(found, wanted, Map.of(), tally) > 0) {
        throw e;
      }
    }
  }

  /** Counts what became of them; returns how many did not come. */
  private int count(
      FoundSeries found,
      List<FoundInstance> wanted,
      Map<SopInstanceUid, ReasonCode> refused,
      Tally tally) {
    // The database takes no statement from an interrupted thread.
    boolean interrupted = Thread.interrupted();
    Set<SopInstanceUid> after = doors.held(found.series());
    int missing = 0;
    for (FoundInstance each : wanted) {
      Optional<ReasonCode> reason =
          Optional.ofNullable(refused.get(each.instance()))
              .or(() -> doors.refusalOf(each.instance()))
              .filter(code -> code.kind() == ReasonCode.Kind.REFUSED);
      if (after.contains(each.instance())) {
        tally.arrived(1);
      } else if (reason.isPresent()) {
        tally.refused(reason.get());
      } else {
        missing++;
      }
    }
    tally.missing(missing);
    LOG.info(
        "series {} fetched: of {} instances {} did not come",
        found.series(),
        wanted.size(),
        missing);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return missing;
  }

  private static void requireWhole(QueryAnswer<?> answer, String what) {
    if (answer.cut()) {
      throw new StudyRefused(
          ReasonCode.PULL_ANSWER_CUT, "the archive answered not all " + what + " of the study");
    }
  }

  private static StudyRefused notFound(String what) {
    return new StudyRefused(ReasonCode.PULL_NOT_FOUND, "the archive has no " + what);
  }
}

package org.firstpass.pull;

import java.time.Clock;
import java.util.List;
import org.firstpass.dicom.FoundStudy;
import org.firstpass.dicom.QueryAnswer;
import org.firstpass.pull.Attempts.Outcome;
import org.firstpass.pull.QueryWindow.Part;
import org.firstpass.study.StudyInstanceUid;

/** What there is to do with one archive, one attempt at a time. Safe for use by many threads. */
final class SourceWork {
  private final List<PriorRule> rules;
  private final Archive archive;
  private final FetchRows fetches;
  private final PriorRows priors;
  private final BackfillRows windows;
  private final StudyFetch study;
  private final PriorFinding finding;
  private final Attempts attempts;
  private final Clock clock;

  SourceWork(
      PullSource source,
      List<PriorRule> rules,
      Archive archive,
      PullGround ground,
      PullDoors doors,
      Clock clock) {
    this.rules = rules.stream().filter(rule -> rule.from().equals(source.title())).toList();
    this.archive = archive;
    this.fetches = new FetchRows(ground.database(), source);
    this.priors = new PriorRows(ground.database());
    this.windows = new BackfillRows(ground.database(), source);
    this.study = new StudyFetch(archive, doors, fetches, clock);
    this.finding = new PriorFinding(archive, ground.store(), doors, priors, clock);
    this.attempts = new Attempts(source, clock);
    this.clock = clock;
  }

  List<PriorRule> rules() {
    return rules;
  }

  FetchRows fetches() {
    return fetches;
  }

  PriorRows priors() {
    return priors;
  }

  BackfillRows windows() {
    return windows;
  }

  Outcome run(FetchClaim claim, Tally tally) {
    return attempts.run(
        fetches.rows(),
        claim.lease(),
        "study " + claim.study(),
        () -> {
          try {
            study.run(claim, tally);
          } finally {
            count(claim, tally);
          }
          return fetches.done(claim.lease(), tally, clock.instant());
        });
  }

  private void count(FetchClaim claim, Tally tally) {
    // The database takes no statement from an interrupted thread.
    boolean interrupted = Thread.interrupted();
    fetches.counted(claim.lease(), tally);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  Outcome run(PriorSearch search) {
    return attempts.run(
        priors.rows(),
        search.lease(),
        "priors of series " + search.series(),
        () -> finding.run(search));
  }

  Outcome run(QueryWindow window) {
    return attempts.run(
        windows.rows(),
        window.lease(),
        "backfill %d of %s".formatted(window.backfill(), window.day()),
        () -> look(window));
  }

  private boolean look(QueryWindow window) {
    QueryAnswer<FoundStudy> answer = archive.studies(window.query());
    List<Part> parts = answer.cut() ? window.halves() : List.of();
    List<StudyInstanceUid> studies = answer.matches().stream().map(FoundStudy::study).toList();
    boolean lacking = answer.cut() && parts.isEmpty();
    return windows.answered(
        window, new BackfillRows.Answer(studies, parts, lacking), clock.instant());
  }
}

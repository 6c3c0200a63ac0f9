package org.firstpass.correction;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.correction.CorrectionLedger.Answer;
import org.firstpass.correction.CorrectionLedger.Kept;
import org.firstpass.correction.CorrectionLedger.Standing;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.ProposalMade;
import org.firstpass.finding.Finding;
import org.firstpass.finding.FindingCheck;
import org.firstpass.finding.FindingProblem;
import org.firstpass.review.Fence;
import org.firstpass.review.ReviewQueue;
import org.firstpass.review.ReviewQueue.TaskRow;
import org.firstpass.review.ReviewTask;
import org.firstpass.study.Sha256;
import org.firstpass.volume.LabelMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes submissions: the objects go into the store first, then decision, revision and event in one
 * transaction, so that a crash leaves at worst an object that nothing speaks of.
 *
 * <p>Safe to use from many threads and processes.
 */
public final class CorrectionDesk {
  private static final Logger LOG = LoggerFactory.getLogger(CorrectionDesk.class);

  private final ReviewQueue queue;
  private final CorrectionLedger ledger;
  private final CaseArchive archive;
  private final Protocols protocols;
  private final CorrectionMetrics metrics;
  private final Clock clock;

  /** A desk where nothing is asked for beside segments. */
  public CorrectionDesk(
      ReviewQueue queue,
      CorrectionLedger ledger,
      CaseArchive archive,
      CorrectionMetrics metrics,
      Clock clock) {
    this(queue, ledger, archive, Protocols.NONE, metrics, clock);
  }

  public CorrectionDesk(
      ReviewQueue queue,
      CorrectionLedger ledger,
      CaseArchive archive,
      Protocols protocols,
      CorrectionMetrics metrics,
      Clock clock) {
    this.queue = queue;
    this.ledger = ledger;
    this.archive = archive;
    this.protocols = protocols;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * Takes what a reader decided.
   *
   * @throws InconsistentSubmission if verdicts and labels contradict each other
   */
  public SubmitAnswer submit(UUID task, Fence fence, Submission submission) {
    try {
      SubmitAnswer answer = decide(task, fence, submission);
      metrics.answered(answer.kind());
      return answer;
    } catch (InconsistentSubmission e) {
      metrics.inconsistent();
      throw e;
    }
  }

  private SubmitAnswer decide(UUID task, Fence fence, Submission submission) {
    Optional<TaskRow> row = queue.find(task);
    if (row.isEmpty()) {
      return new SubmitAnswer.Unknown();
    }
    ProposalMade proposal = row.get().task().subject().proposal();
    LabelMap proposed = archive.proposedLabels(proposal);
    LabelMap painted = submission.painting().over(proposal, proposed);
    List<SegmentVerdict> verdicts = submission.verdictsOf(proposal.schema(), proposed, painted);
    List<Finding> findings = submission.findings().of(proposal);
    Sha256 content = Submission.digest(verdicts, painted, findings);
    Optional<Kept> earlier = ledger.find(task, fence.transaction());
    if (earlier.isPresent()) {
      return standing(earlier.get(), content);
    }
    requireAskedFor(proposal, proposed, findings);
    CorrectedLabel label = CorrectedLabel.of(proposal.schema(), proposed, painted, verdicts);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    UUID id = CorrectionRevision.idOf(task, fence.transaction());
    var revision =
        new CorrectionRevision(
            id,
            task,
            fence,
            now,
            proposal.id(),
            content,
            store(proposal, label, findings, new CaseArchive.Signature(id, fence.reader(), now)),
            boundedActiveMillis(row.get().task(), submission, now),
            submission.effort(),
            archive.origin(proposal));
    Answer answer = ledger.keep(revision, event(revision, proposal), submission.grace());
    return answer(revision, proposal, answer);
  }

  private void requireAskedFor(ProposalMade proposal, LabelMap proposed, List<Finding> findings) {
    var check = new FindingCheck(protocols.of(proposal), proposal.schema(), proposed.geometry());
    List<FindingProblem> problems = check.problems(findings);
    if (!problems.isEmpty()) {
      throw InconsistentSubmission.of(problems);
    }
  }

  private CorrectionRevision.Outcome store(
      ProposalMade proposal,
      CorrectedLabel label,
      List<Finding> findings,
      CaseArchive.Signature by) {
    ObjectReference labels = archive.putLabels(label.labels());
    ObjectReference segmentation = archive.putSegmentation(proposal, label, by);
    return new CorrectionRevision.Outcome(
        labels,
        segmentation,
        label.decisions(),
        label.voxels(),
        SubmittedLabels.digest(label.labels()),
        findings.isEmpty() ? null : archive.putFindings(archive.located(proposal, findings)));
  }

  private static long boundedActiveMillis(ReviewTask task, Submission submission, Instant now) {
    return task instanceof ReviewTask.Claimed claimed
        ? claimed.lease().boundedActiveMillis(submission.activeMillis(), now)
        : Math.max(0, submission.activeMillis());
  }

  private static CorrectionAccepted event(CorrectionRevision revision, ProposalMade proposal) {
    return new CorrectionAccepted(
        revision.id(),
        revision.at(),
        proposal.input(),
        revision.task(),
        proposal.id(),
        proposal.modelPackage(),
        proposal.schema(),
        proposal.labels(),
        revision.outcome().labels(),
        revision.outcome().segmentation(),
        revision.outcome().decisions(),
        revision.by().reader(),
        revision.activeMillis(),
        revision.outcome().findings(),
        revision.effort().orElse(null),
        null);
  }

  private SubmitAnswer answer(CorrectionRevision revision, ProposalMade proposal, Answer answer) {
    if (answer instanceof Answer.Aside aside) {
      LOG.warn(
          "stale submission of task {} (series {}) by {} kept as side revision {}: task is {}",
          revision.task(),
          proposal.series(),
          revision.by().reader(),
          aside.sideRevision(),
          aside.state());
      return new SubmitAnswer.Stale(aside.sideRevision(), aside.state());
    }
    Kept kept = ((Answer.Stands) answer).kept();
    LOG.info(
        "correction {} of task {} (series {}) {} from {}",
        revision.id(),
        revision.task(),
        proposal.series(),
        kept.standing(),
        revision.by().reader());
    if (kept.standing() == Standing.ACCEPTED) {
      metrics.accepted(revision.activeMillis());
    }
    return standing(kept, revision.submission());
  }

  private SubmitAnswer standing(Kept kept, Sha256 content) {
    if (kept.standing() == Standing.UNDONE) {
      return new SubmitAnswer.Undone(kept.receipt());
    }
    return kept.submission().equals(content)
        ? new SubmitAnswer.Accepted(kept.receipt(), undoFor(kept))
        : new SubmitAnswer.AlreadyDecided(kept.receipt());
  }

  private Duration undoFor(Kept kept) {
    Instant now = clock.instant();
    return kept.undoUntil()
        .filter(now::isBefore)
        .map(until -> Duration.between(now, until))
        .orElse(Duration.ZERO);
  }
}

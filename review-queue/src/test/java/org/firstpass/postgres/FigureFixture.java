package org.firstpass.postgres;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.firstpass.correction.CorrectionRevision;
import org.firstpass.correction.ImageOrigin;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.ProposalNotes;
import org.firstpass.event.ReaderEffort;
import org.firstpass.event.RouteTaken;
import org.firstpass.event.SegmentDecision;
import org.firstpass.event.SurfaceChange;
import org.firstpass.review.Fence;
import org.firstpass.review.ProposalFixture;
import org.firstpass.review.ReviewTask;
import org.firstpass.segment.SegmentAlgorithmType;
import org.firstpass.segment.Verdict;
import org.firstpass.study.Sha256;

/** Corrections in a real database, kept as the desk keeps them. */
public final class FigureFixture {
  private final QueueFixture fixture;
  private int number;

  public FigureFixture(QueueFixture fixture) {
    this.fixture = fixture;
  }

  /**
   * What is corrected by whom.
   *
   * @param protocol empty if no rule named one
   */
  public record Reading(
      String reader, Instant at, String version, String scanner, String protocol) {}

  /** Keeps a correction of a new task, and answers its id. */
  public UUID correct(
      Reading reading,
      long activeMillis,
      Optional<ReaderEffort> effort,
      Duration grace,
      List<SegmentDecision> decisions) {
    ProposalMade proposal = proposal(reading);
    fixture.intake.accept(proposal);
    ReviewTask.Claimed task = fixture.queue.claimNext(reading.reader()).orElseThrow();
    UUID id = CorrectionRevision.idOf(task.id(), task.lease().transaction());
    ObjectReference labels = ProposalFixture.object("accepted" + number, "application/x-labels");
    Map<Integer, Long> voxels = new TreeMap<>();
    decisions.forEach(one -> voxels.put(one.segmentNumber(), voxelsOf(one)));
    Sha256 digest = labels.digest();
    var revision =
        new CorrectionRevision(
            id,
            task.id(),
            new Fence(reading.reader(), task.lease().transaction()),
            reading.at(),
            proposal.id(),
            digest,
            new CorrectionRevision.Outcome(labels, labels, decisions, voxels, digest),
            activeMillis,
            effort,
            new ImageOrigin(reading.scanner(), ""));
    var event =
        new CorrectionAccepted(
            id,
            reading.at(),
            proposal.input(),
            task.id(),
            proposal.id(),
            proposal.modelPackage(),
            proposal.schema(),
            proposal.labels(),
            labels,
            labels,
            decisions,
            reading.reader(),
            activeMillis,
            null,
            effort.orElse(null),
            null);
    fixture.corrections.keep(revision, event, grace);
    return id;
  }

  private ProposalMade proposal(Reading reading) {
    number++;
    ProposalMade proposal =
        ProposalFixture.by(
            ProposalFixture.proposal(number),
            ProposalFixture.model("phantom", reading.version()),
            ProposalFixture.TIME);
    if (reading.protocol().isEmpty()) {
      return proposal;
    }
    RouteTaken route = new RouteTaken("rule", reading.protocol(), 0, null);
    return ProposalFixture.with(
        proposal, proposal.scores(), new ProposalNotes(List.of(), null, List.of(), route, null));
  }

  private static long voxelsOf(SegmentDecision decision) {
    return switch (decision.verdict()) {
      case REJECT, NOT_ASSESSABLE -> 0L;
      default -> 100L;
    };
  }

  /** A decision with a surface of one Dice less than its own. */
  public static SegmentDecision decision(
      int segment, Verdict verdict, double dice, double addedPathMm) {
    boolean gone = verdict == Verdict.REJECT || verdict == Verdict.NOT_ASSESSABLE;
    return new SegmentDecision(
        segment,
        verdict,
        SegmentAlgorithmType.SEMIAUTOMATIC,
        0,
        gone ? 100 : 0,
        dice,
        new SurfaceChange(addedPathMm, dice / 2, 2, gone ? null : 1.5));
  }

  /** An effort of so many seconds with a brush on the first segment, and half of it elsewhere. */
  public static Optional<ReaderEffort> effort(int seconds) {
    return Optional.of(
        new ReaderEffort(
            3,
            2,
            1,
            seconds * 1500L,
            30.5,
            List.of(
                new ReaderEffort.OfTool("brush", 2, seconds * 1000L),
                new ReaderEffort.OfTool("lasso", 1, seconds * 500L)),
            List.of(
                new ReaderEffort.OfSegment(1, 2, seconds * 1000L, 20.5),
                new ReaderEffort.OfSegment(2, 1, seconds * 500L, 10))));
  }
}

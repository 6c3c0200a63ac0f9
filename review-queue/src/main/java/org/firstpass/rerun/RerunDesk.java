package org.firstpass.rerun;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.RequestedBox;
import org.firstpass.event.RerunAnswered;
import org.firstpass.event.RerunRequested;
import org.firstpass.failure.ReasonCode;
import org.firstpass.review.ReviewQueue;
import org.firstpass.review.ReviewTask;
import org.firstpass.study.NameBasedUuid;

/** Takes requests to look again, and says how far they are. Thread-safe. */
public final class RerunDesk {
  /** A worker that has not answered by then is not waited for; its answer is taken all the same. */
  public static final Duration PATIENCE = Duration.ofMinutes(3);

  /** A box is to be looked at while somebody waits. */
  public static final int MOST_VOXELS = 1 << 24;

  private final ReviewQueue queue;
  private final RerunLedger ledger;
  private final Clock clock;

  public RerunDesk(ReviewQueue queue, RerunLedger ledger, Clock clock) {
    this.queue = queue;
    this.ledger = ledger;
    this.clock = clock;
  }

  /** What became of asking. */
  public enum Asked {
    TAKEN,
    NO_TASK,
    /** Only who holds the task may ask. */
    NOT_HELD,
    TOO_LARGE,
    /** The reader waits for another answer of this task. */
    UNDER_WAY
  }

  /** How far a request is. */
  public enum State {
    ASKED,
    MADE,
    REFUSED,
    /** No worker answered in time. */
    LATE
  }

  /** Asks; the same request again is the same. */
  public Asked ask(UUID task, String reader, UUID request, RequestedBox box) {
    Optional<ReviewTask> found = queue.find(task).map(ReviewQueue.TaskRow::task);
    if (found.isEmpty()) {
      return Asked.NO_TASK;
    }
    if (!(found.get() instanceof ReviewTask.Claimed claimed)
        || !claimed.lease().holder().equals(reader)) {
      return Asked.NOT_HELD;
    }
    if (voxels(box) > MOST_VOXELS) {
      return Asked.TOO_LARGE;
    }
    ProposalMade proposal = claimed.subject().proposal();
    Instant now = clock.instant();
    var event =
        new RerunRequested(
            request, now, proposal.input(), proposal.id(), proposal.modelPackage(), box);
    var rerun = new Rerun(request, task, reader, now, box, Optional.empty());
    Rerun kept = ledger.ask(rerun, event, now.minus(PATIENCE));
    return kept.id().equals(request) ? Asked.TAKEN : Asked.UNDER_WAY;
  }

  public Optional<Rerun> find(UUID task, UUID request) {
    return ledger.find(task, request);
  }

  /** No worker could handle a request: that is its answer, so that nobody waits for another. */
  public void gaveUp(RerunRequested asked, ReasonCode reason, String explanation) {
    UUID id = NameBasedUuid.of("rerun-given-up", asked.id().toString());
    ledger.answered(
        new RerunAnswered(
            id, clock.instant(), asked.input(), asked.id(), null, reason, explanation, 0));
  }

  public State stateOf(Rerun rerun) {
    if (rerun.answer().isPresent()) {
      return rerun.answer().get().labels() == null ? State.REFUSED : State.MADE;
    }
    return clock.instant().isAfter(rerun.asked().plus(PATIENCE)) ? State.LATE : State.ASKED;
  }

  private static long voxels(RequestedBox box) {
    return (box.lastColumn() - box.firstColumn() + 1L)
        * (box.lastRow() - box.firstRow() + 1L)
        * (box.lastSlice() - box.firstSlice() + 1L);
  }
}

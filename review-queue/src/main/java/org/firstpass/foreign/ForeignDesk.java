package org.firstpass.foreign;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.correction.CorrectionDesk;
import org.firstpass.correction.InconsistentSubmission;
import org.firstpass.correction.Receipt;
import org.firstpass.correction.SegmentVerdict;
import org.firstpass.correction.SubmitAnswer;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.foreign.ForeignItem.Filed;
import org.firstpass.foreign.ForeignItem.Intent;
import org.firstpass.foreign.ForeignItem.State;
import org.firstpass.review.Fence;
import org.firstpass.review.ReviewQueue;
import org.firstpass.review.ReviewState;
import org.firstpass.review.ReviewTask;
import org.firstpass.review.TaskAnswer;
import org.firstpass.volume.LabelMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes objects of other makers: what is clear and comes from the reader who holds the task becomes
 * a correction at once; everything else is kept for a person.
 *
 * <p>Before anything is submitted the intent is written down: the same object sent again, told
 * again or taken up again after a crash shows the same fence with the same labels, and is one
 * correction. Safe to use from many threads and processes.
 */
public final class ForeignDesk {
  private static final Logger LOG = LoggerFactory.getLogger(ForeignDesk.class);

  private final ForeignLedger ledger;
  private final ReviewQueue queue;
  private final CorrectionDesk corrections;
  private final ForeignReading reading;
  private final ForeignMetrics metrics;
  private final Clock clock;

  public ForeignDesk(
      ForeignLedger ledger,
      ReviewQueue queue,
      CorrectionDesk corrections,
      ForeignReading reading,
      ForeignMetrics metrics,
      Clock clock) {
    this.ledger = ledger;
    this.queue = queue;
    this.corrections = corrections;
    this.reading = reading;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Looks at an object that nobody has looked at yet, or whose series has a proposal now. */
  void examine(UUID id) {
    ForeignItem item = ledger.find(id).orElseThrow();
    if (item.filed().state().isFinal()) {
      return;
    }
    Optional<Intent> intent = item.underWay();
    if (intent.isPresent()) {
      submit(item, intent.get());
      return;
    }
    Verdicted found = look(item, PersonsWord.NONE, Optional.empty());
    if (found instanceof Verdicted.Ready ready) {
      takeOrKeep(item, ready);
    } else if (found instanceof Verdicted.Undecided undecided) {
      file(item, undecided.filed());
    }
  }

  /**
   * A reader decides on an object that is kept: takes its task if nobody else has it, and submits.
   * What was said of it before still holds where nothing else is said.
   *
   * @throws InconsistentSubmission if the word names segments that the protocol does not have
   */
  public DecisionAnswer decide(UUID id, String reader, PersonsWord word) {
    Optional<ForeignItem> known = ledger.find(id);
    if (known.isEmpty()) {
      return new DecisionAnswer.Unknown();
    }
    if (known.get().underWay().isPresent()) {
      examine(id);
    }
    ForeignItem item = ledger.find(id).orElseThrow();
    if (item.filed().state().isFinal()) {
      return ended(item);
    }
    Examination before = item.filed().examination();
    PersonsWord said = before == null ? word : word.after(before.said());
    Verdicted found = look(item, said, Optional.empty());
    if (found instanceof Verdicted.Ready ready) {
      return take(item, ready, reader, said);
    }
    return new DecisionAnswer.Open(file(item, ((Verdicted.Undecided) found).filed()));
  }

  /** A person does not want an object used; it stays in the store. */
  public DecisionAnswer discard(UUID id, String reader) {
    Optional<ForeignItem> known = ledger.find(id);
    if (known.isEmpty()) {
      return new DecisionAnswer.Unknown();
    }
    var discarded = Filed.refused(ReasonCode.FOREIGN_DISCARDED, "discarded by a person", reader);
    Optional<ForeignItem> filed = ledger.fileUnlessUnderWay(id, discarded, now());
    filed.ifPresent(item -> metrics.filed(item.filed()));
    return new DecisionAnswer.Filed(filed.orElse(known.get()));
  }

  /**
   * What an object says of a task.
   *
   * @param labels on the grid of the task's proposal
   */
  public record Outcome(LabelMap labels, List<SegmentVerdict> verdicts) {
    public Outcome {
      verdicts = List.copyOf(verdicts);
    }
  }

  /**
   * What an object says of a task whose performer names it as the outcome; nothing if no such
   * object was told of.
   *
   * @throws StudyRefused if it cannot be used for the task, or is not clear
   */
  public Optional<Outcome> outcome(UUID id, UUID task) {
    Optional<ForeignItem> known = ledger.find(id);
    if (known.isEmpty()) {
      return Optional.empty();
    }
    Verdicted found = reading.lookAsOutcome(known.get().object(), task);
    if (found instanceof Verdicted.Ready ready) {
      return Optional.of(new Outcome(ready.labels(), ready.verdicts()));
    }
    Filed undecided = ((Verdicted.Undecided) found).filed();
    ReasonCode reason = undecided.reason();
    throw new StudyRefused(
        reason == null ? ReasonCode.FOREIGN_UNMATCHED : reason,
        String.valueOf(undecided.explanation()));
  }

  /** An object became a correction as the outcome of a task. */
  public void becameOutcome(UUID id, UUID task, UUID correction, String reader) {
    ForeignItem item = ledger.find(id).orElseThrow();
    if (!item.filed().state().isFinal()) {
      file(
          item,
          new Filed(State.TAKEN, task, null, null, item.filed().examination(), correction, reader));
    }
  }

  private Verdicted look(ForeignItem item, PersonsWord word, Optional<UUID> intended) {
    try {
      return reading.look(item.object(), word, intended);
    } catch (StudyRefused e) {
      return new Verdicted.Undecided(Filed.refused(e.code(), String.valueOf(e.getMessage()), null));
    }
  }

  private void takeOrKeep(ForeignItem item, Verdicted.Ready ready) {
    Optional<String> user = reading.userOf(item.object());
    if (ready.candidate().task() instanceof ReviewTask.Claimed claimed
        && ready.candidate().isHeldBy(user)) {
      var fence = new Fence(claimed.lease().holder(), claimed.lease().transaction());
      submit(item, new Intent(claimed.id(), fence, PersonsWord.NONE), ready);
      return;
    }
    file(item, toBeConfirmed(ready, "its sender holds no lease on the task"));
  }

  private DecisionAnswer take(
      ForeignItem item, Verdicted.Ready ready, String reader, PersonsWord word) {
    UUID task = ready.candidate().task().id();
    TaskAnswer claim = queue.claim(task, reader);
    if (claim instanceof TaskAnswer.Held held) {
      return new DecisionAnswer.Held(item, held.lease());
    }
    if (claim instanceof TaskAnswer.Done done && done.task() instanceof ReviewTask.Claimed mine) {
      var fence = new Fence(reader, mine.lease().transaction());
      return submit(item, new Intent(task, fence, word), ready);
    }
    if (claim instanceof TaskAnswer.Closed closed && closed.state() == ReviewState.SUBMITTED) {
      return new DecisionAnswer.Open(file(item, toBeConfirmed(ready, "its reader may still undo")));
    }
    return decide(item.id(), reader, word);
  }

  private void submit(ForeignItem item, Intent intent) {
    Verdicted found = look(item, intent.word(), Optional.of(intent.task()));
    if (found instanceof Verdicted.Ready ready) {
      submit(item, intent, ready);
    } else {
      file(item, ((Verdicted.Undecided) found).filed());
    }
  }

  private DecisionAnswer submit(ForeignItem item, Intent intent, Verdicted.Ready ready) {
    if (!ledger.intend(item.id(), intent)) {
      return ended(ledger.find(item.id()).orElseThrow());
    }
    SubmitAnswer answer;
    try {
      answer = corrections.submit(intent.task(), intent.by(), ready.submission());
    } catch (InconsistentSubmission e) {
      String message = String.valueOf(e.getMessage());
      return new DecisionAnswer.Open(file(item, toBeConfirmed(ready, message)));
    }
    if (answer instanceof SubmitAnswer.Accepted accepted) {
      return taken(item, intent, ready, accepted.receipt());
    }
    if (answer instanceof SubmitAnswer.Stale stale) {
      Filed aside = toBeConfirmed(ready, "the lease had gone to somebody else");
      return new DecisionAnswer.Open(file(item, aside.leaving(stale.sideRevision())));
    }
    var closed =
        Filed.kept(
            intent.task(),
            ReasonCode.FOREIGN_TASK_CLOSED,
            "the task was decided otherwise",
            ready.examination());
    return new DecisionAnswer.Filed(file(item, closed));
  }

  private DecisionAnswer taken(
      ForeignItem item, Intent intent, Verdicted.Ready ready, Receipt receipt) {
    var filed =
        new Filed(
            State.TAKEN,
            intent.task(),
            null,
            null,
            ready.examination(),
            receipt.correctionId(),
            intent.by().reader());
    return new DecisionAnswer.Taken(file(item, filed), receipt);
  }

  private static Filed toBeConfirmed(Verdicted.Ready ready, String explanation) {
    return Filed.kept(
        ready.candidate().task().id(),
        ReasonCode.FOREIGN_TO_BE_CONFIRMED,
        explanation,
        ready.examination());
  }

  private static DecisionAnswer ended(ForeignItem item) {
    return new DecisionAnswer.Filed(item);
  }

  private ForeignItem file(ForeignItem item, Filed filed) {
    ForeignItem now = ledger.file(item.id(), filed, now());
    metrics.filed(now.filed());
    LOG.info(
        "object {} of series {} is {}{}",
        item.object().instance(),
        item.object().input().reference().series(),
        now.filed().state(),
        now.filed().reason() == null ? "" : " " + now.filed().reason().code());
    return now;
  }

  /** The time as the database keeps it. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}

package org.firstpass.ups;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.firstpass.dicom.dataset.DataSet;
import org.firstpass.review.Fence;
import org.firstpass.review.Lease;
import org.firstpass.review.ReviewState;
import org.firstpass.review.ReviewTask;
import org.firstpass.review.TaskAnswer;
import org.firstpass.review.TransactionUid;
import org.firstpass.ups.WorkitemLedger.CancelOutcome;
import org.firstpass.ups.WorkitemLedger.Scope;
import org.firstpass.ups.WorkitemView.Viewing;
import org.firstpass.ups.WorklistRefusal.Reason;

/**
 * The worklist: what may be asked of it, and what is answered.
 *
 * <p>Workitems are the tasks of the queue, so that a claim here and one by the JSON API exclude
 * each other. Thread-safe.
 *
 * @see "PS3.4 CC, PS3.18 11"
 */
public final class Worklist {
  /** For so long after its end a workitem is still told of, or longer under a deletion lock. */
  public static final Duration KEPT = Duration.ofDays(30);

  private static final int PAGE = 200;
  static final int MOST_LOOKED_AT = 20_000;

  private final WorkitemLedger ledger;
  private final SourceHeaders headers;
  private final Clock clock;

  public Worklist(WorkitemLedger ledger, SourceHeaders headers, Clock clock) {
    this.ledger = ledger;
    this.headers = headers;
    this.clock = clock;
  }

  /**
   * Who looks.
   *
   * @param service the URL under which this DICOMweb service is reached
   * @param seesPatients whether patient attributes are shown
   */
  public record Viewer(String service, boolean seesPatients) {
    private Viewing viewing() {
      return new Viewing(service, seesPatients);
    }
  }

  /**
   * What a search found.
   *
   * @param more whether there is more than the limit of the query let through
   * @param cut whether there are workitems that nobody looked at
   */
  public record Found(List<DataSet> workitems, boolean more, boolean cut) {
    private static final Found NOTHING = new Found(List.of(), false, false);

    public Found {
      workitems = List.copyOf(workitems);
    }
  }

  /**
   * A workitem that the worklist speaks of.
   *
   * @throws WorklistRefusal UNKNOWN, or GONE if it ended long ago
   */
  public Workitem find(String uid) {
    Workitem workitem =
        (WorkitemUid.isUid(uid) ? ledger.find(uid) : Optional.<Workitem>empty())
            .orElseThrow(() -> new WorklistRefusal(Reason.UNKNOWN, "there is no such workitem"));
    if (workitem.isGone(now())) {
      throw new WorklistRefusal(
          Reason.GONE, "the workitem ended more than " + KEPT.toDays() + " days ago");
    }
    return workitem;
  }

  public DataSet retrieve(String uid, Viewer viewer) {
    return new WorkitemView(headers, now()).whole(find(uid), viewer.viewing());
  }

  /** Workitems that match, claimed ones first, then in the order in which they are claimed. */
  public Found search(WorkitemQuery query, Viewer viewer) {
    Instant now = now();
    List<String> studies = query.studies();
    Map<String, List<String>> source = query.source();
    if (!source.isEmpty()) {
      studies = studies(source, studies, viewer);
      if (studies.isEmpty()) {
        return Found.NOTHING;
      }
    }
    var scope = new Scope(query.states(), query.uids(), studies, now);
    var view = new WorkitemView(headers, now);
    // Matching does not look at patients, so their headers are read for what is answered only.
    Predicate<Workitem> matching =
        workitem -> query.matches(view.brief(workitem, new Viewing("", false)));
    Matches found =
        query.isOfScopeAlone()
            ? new Matches(ledger.list(scope, query.limit() + 1, query.offset()), false)
            : matching(scope, matching, query.offset(), query.limit() + 1);
    List<DataSet> answers =
        found.workitems().stream()
            .limit(query.limit())
            .map(workitem -> answered(view, workitem, query, viewer))
            .toList();
    return new Found(answers, found.workitems().size() > query.limit(), found.cut());
  }

  /** The studies of whoever is looked for; of these, if the query names some. */
  private List<String> studies(
      Map<String, List<String>> source, List<String> named, Viewer viewer) {
    if (!viewer.seesPatients()) {
      throw WorklistRefusal.malformed("patients are matched for whoever may see them");
    }
    List<String> found = headers.studies(source);
    return named.isEmpty() ? found : found.stream().filter(named::contains).toList();
  }

  /**
   * Workitems that match.
   *
   * @param cut whether there are some that nobody looked at
   */
  record Matches(List<Workitem> workitems, boolean cut) {}

  private static DataSet answered(
      WorkitemView view, Workitem workitem, WorkitemQuery query, Viewer viewer) {
    boolean withInput = query.included().contains(UpsAttribute.INPUT_INFORMATION);
    DataSet dataset =
        withInput ? view.whole(workitem, viewer.viewing()) : view.brief(workitem, viewer.viewing());
    return WorkitemView.found(dataset, query.included());
  }

  Matches matching(Scope scope, Predicate<Workitem> matching, int offset, int limit) {
    var found = new ArrayList<Workitem>();
    int skipped = 0;
    for (int looked = 0; looked < MOST_LOOKED_AT; looked += PAGE) {
      List<Workitem> page = ledger.list(scope, PAGE, looked);
      for (Workitem workitem : page) {
        if (matching.test(workitem) && skipped++ >= offset) {
          found.add(workitem);
          if (found.size() == limit) {
            return new Matches(found, false);
          }
        }
      }
      if (page.size() < PAGE) {
        return new Matches(found, false);
      }
    }
    return new Matches(found, true);
  }

  /**
   * Changes attributes of a workitem that nobody has claimed, or of one's own, whose lease is then
   * renewed.
   *
   * @return whether something was asked for that cannot be set
   */
  public boolean update(String uid, Optional<Fence> fence, DataSet requested) {
    Settable.Selection selection = Settable.ofUpdate(requested, fence.isPresent());
    Workitem workitem = find(uid);
    TaskAnswer answer = ledger.update(workitem.id(), fence, selection.settable());
    switch (answer.kind()) {
      case DONE -> {
        return selection.leftOut();
      }
      case HELD ->
          throw new WorklistRefusal(
              Reason.TRANSACTION_MISSING, "the workitem is IN PROGRESS: name its transaction");
      case STALE ->
          throw ((TaskAnswer.Stale) answer).state() == ReviewState.CLAIMED
              ? wrongTransaction()
              : new WorklistRefusal(Reason.NOT_YET_IN_PROGRESS, "nobody has claimed the workitem");
      case CLOSED ->
          throw new WorklistRefusal(
              Reason.NO_LONGER_UPDATED, "the workitem has ended and does not change any more");
      case UNKNOWN, BARRED ->
          throw new WorklistRefusal(Reason.UNKNOWN, "there is no such workitem");
    }
    throw new IllegalStateException("no answer is of kind " + answer.kind());
  }

  /** Keeps a workitem for whoever has claimed it. */
  public void renew(String uid, Fence fence) {
    update(uid, Optional.of(fence), new DataSet());
  }

  /** Asks for the end of a workitem. */
  public CancelOutcome requestCancel(String uid, DataSet requested, String by) {
    CancelOutcome outcome =
        ledger.requestCancel(find(uid).id(), Settable.cancelRequest(requested, by));
    return switch (outcome) {
      case CANCELED, TOLD, ALREADY_CANCELED -> outcome;
      case ALREADY_COMPLETED ->
          throw new WorklistRefusal(Reason.ALREADY_COMPLETED, "the workitem is COMPLETED");
      case NOBODY_TO_TELL ->
          throw new WorklistRefusal(
              Reason.PERFORMER_UNREACHABLE,
              "the workitem is IN PROGRESS, and nobody has subscribed to hear of the wish");
      case UNKNOWN -> throw new WorklistRefusal(Reason.UNKNOWN, "there is no such workitem");
    };
  }

  /** Whether the transaction is the one with which a workitem ended. */
  static boolean isEndedBy(Workitem workitem, TransactionUid transaction) {
    return workitem.endedBy().filter(transaction::equals).isPresent();
  }

  /** The lease that the fence opens. */
  static Optional<Lease> lease(Workitem workitem, Fence fence) {
    return workitem.row().task() instanceof ReviewTask.Claimed claimed
            && fence.opens(claimed.lease())
        ? Optional.of(claimed.lease())
        : Optional.empty();
  }

  static WorklistRefusal wrongTransaction() {
    return new WorklistRefusal(
        Reason.TRANSACTION_WRONG, "this transaction is not the one that holds the workitem");
  }

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}

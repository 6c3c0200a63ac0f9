package org.firstpass.ups;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.dicom.dataset.DataSet;
import org.firstpass.ups.SubscriptionLedger.Worklists;
import org.firstpass.ups.WorkitemLedger.Scope;
import org.firstpass.ups.WorkitemView.Viewing;
import org.firstpass.ups.WorklistRefusal.Reason;

/**
 * Subscribe, unsubscribe, suspend. Thread-safe.
 *
 * @see "PS3.4 CC.2.3, PS3.18 11.10 to 11.12"
 */
public final class Subscriptions {
  private static final int MOST_MATCHING = 20_000;

  private final Worklist worklist;
  private final SubscriptionLedger ledger;
  private final WorkitemEvents events;

  public Subscriptions(Worklist worklist, SubscriptionLedger ledger, WorkitemEvents events) {
    this.worklist = worklist;
    this.ledger = ledger;
    this.events = events;
  }

  /**
   * Subscribes to a workitem or a worklist.
   *
   * @param target the UID of a workitem, or a well-known one
   * @param filter of the filtered worklist
   * @return false if there are too many subscribers
   */
  public boolean subscribe(
      Subscriber who, String target, boolean deletionLock, Optional<String> filter) {
    boolean subscribed = subscribed(who, target, deletionLock, filter);
    events.began(who);
    return subscribed;
  }

  private boolean subscribed(
      Subscriber who, String target, boolean deletionLock, Optional<String> filter) {
    if (target.equals(UpsUids.GLOBAL_SUBSCRIPTION)) {
      return ledger.subscribeToAll(who, deletionLock);
    }
    if (target.equals(UpsUids.FILTERED_SUBSCRIPTION)) {
      String text = filter.orElseThrow(() -> WorklistRefusal.malformed("'filter' is missing"));
      return ledger.subscribeToMatching(who, text, deletionLock, matching(text));
    }
    ledger.subscribe(who, worklist.find(target).id(), deletionLock);
    return true;
  }

  private List<UUID> matching(String filter) {
    List<MatchingKey> keys = WorkitemQuery.filter(filter);
    Instant now = worklist.now();
    var scope = new Scope(EnumSet.allOf(UpsState.class), List.of(), List.of(), now);
    Worklist.Matches found =
        worklist.matching(scope, workitem -> matches(keys, workitem, now), 0, MOST_MATCHING);
    if (found.cut()) {
      throw new WorklistRefusal(
          Reason.TOO_LARGE, "there are too many workitems to look for those that match");
    }
    return found.workitems().stream().map(Workitem::id).toList();
  }

  /** Whether a workitem matches the filter of a subscription. */
  public static boolean matches(String filter, Workitem workitem, Instant now) {
    return matches(WorkitemQuery.filter(filter), workitem, now);
  }

  private static boolean matches(List<MatchingKey> keys, Workitem workitem, Instant now) {
    DataSet dataset = WorkitemView.withoutHeaders(now).brief(workitem, new Viewing("", false));
    return WorkitemQuery.matches(keys, dataset);
  }

  /** Unsubscribes from a workitem or, from a worklist and all workitems. */
  public void unsubscribe(Subscriber who, String target) {
    Optional<Worklists> worklists = worklists(target);
    boolean ended =
        worklists.isPresent()
            ? ledger.unsubscribeFromAll(who, worklists.get())
            : ledger.unsubscribe(who, worklist.find(target).id());
    if (!ended) {
      throw none();
    }
  }

  /** Stops being subscribed to workitems that are still to come. */
  public void suspend(Subscriber who, String target) {
    Worklists which =
        worklists(target)
            .orElseThrow(
                () ->
                    new WorklistRefusal(
                        Reason.NO_WORKLIST, "only a worklist subscription is suspended"));
    if (!ledger.suspend(who, which)) {
      throw none();
    }
  }

  private static Optional<Worklists> worklists(String target) {
    return switch (target) {
      case UpsUids.GLOBAL_SUBSCRIPTION -> Optional.of(Worklists.ALL);
      case UpsUids.FILTERED_SUBSCRIPTION -> Optional.of(Worklists.MATCHING);
      default -> Optional.empty();
    };
  }

  private static WorklistRefusal none() {
    return new WorklistRefusal(Reason.NO_SUBSCRIPTION, "there is no such subscription");
  }
}

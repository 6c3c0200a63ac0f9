package org.firstpass.ups;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Who is subscribed to what. Each method is one transaction, and the initial reports that it asks
 * for go out exactly if it stands.
 *
 * @see "PS3.4 Table CC.2.3-2"
 */
public interface SubscriptionLedger {

  /** Subscribes to one workitem; an initial report follows. */
  void subscribe(Subscriber who, UUID task, boolean deletionLock);

  /**
   * Subscribes to all workitems, present and to come. Those that the subscriber has already keep
   * their lock as it is; with a lock, an initial report of each of the others follows.
   *
   * @return false if there are too many subscribers
   */
  boolean subscribeToAll(Subscriber who, boolean deletionLock);

  /**
   * {@link #subscribeToAll} of those that match a filter.
   *
   * @param present those that match it now
   */
  boolean subscribeToMatching(
      Subscriber who, String filter, boolean deletionLock, List<UUID> present);

  /** Ends one subscription; false if there was none. */
  boolean unsubscribe(Subscriber who, UUID task);

  /** Ends a worklist subscription and those to workitems; false if there was none at all. */
  boolean unsubscribeFromAll(Subscriber who, Worklists which);

  /** Ends a worklist subscription and leaves those to workitems; false if there was none. */
  boolean suspend(Subscriber who, Worklists which);

  Set<Subscriber> subscribers(UUID task);

  /** What a subscriber is subscribed to, by task id, beginning after one. */
  List<Workitem> subscribed(Subscriber who, Optional<UUID> after, int limit);

  boolean isSubscribed(Subscriber who);

  /** The two worklists that one may subscribe to. */
  enum Worklists {
    ALL,
    MATCHING
  }
}

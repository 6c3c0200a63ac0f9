package org.firstpass.ups;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Event reports that wait to be sent to application entities, of each the oldest first. They are
 * written down in the transaction of what they tell of. Each method is one transaction.
 */
public interface ReportLedger {

  /**
   * A report that somebody is about to send.
   *
   * @param until nobody else sends it until then
   * @param refusals how often its entity answered with a failure
   * @param toldUpTo of a report of all workitems: those up to this one have been told of
   */
  record Claimed(
      long id, Instant until, WorkitemNotice notice, int refusals, Optional<UUID> toldUpTo) {}

  /** Who waits for reports. */
  Set<String> entities();

  /** The oldest report for an entity; empty if there is none, or if somebody is sending it. */
  Optional<Claimed> claim(String aeTitle, Instant now, Instant until);

  /** Forgets a report: it was sent, or is given up. */
  void done(Claimed report);

  /** Keeps a report of all workitems for longer, and says how far it was told. */
  Claimed toldUpTo(Claimed report, UUID task, Instant until);

  /** Leaves a report to be sent later. */
  void putBack(Claimed report, boolean refused);

  /** Writes down that the server restarted, for those of the entities that are subscribed. */
  void restarted(Set<String> aeTitles);

  /**
   * Gives up what waits for longer than a day, and what waits before a hundred thousand others.
   *
   * @return how many were given up
   */
  int giveUp();

  long waiting();
}

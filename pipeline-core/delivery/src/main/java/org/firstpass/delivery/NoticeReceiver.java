package org.firstpass.delivery;

import java.util.Objects;
import org.firstpass.peer.DimseAddress;
import org.firstpass.peer.Requirement;
import org.firstpass.peer.RetryBudget;
import org.jspecify.annotations.Nullable;

/**
 * Who is told by an Instance Availability Notification of each object that a destination has and
 * confirmed: a RIS, or whatever else waits for results.
 *
 * @param name as it is told in metrics, logs and lists
 * @param of the name of the destination
 * @param dimse where it is told
 * @param retrieve the AE title from which objects are retrieved; null: the one that is stored to
 * @param retry {@link RetryBudget#STANDARD} if null
 * @param timeout how long one attempt may wait for each answer; 5m if null
 * @see "PS3.4 annex R; IHE RAD TF-2 RAD-49"
 */
public record NoticeReceiver(
    @Nullable String name,
    @Nullable String of,
    @Nullable DimseAddress dimse,
    @Nullable String retrieve,
    @Nullable RetryBudget retry,
    @Nullable String timeout) {
  public NoticeReceiver {
    Destination.requireName(name);
    Requirement.text("of", of);
    Requirement.that(dimse != null, "notice '" + name + "' must have dimse");
    Requirement.that(
        retrieve == null || retrieve.matches("[!-\\[\\]-~]([ -\\[\\]-~]{0,14}[!-\\[\\]-~])?"),
        "retrieve is an AE title of 1 to 16 characters, but is '" + retrieve + "'");
    timeout = timeout == null ? Destination.STANDARD_TIMEOUT : timeout;
    RetryBudget.duration("timeout", timeout);
  }

  /** What its lane has to know. */
  LaneTerms terms() {
    return new LaneTerms(
        Objects.requireNonNull(name),
        retry == null ? RetryBudget.STANDARD : retry,
        RetryBudget.duration("timeout", timeout),
        1);
  }

  /** The way to it. */
  Doors doors(Destination destination) {
    var door =
        new NoticeDoor(
            terms().title(), Objects.requireNonNull(dimse).peer(), retrieveTitle(destination));
    return new Doors(door, door);
  }

  /** Refuses a destination from which nobody knows how to retrieve. */
  String retrieveTitle(Destination destination) {
    if (retrieve != null) {
      return retrieve;
    }
    DimseAddress stored = destination.dimse();
    Requirement.that(
        stored != null,
        "notice '" + name + "' must have retrieve, because '" + of + "' is not stored to by dimse");
    return Requirement.text("called", Objects.requireNonNull(stored).called());
  }
}

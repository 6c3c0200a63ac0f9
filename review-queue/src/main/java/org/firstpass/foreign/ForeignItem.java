package org.firstpass.foreign;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.failure.ReasonCode;
import org.firstpass.review.Fence;
import org.jspecify.annotations.Nullable;

/**
 * A foreign object and where it was put.
 *
 * @param intent what is about to be submitted of it, null if nothing
 * @param changed when it was put there
 */
public record ForeignItem(
    ForeignObject object, Filed filed, @Nullable Intent intent, Instant changed) {

  /** Where objects are put; the last three are final. */
  public enum State {
    /** Nobody has looked at it yet. */
    ARRIVED,
    /** For a person, or as evidence. */
    KEPT,
    /** It is a correction. */
    TAKEN,
    REFUSED,
    FAILED;

    public boolean isFinal() {
      return this == TAKEN || this == REFUSED || this == FAILED;
    }
  }

  /**
   * Where it is and why.
   *
   * @param task that it belongs to, if that is known
   * @param reason null if it is TAKEN or ARRIVED
   * @param correction what it became, or the side revision that a stale lease left
   * @param by the person whose word that was, null if it was nobody's
   */
  public record Filed(
      State state,
      @Nullable UUID task,
      @Nullable ReasonCode reason,
      @Nullable String explanation,
      @Nullable Examination examination,
      @Nullable UUID correction,
      @Nullable String by) {

    static Filed kept(
        @Nullable UUID task, ReasonCode reason, String explanation, Examination examination) {
      return new Filed(State.KEPT, task, reason, explanation, examination, null, null);
    }

    public static Filed refused(ReasonCode reason, String explanation, @Nullable String by) {
      return new Filed(State.REFUSED, null, reason, explanation, null, null, by);
    }

    Filed leaving(UUID sideRevision) {
      return new Filed(state, task, reason, explanation, examination, sideRevision, by);
    }
  }

  /**
   * A submission that is under way: after a crash it is sent again, and is the same.
   *
   * @param by the reader and the claim that it is submitted for
   */
  public record Intent(UUID task, Fence by, PersonsWord word) {}

  public UUID id() {
    return object.id();
  }

  public Optional<Intent> underWay() {
    return Optional.ofNullable(intent);
  }
}

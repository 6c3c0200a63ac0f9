package org.firstpass.event;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person decided what a version of a package may do: {@code firstpass.models}, compacted, so that
 * the last word on each version is kept.
 *
 * @param share of the series that a canary is given, 0 to 1; 0 in every other state
 * @param decidedBy the user name of who decided
 * @param decision the stored record of the gate's decision; null if the gate was not asked
 * @param recalled why a retired version is taken back, in words for readers; null if it is not
 * @param waiver the stored record of who let it serve although the gate was not asked, and why;
 *     null if there is none
 */
public record ModelStateChanged(
    UUID id,
    Instant time,
    String name,
    String version,
    ModelState state,
    double share,
    String decidedBy,
    @Nullable ObjectReference decision,
    @Nullable String recalled,
    @Nullable ObjectReference waiver)
    implements FirstpassEvent {
  public ModelStateChanged {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("share must lie between 0 and 1, but is " + share);
    }
    if ((state == ModelState.CANARY) != (share > 0)) {
      throw new IllegalArgumentException(
          "a canary has a share above 0 and no other state has one, but "
              + state
              + " has "
              + share);
    }
    if (recalled != null && state != ModelState.RETIRED) {
      throw new IllegalArgumentException("what is recalled is retired, but is " + state);
    }
  }

  /** A decision without the gate, which recalls nothing. */
  public ModelStateChanged(
      UUID id,
      Instant time,
      String name,
      String version,
      ModelState state,
      double share,
      String decidedBy) {
    this(id, time, name, version, state, share, decidedBy, null, null, null);
  }

  /** A decision for which nobody had to waive the gate. */
  public ModelStateChanged(
      UUID id,
      Instant time,
      String name,
      String version,
      ModelState state,
      double share,
      String decidedBy,
      @Nullable ObjectReference decision,
      @Nullable String recalled) {
    this(id, time, name, version, state, share, decidedBy, decision, recalled, null);
  }

  /** One version of one package. */
  @Override
  public String key() {
    return name + "@" + version;
  }

  @Override
  public EventType type() {
    return EventType.MODEL_STATE_CHANGED;
  }
}

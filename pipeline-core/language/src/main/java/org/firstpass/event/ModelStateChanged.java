package org.firstpass.event;

import java.time.Instant;
import java.util.UUID;

/**
 * A person decided what a version of a package may do: {@code firstpass.models}, compacted, so that
 * the last word on each version is kept.
 *
 * @param share of the series that a canary is given, 0 to 1; 0 in every other state
 * @param decidedBy the user name of who decided
 */
public record ModelStateChanged(
    UUID id,
    Instant time,
    String name,
    String version,
    ModelState state,
    double share,
    String decidedBy)
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

package org.firstpass.event;

import java.time.Instant;
import java.util.UUID;
import org.firstpass.study.NameBasedUuid;
import org.jspecify.annotations.Nullable;

/**
 * What a version of a package may do from now on: {@code firstpass.models}, compacted, so that the
 * last word on each version is kept. A person decided it; only the very first version of a package
 * serves without, and a worker says so.
 *
 * @param share of the series that a canary is given, 0 to 1; 0 in every other state
 * @param decidedBy the user name of who decided; {@link #NOBODY} if it serves as the first of its
 *     name
 * @param decision the stored record of the gate's decision; null if the gate was not asked
 * @param recalled why a retired version is taken back, in words for readers; null if it is not
 * @param waiver the stored record of who let it serve although the gate was not asked, and why;
 *     null if there is none
 * @param first true if nobody decided: it serves as the first of its name; null otherwise
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
    @Nullable ObjectReference waiver,
    @Nullable Boolean first)
    implements FirstpassEvent {
  /** Stands for the user where nobody decided. */
  public static final String NOBODY = "firstpass";

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
    if (first != null && first && state != ModelState.SERVING) {
      throw new IllegalArgumentException("the first of its name is serving, but is " + state);
    }
  }

  /** A decision and nothing beside it. */
  public ModelStateChanged(
      UUID id,
      Instant time,
      String name,
      String version,
      ModelState state,
      double share,
      String decidedBy) {
    this(id, time, name, version, state, share, decidedBy, null, null, null, null);
  }

  /** The first version of a package begins to serve although nobody said so. */
  public static ModelStateChanged firstOfItsName(PackageReference version, Instant time) {
    return new ModelStateChanged(
        NameBasedUuid.of("first of its name", version.name(), version.version(), time.toString()),
        time,
        version.name(),
        version.version(),
        ModelState.SERVING,
        0,
        NOBODY,
        null,
        null,
        null,
        true);
  }

  /** This, by a decision of the gate. */
  public ModelStateChanged by(ObjectReference gateDecision) {
    return new ModelStateChanged(
        id, time, name, version, state, share, decidedBy, gateDecision, recalled, waiver, first);
  }

  /** This, and what the version proposed is taken back. */
  public ModelStateChanged recalling(String reason) {
    return new ModelStateChanged(
        id, time, name, version, state, share, decidedBy, decision, reason, waiver, first);
  }

  /** This, by somebody who waived the gate. */
  public ModelStateChanged waiving(ObjectReference record) {
    return new ModelStateChanged(
        id, time, name, version, state, share, decidedBy, decision, recalled, record, first);
  }

  /** Whether a person said so. */
  public boolean decidedByAPerson() {
    return first == null || !first;
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

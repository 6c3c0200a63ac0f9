package org.firstpass.gate;

import java.time.Instant;
import java.util.UUID;
import org.firstpass.event.ModelState;
import org.firstpass.event.PackageReference;
import org.firstpass.study.NameBasedUuid;
import org.jspecify.annotations.Nullable;

/**
 * That somebody who answers for what readers are shown let a version serve although the gate was
 * not asked, and why: the first version of a package, or an emergency.
 *
 * @param id derived from everything in it
 * @param served the version that was served until then; null if none was
 * @param state SERVING or CANARY
 * @param share of the studies that a canary is given; 0 if it serves
 * @param reason in words, for whoever asks later
 */
public record GateWaiver(
    UUID id,
    Instant time,
    PackageReference admitted,
    @Nullable PackageReference served,
    ModelState state,
    double share,
    String reason,
    Signer signer) {
  /** Of a stored waiver. */
  public static final String MEDIA_TYPE = "application/vnd.firstpass.gate-waiver+json";

  public GateWaiver {
    if (reason.isBlank()) {
      throw new IllegalArgumentException("a waiver has a reason");
    }
    if (state != ModelState.SERVING && state != ModelState.CANARY) {
      throw new IllegalArgumentException("nobody needs a waiver to be " + state);
    }
  }

  /** What is let in, and instead of what. */
  public record Admission(
      PackageReference admitted,
      @Nullable PackageReference served,
      ModelState state,
      double share) {}

  /**
   * Signs.
   *
   * @throws DecisionRecord.NotEntitled if the signer has no role that may sign
   */
  public static GateWaiver sign(Admission what, String reason, Signer signer, Instant time) {
    if (!signer.maySign()) {
      throw new DecisionRecord.NotEntitled(signer);
    }
    UUID id =
        NameBasedUuid.of(
            "gate waiver",
            what.admitted().digest().hex(),
            what.state().name(),
            signer.user(),
            time.toString());
    return new GateWaiver(
        id, time, what.admitted(), what.served(), what.state(), what.share(), reason, signer);
  }
}

package org.firstpass.testing;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.firstpass.event.ModelState;
import org.firstpass.event.ModelStateChanged;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.ProposalRefused;
import org.firstpass.event.SeriesArrived;
import org.firstpass.event.SeriesInput;
import org.firstpass.failure.ReasonCode;
import org.firstpass.study.PatientKey;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.Sha256;
import org.firstpass.study.StudyInstanceUid;
import org.firstpass.study.StudyReference;

/** Events about series that exist nowhere, each call about another one. */
public final class SampleEvents {
  private static final Instant TIME = Instant.parse("2026-11-02T03:04:05.678Z");
  private static final AtomicInteger COUNTER = new AtomicInteger();

  private SampleEvents() {}

  public static SeriesArrived arrived() {
    return new SeriesArrived(UUID.randomUUID(), TIME, input(), "CT", 3);
  }

  public static ProposalRefused refused() {
    return new ProposalRefused(
        UUID.randomUUID(),
        TIME,
        input(),
        ReasonCode.NO_PACKAGE,
        "no package serves MR of the knee");
  }

  /** A decision about a version that exists nowhere. */
  public static ModelStateChanged modelStateChanged() {
    String version = ProcessHandle.current().pid() + "." + COUNTER.incrementAndGet();
    return new ModelStateChanged(
        UUID.randomUUID(), TIME, "sample", version, ModelState.CANARY, 0.25, "engineer");
  }

  private static SeriesInput input() {
    int number = COUNTER.incrementAndGet();
    String series = "1.2.3." + ProcessHandle.current().pid() + "." + number;
    Sha256 digest = Sha256.of(series.getBytes(StandardCharsets.UTF_8));
    var reference =
        new StudyReference(new StudyInstanceUid("1.2.3.4"), new SeriesInstanceUid(series));
    var manifest = new ObjectReference(digest, 512, "application/json");
    return new SeriesInput(reference, 1, digest, manifest, new PatientKey("p-" + number));
  }
}

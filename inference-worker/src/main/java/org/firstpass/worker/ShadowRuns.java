package org.firstpass.worker;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.ShadowProposalMade;
import org.firstpass.failure.Defect;
import org.firstpass.failure.StudyRefused;
import org.firstpass.failure.TryAgainLater;
import org.firstpass.model.ModelPackage;
import org.firstpass.proposal.LabelAgreement;
import org.firstpass.proposal.Proposal;
import org.firstpass.routing.PackageRule;
import org.firstpass.store.ObjectStore;
import org.firstpass.study.NameBasedUuid;
import org.firstpass.volume.LabelMapCodec;
import org.firstpass.worker.WorkerMetrics.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Packages in shadow, right after the one that is served, on the same volumes. What they mark is
 * kept and compared and never shown; whatever goes wrong with them harms no series.
 *
 * <p>They run although the proposal was told already, so the next series waits for them: that is
 * the price of comparing both on every series, and {@code worker.shadow} switches it off.
 */
final class ShadowRuns {
  private static final Logger LOG = LoggerFactory.getLogger(ShadowRuns.class);

  private final ObjectStore store;
  private final WorkerMetrics metrics;
  private final Clock clock;
  private final boolean enabled;

  ShadowRuns(ObjectStore store, WorkerMetrics metrics, Clock clock, boolean enabled) {
    this.store = store;
    this.metrics = metrics;
    this.clock = clock;
    this.enabled = enabled;
  }

  /**
   * Runs every shadow of the package that was served.
   *
   * @param channels finds the series of each channel of a package
   */
  void run(
      ProposalMaking.Made shown,
      PackageUse packages,
      SeriesRun run,
      Function<ModelPackage, List<SurveyedSeries>> channels,
      Telling telling) {
    if (!enabled) {
      return;
    }
    for (ModelPackage shadow : packages.served().shadowsOf(shown.event().modelPackage().name())) {
      if (!Thread.currentThread().isInterrupted()) {
        runOne(shadow, shown, run, channels, telling);
      }
    }
  }

  private void runOne(
      ModelPackage shadow,
      ProposalMaking.Made shown,
      SeriesRun run,
      Function<ModelPackage, List<SurveyedSeries>> channels,
      Telling telling) {
    long began = System.nanoTime();
    Outcome outcome = Outcome.FAILED;
    try {
      List<SurveyedSeries> found = channels.apply(shadow);
      if (!new PackageRule(shadow.manifest().accepts())
          .judge(found.get(0).description())
          .accepted()) {
        outcome = Outcome.REFUSED;
        return;
      }
      Proposal proposal = run.propose(shadow, found, NetworkRun.Start.UNHEARD);
      telling.publish(told(proposal, shown));
      outcome = Outcome.PROPOSED;
    } catch (StudyRefused e) {
      outcome = Outcome.REFUSED;
      tell(shadow, shown, e.code().code(), String.valueOf(e.getMessage()));
    } catch (TryAgainLater e) {
      outcome = Outcome.LATER;
      tell(shadow, shown, e.code().code(), String.valueOf(e.getMessage()));
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      Defect defect = PackageFault.of(e);
      LOG.warn(
          "shadow failed: series {} package {} reason {}",
          shown.event().series(),
          shadow.label(),
          defect.code().code(),
          defect);
    } finally {
      metrics.shadow(outcome, Duration.ofNanos(System.nanoTime() - began));
    }
  }

  private ShadowProposalMade told(Proposal proposal, ProposalMaking.Made shown) {
    ObjectReference labels =
        store.put(LabelMapCodec.encode(proposal.labels()), LabelMapCodec.MEDIA_TYPE);
    return new ShadowProposalMade(
        NameBasedUuid.of("shadow proposal", proposal.identity().id().toString()),
        clock.instant(),
        shown.event().input(),
        proposal.model(),
        shown.event().modelPackage(),
        labels,
        LabelAgreement.between(
            shown.proposal().schema(), shown.proposal().labels(), proposal.labels()),
        proposal.inference().toMillis());
  }

  private static void tell(
      ModelPackage shadow, ProposalMaking.Made shown, String code, String message) {
    LOG.info(
        "shadow made nothing: series {} package {} reason {} {}",
        shown.event().series(),
        shadow.label(),
        code,
        message);
  }
}

package org.firstpass.worker;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.firstpass.event.ImageFinding;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.ProposalStarted;
import org.firstpass.event.RouteTaken;
import org.firstpass.event.SeriesInput;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.inference.Device;
import org.firstpass.model.ModelPackage;
import org.firstpass.proposal.Proposal;
import org.firstpass.proposal.ProposalEvidence;
import org.firstpass.proposal.ProposalIdentity;
import org.firstpass.store.ObjectStore;
import org.firstpass.study.NameBasedUuid;
import org.firstpass.worker.WorkerMetrics.Stage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One package over one series: from its channels to a proposal that is stored and told. Safe for
 * use by many threads.
 */
final class ProposalMaking {
  private static final Logger LOG = LoggerFactory.getLogger(ProposalMaking.class);

  private final ObjectStore store;
  private final WorkerMetrics metrics;
  private final Clock clock;

  ProposalMaking(ObjectStore store, WorkerMetrics metrics, Clock clock) {
    this.store = store;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * What is to be done.
   *
   * @param channels the series of each channel, that which is segmented first
   * @param asked what packages found that were asked first
   * @param created the time that the Segmentation states: that of the event, not of the clock, so
   *     that whoever writes it writes the same bytes
   */
  record Task(
      ModelPackage model,
      List<SurveyedSeries> channels,
      @Nullable RouteTaken route,
      List<ImageFinding> asked,
      Instant created) {
    SurveyedSeries first() {
      return channels.get(0);
    }

    SeriesInput input() {
      return first().input();
    }
  }

  /** A proposal with what was told of it. */
  record Made(Proposal proposal, ProposalMade event) {}

  /**
   * Makes and tells a proposal.
   *
   * @throws StudyRefused NOTHING_FOUND, and what {@link SeriesRun#propose} refuses
   */
  Made make(Task task, SeriesRun run, Telling telling) {
    Proposal proposal =
        run.propose(
            task.model(),
            task.channels(),
            (identity, device, expected) ->
                telling.publish(started(task, identity, device, expected)));
    if (proposal.isEmpty()) {
      throw new StudyRefused(
          ReasonCode.NOTHING_FOUND, task.model().label() + " found nothing of what it looks for");
    }
    ProposalObjects objects =
        metrics.stage(
            Stage.STORE,
            () ->
                ProposalObjects.store(
                    proposal, task.first().image().source(), task.created(), store));
    ProposalMade event = made(task, proposal, objects);
    telling.publish(event);
    LOG.info(
        "proposed: event {} series {} revision {} package {} {} inference {} ms",
        event.id(),
        event.series(),
        event.input().revision(),
        event.modelPackage().name(),
        event.modelPackage().version(),
        event.inferenceMillis());
    return new Made(proposal, event);
  }

  private ProposalStarted started(
      Task task, ProposalIdentity identity, Device device, Optional<Duration> expected) {
    return new ProposalStarted(
        NameBasedUuid.of("proposal started", identity.id().toString(), device.label()),
        clock.instant(),
        task.input(),
        task.model().reference(),
        device.label(),
        expected.map(Duration::toMillis).orElse(null));
  }

  private ProposalMade made(Task task, Proposal proposal, ProposalObjects objects) {
    List<ImageFinding> findings = new ArrayList<>(proposal.evidence().findings());
    task.asked().stream().filter(each -> !findings.contains(each)).forEach(findings::add);
    var evidence =
        new ProposalEvidence(
            findings,
            proposal.evidence().uncertainty(),
            proposal.evidence().device(),
            proposal.evidence().probabilities());
    return new ProposalMade(
        proposal.identity().id(),
        clock.instant(),
        task.input(),
        proposal.model(),
        proposal.schema(),
        objects.segmentation(),
        objects.labels(),
        proposal.scores(),
        proposal.inference().toMillis(),
        evidence.notes(objects.uncertainty(), objects.probabilities(), task.route()));
  }
}

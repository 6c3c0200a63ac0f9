package org.firstpass.worker;

import java.time.Clock;
import java.util.UUID;
import org.firstpass.event.FirstpassEvent;
import org.firstpass.event.ProposalFailed;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.ProposalRefused;
import org.firstpass.event.SeriesArrived;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.failure.TryAgainLater;
import org.firstpass.stream.WorkHandler;
import org.firstpass.study.NameBasedUuid;
import org.firstpass.worker.WorkerMetrics.Outcome;
import org.firstpass.worker.WorkerMetrics.Running;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every arrival ends in one event: proposed, refused or failed. Ids of events are derived from the
 * series revision, so that telling an outcome twice tells one fact.
 */
final class ArrivalHandler implements WorkHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ArrivalHandler.class);

  private final SeriesWork work;
  private final Publisher publisher;
  private final WorkerMetrics metrics;
  private final Clock clock;

  ArrivalHandler(SeriesWork work, Publisher publisher, WorkerMetrics metrics, Clock clock) {
    this.work = work;
    this.publisher = publisher;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Where outcomes are told. */
  interface Publisher {
    void publish(FirstpassEvent event);
  }

  @Override
  public void handle(SeriesArrived event, int attempt) {
    Running running = metrics.started();
    Outcome outcome = Outcome.LATER;
    try {
      outcome = tell(event, attempt);
    } catch (Defect e) {
      outcome = Outcome.FAILED;
      throw e;
    } finally {
      metrics.finished(running, outcome);
    }
  }

  private Outcome tell(SeriesArrived event, int attempt) {
    try {
      ProposalMade made = work.propose(event);
      publisher.publish(made);
      LOG.info(
          "proposed: event {} series {} revision {} package {} {} attempt {} inference {} ms",
          event.id(),
          event.series(),
          event.input().revision(),
          made.modelPackage().name(),
          made.modelPackage().version(),
          attempt,
          made.inferenceMillis());
      return Outcome.PROPOSED;
    } catch (StudyRefused e) {
      publisher.publish(refused(event, e));
      LOG.info(
          "refused: event {} series {} reason {} {}",
          event.id(),
          event.series(),
          e.code().code(),
          e.getMessage());
      return Outcome.REFUSED;
    } catch (TryAgainLater e) {
      throw e;
    } catch (Defect e) {
      throw failed(event, e);
    } catch (RuntimeException e) {
      // Its own message may quote a header, so only its kind goes into the event.
      throw failed(event, new Defect(ReasonCode.UNEXPECTED, "a bug: " + e.getClass().getName(), e));
    } catch (OutOfMemoryError e) {
      throw failed(
          event, new Defect(ReasonCode.INFERENCE_FAILED, "the worker ran out of memory", e));
    }
  }

  /** A worker that is being stopped has not failed: the series goes to another one. */
  private Defect failed(SeriesArrived event, Defect defect) {
    if (!Thread.currentThread().isInterrupted()) {
      publisher.publish(
          new ProposalFailed(
              id("proposal failed", event, defect.code()),
              clock.instant(),
              event.input(),
              defect.code(),
              String.valueOf(defect.getMessage())));
      LOG.error(
          "failed: event {} series {} reason {}",
          event.id(),
          event.series(),
          defect.code().code(),
          defect);
    }
    return defect;
  }

  private ProposalRefused refused(SeriesArrived event, StudyRefused refusal) {
    return new ProposalRefused(
        id("proposal refused", event, refusal.code()),
        clock.instant(),
        event.input(),
        refusal.code(),
        String.valueOf(refusal.getMessage()));
  }

  private static UUID id(String fact, SeriesArrived event, ReasonCode code) {
    return NameBasedUuid.of(fact, event.input().revisionHash().hex(), code.code());
  }
}

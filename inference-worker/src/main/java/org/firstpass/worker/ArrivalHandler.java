package org.firstpass.worker;

import org.firstpass.event.SeriesArrived;
import org.firstpass.failure.Defect;
import org.firstpass.failure.StudyRefused;
import org.firstpass.failure.TryAgainLater;
import org.firstpass.stream.WorkHandler;
import org.firstpass.worker.WorkerMetrics.Outcome;
import org.firstpass.worker.WorkerMetrics.Running;

/**
 * Every arrival ends in at least one event of its series: proposed, refused or failed. Whatever is
 * thrown on the way becomes a code; the worker goes on. Segmentations and structure sets are
 * review's: nothing is told of them here.
 */
final class ArrivalHandler implements WorkHandler<SeriesArrived> {
  private final SeriesWork work;
  private final Telling telling;
  private final WorkerMetrics metrics;

  ArrivalHandler(SeriesWork work, Telling telling, WorkerMetrics metrics) {
    this.work = work;
    this.telling = telling;
    this.metrics = metrics;
  }

  @Override
  public void handle(SeriesArrived event, int attempt) {
    if (event.holdsDrawings()) {
      // Review files it and says how it ended.
      return;
    }
    Running running = metrics.started();
    Outcome outcome = Outcome.LATER;
    try {
      outcome = tell(event);
    } catch (Defect e) {
      outcome = Outcome.FAILED;
      throw e;
    } finally {
      metrics.finished(running, outcome);
    }
  }

  private Outcome tell(SeriesArrived event) {
    try {
      ArrivalEnd end = work.work(event, telling);
      if (end instanceof ArrivalEnd.Refused refused) {
        telling.refused(event.input(), refused.refusal(), refused.story());
        return Outcome.REFUSED;
      }
      return Outcome.PROPOSED;
    } catch (StudyRefused e) {
      telling.refused(event.input(), e, null);
      return Outcome.REFUSED;
    } catch (TryAgainLater e) {
      throw e;
    } catch (RuntimeException | LinkageError | OutOfMemoryError | StackOverflowError e) {
      Defect defect = PackageFault.of(e);
      // A worker that is being stopped has not failed: the series goes to another one.
      if (!Thread.currentThread().isInterrupted()) {
        telling.failed(event.input(), defect);
      }
      throw defect;
    }
  }
}

package org.firstpass.stream;

import org.firstpass.event.SeriesEvent;
import org.firstpass.failure.StudyRefused;
import org.firstpass.failure.TryAgainLater;

/** Does the work that one event asks for. */
public interface WorkHandler<E extends SeriesEvent> {
  /**
   * Returns when the work is done and its outcome is published. Its effects are idempotent: after a
   * crash, and in rare cases without one, the same event is given to another worker as well.
   *
   * <p>{@link TryAgainLater} means the same event again after a pause. Every other exception,
   * {@link StudyRefused} too, means the dead letters. A thread that is interrupted should return
   * soon: the process wants to stop, and the event goes to another worker.
   *
   * @param attempt counts from 1: how often the event was given to a worker
   */
  void handle(E event, int attempt);
}

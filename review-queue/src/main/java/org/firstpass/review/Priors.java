package org.firstpass.review;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The other series of a task's patient. */
public interface Priors {

  /** What else is stored of the patient of a task, at most {@code limit} series. */
  List<Prior> of(UUID task, int limit);

  /**
   * A series, and what was read of it.
   *
   * @param study Study Instance UID
   * @param series Series Instance UID
   * @param arrived when its newest revision was complete
   * @param tasks the reviews of it, the latest first
   */
  record Prior(
      String study,
      String series,
      Optional<String> modality,
      Instant arrived,
      List<PriorTask> tasks) {
    public Prior {
      tasks = List.copyOf(tasks);
    }
  }

  /**
   * A review of a prior.
   *
   * @param correction of one that was accepted
   */
  record PriorTask(
      UUID id, ReviewState state, String packageName, Optional<UUID> correction, Instant changed) {}
}

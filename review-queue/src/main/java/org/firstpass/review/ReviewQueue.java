package org.firstpass.review;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The tasks of an installation. Safe to use from many threads and processes at once. */
public interface ReviewQueue {

  /** Tasks in the order in which they are claimed; final ones with the latest first. */
  List<TaskRow> list(ReviewState state, int limit);

  Optional<TaskRow> find(UUID task);

  /** Claims the task that is first in order, or nothing if none waits. */
  Optional<ReviewTask.Claimed> claimNext(String reader);

  /** Claims this task; for its own holder it renews the lease and keeps the transaction. */
  TaskAnswer claim(UUID task, String reader);

  /**
   * Claims this task with a transaction that the claimer brings. A lease that runs stands in the
   * way, the claimer's own too.
   */
  TaskAnswer claim(UUID task, Fence fence);

  TaskAnswer renew(UUID task, Fence fence);

  TaskAnswer release(UUID task, Fence fence);

  /** Ends a task that the fence's reader holds. */
  TaskAnswer discontinue(UUID task, Fence fence, DiscontinuationReason reason);

  Map<ReviewState, Long> counts();

  /**
   * A task as it was read, with what is not of its state.
   *
   * @param score as of now
   * @param modality of the series, if its arrival was told
   */
  record TaskRow(ReviewTask task, PriorityScore score, Optional<String> modality, Marks marks) {
    public TaskRow(ReviewTask task, PriorityScore score, Optional<String> modality) {
      this(task, score, modality, Marks.NONE);
    }
  }
}

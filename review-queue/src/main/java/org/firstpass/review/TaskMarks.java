package org.firstpass.review;

import java.util.List;
import java.util.UUID;
import org.firstpass.review.ReviewQueue.TaskRow;

/** Hands tasks on and marks them for discussion. Safe to use from many threads and processes. */
public interface TaskMarks {

  /**
   * Gives a task that the fence's reader holds to another reader, with the journal as it is. It
   * waits for that reader for a while, then for anyone; who claims it by name gets it at any time.
   */
  TaskAnswer handOver(UUID task, Fence fence, Wish wish);

  /** Tasks that wait for this reader because somebody handed them over, in the order of claims. */
  List<TaskRow> handedTo(String reader, int limit);

  /**
   * Marks a task for discussion; what was said before is kept.
   *
   * @return whether there is such a task
   */
  boolean flag(UUID task, String by, String comment);

  /** Takes the mark away. */
  boolean unflag(UUID task, String by);

  /**
   * To whom, and what goes with it.
   *
   * @param note empty if nothing is said
   */
  record Wish(String to, String note) {}
}

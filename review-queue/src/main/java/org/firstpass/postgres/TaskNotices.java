package org.firstpass.postgres;

import java.util.Optional;
import java.util.UUID;
import org.firstpass.review.ReviewState;
import org.firstpass.review.TaskNotice;

/** What the database says of tasks that changed, by a trigger of {@code review.task}. */
public final class TaskNotices {
  /** The channel on which it is said. */
  public static final String CHANNEL = "firstpass_tasks";

  private TaskNotices() {}

  private record Wire(UUID task, ReviewState state, ReviewState was) {}

  public static TaskNotice parse(String json) {
    Wire wire = TaskRowMapping.parse(json, Wire.class);
    return new TaskNotice(wire.task(), wire.state(), Optional.ofNullable(wire.was()));
  }
}

package org.firstpass.review;

import java.util.Optional;
import java.util.UUID;

/**
 * Word that a task is there or has changed. Names no patient and no reader.
 *
 * @param was its state before; empty if it is new
 */
public record TaskNotice(UUID task, ReviewState state, Optional<ReviewState> was) {

  /** What that means for a list of tasks. */
  public enum Kind {
    ARRIVED,
    CHANGED,
    GONE
  }

  public Kind kind() {
    if (was.isEmpty()) {
      return Kind.ARRIVED;
    }
    return state.isFinal() ? Kind.GONE : Kind.CHANGED;
  }
}

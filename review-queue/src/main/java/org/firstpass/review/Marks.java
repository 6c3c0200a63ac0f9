package org.firstpass.review;

import java.util.Optional;

/**
 * What people noted on a task, whatever its state.
 *
 * @param handover the last one, as long as the task is for whom it was handed to
 */
public record Marks(Optional<Handover> handover, Optional<Flag> flag) {
  public static final Marks NONE = new Marks(Optional.empty(), Optional.empty());
}

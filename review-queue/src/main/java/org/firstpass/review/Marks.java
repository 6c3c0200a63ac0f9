package org.firstpass.review;

import java.util.Optional;
import org.firstpass.event.CaseSelection.Way;

/**
 * What is noted on a task, whatever its state.
 *
 * @param handover the last one, as long as the task is for whom it was handed to
 * @param way how it came to its reader, or would come; empty as long as nobody got it
 * @param secondReading whether somebody else has read the same proposal; nothing of what was found
 */
public record Marks(
    Optional<Handover> handover, Optional<Flag> flag, Optional<Way> way, boolean secondReading) {
  public static final Marks NONE =
      new Marks(Optional.empty(), Optional.empty(), Optional.empty(), false);

  /** The same of a task that would come to a reader in this way. */
  public Marks coming(Way by) {
    return new Marks(handover, flag, Optional.of(by), secondReading);
  }
}

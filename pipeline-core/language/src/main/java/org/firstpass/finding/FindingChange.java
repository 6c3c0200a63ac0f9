package org.firstpass.finding;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One step of a reader on one finding.
 *
 * @param after the finding as the step left it, null if it was taken away
 */
public record FindingChange(UUID id, @Nullable Finding after) {
  public FindingChange {
    if (after != null && !after.heading().id().equals(id)) {
      throw new IllegalArgumentException("a step on finding " + id + " leaves another one");
    }
  }
}

package org.firstpass.worker;

import java.util.List;
import java.util.UUID;
import org.firstpass.event.ObjectReference;
import org.firstpass.failure.StudyRefused;
import org.jspecify.annotations.Nullable;

/** How the work on an arrival ended for the series that arrived. */
sealed interface ArrivalEnd {

  /** At least one proposal was made of it, whatever became of other packages. */
  record Proposed(List<UUID> proposals) implements ArrivalEnd {
    public Proposed {
      proposals = List.copyOf(proposals);
    }
  }

  /**
   * None was made of it.
   *
   * @param story of its route, null if none was taken
   */
  record Refused(StudyRefused refusal, @Nullable ObjectReference story) implements ArrivalEnd {}
}

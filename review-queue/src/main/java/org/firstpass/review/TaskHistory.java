package org.firstpass.review;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What became of a task since it was made. */
public interface TaskHistory {

  /** The oldest entry first; none of a task that nobody has touched or that is not known. */
  List<Entry> of(UUID task);

  /** What can happen to a task. */
  enum Kind {
    CLAIMED,
    RELEASED,
    HANDED_OVER,
    SUBMITTED,
    UNDONE,
    ACCEPTED,
    RETURNED,
    DISCONTINUED,
    FLAGGED,
    UNFLAGGED
  }

  /**
   * Something that happened to a task.
   *
   * @param by the reader who did it; of an acceptance the one who submitted
   * @param to whom it was handed
   * @param words the note of who handed it over, or what is to be discussed
   */
  record Entry(Kind kind, Instant at, String by, Optional<String> to, Optional<String> words) {}
}

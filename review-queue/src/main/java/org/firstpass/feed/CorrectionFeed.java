package org.firstpass.feed;

import java.util.Optional;
import java.util.UUID;

/**
 * The corrections as they are told, the earliest first, in an order that never changes. What was
 * told of a series that was erased since is left out; that it is erased is told at the end.
 */
public interface CorrectionFeed {

  /**
   * What was told after a place.
   *
   * @param after empty: from the beginning
   * @param limit at least 1
   * @throws UnknownCursor if the place is not one of this feed
   */
  FeedPage after(Optional<FeedCursor> after, int limit);

  /** What is told of a correction by its id; empty if there is none. */
  Optional<FeedEntry> find(UUID correction);

  /** The place is of another feed, or of this one before it was set back to an earlier state. */
  final class UnknownCursor extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnknownCursor(String message) {
      super(message);
    }
  }
}

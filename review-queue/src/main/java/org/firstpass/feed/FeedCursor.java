package org.firstpass.feed;

import java.util.UUID;

/**
 * A place in a feed: behind what was told at its position.
 *
 * @param feed which one; every database has its own
 * @param position 0 for the beginning
 */
public record FeedCursor(UUID feed, long position) {
  public FeedCursor {
    if (position < 0) {
      throw new IllegalArgumentException("a position is 0 or more, not " + position);
    }
  }

  /**
   * @throws IllegalArgumentException if this is not what {@link #toString} made
   */
  public static FeedCursor parse(String text) {
    int dot = text.indexOf('.');
    return new FeedCursor(
        UUID.fromString(text.substring(0, Math.max(dot, 0))),
        Long.parseLong(text.substring(dot + 1)));
  }

  @Override
  public String toString() {
    return feed + "." + position;
  }
}

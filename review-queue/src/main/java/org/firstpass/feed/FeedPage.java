package org.firstpass.feed;

import java.util.List;

/**
 * A part of the feed.
 *
 * @param next the place behind it, to go on from; also if there is nothing more yet
 * @param more whether there is more now
 */
public record FeedPage(List<FeedEntry> entries, FeedCursor next, boolean more) {
  public FeedPage {
    entries = List.copyOf(entries);
  }

  /** The place behind one of its entries. */
  public FeedCursor placeOf(FeedEntry entry) {
    return new FeedCursor(next.feed(), entry.position());
  }
}

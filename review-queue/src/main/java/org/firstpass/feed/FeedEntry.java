package org.firstpass.feed;

import java.util.Optional;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.event.EncodedEvent;

/**
 * One thing that was told.
 *
 * @param position of it in the feed
 * @param event as it is in the topic
 * @param correction empty: the series is erased, with everything that was told of it
 */
public record FeedEntry(
    long position, EncodedEvent event, Optional<CorrectionAccepted> correction) {}

/**
 * Events on Kafka: topics, publishing, following, sharing work, dead letters, the outbox relay. The
 * only room that imports {@code org.apache.kafka}; knows no room's handlers. Open {@link
 * org.firstpass.stream.Topics} first.
 */
@NullMarked
package org.firstpass.stream;

import org.jspecify.annotations.NullMarked;

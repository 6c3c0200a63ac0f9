package org.firstpass.event;

import java.util.List;
import java.util.UUID;

/**
 * Events that were decided together with a database change and wait for the broker.
 *
 * <p>The writer adds rows in its own transaction. One relay at a time numbers them and sends them
 * in that order; the number of the last one sent is kept in the broker, in the same transaction as
 * the events, so that a crash between the two neither loses nor doubles one.
 */
public interface Outbox {

  /** A waiting event: encoded, so that what was decided is what is sent. */
  record Row(long position, UUID eventId, String topic, String key, EncodedEvent event) {}

  /** The same in every process that opens this outbox, and no other outbox's. */
  UUID id();

  /** Takes the sole right to relay, or says no because another process has it. */
  boolean lock();

  /**
   * Numbers the waiting rows in the order in which they were committed and returns the first ones.
   */
  List<Row> next(int limit);

  /** Marks every row up to this position as sent. */
  void sent(long position);
}

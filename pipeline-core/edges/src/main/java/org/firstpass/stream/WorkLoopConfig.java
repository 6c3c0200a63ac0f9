package org.firstpass.stream;

import java.time.Duration;
import org.firstpass.event.SeriesEvent;

/**
 * How a {@link WorkLoop} takes work.
 *
 * @param groupId workers with one group share the work
 * @param concurrency how many events this process works on at a time
 * @param lock how long an event belongs to a worker that is not heard of; while it works, the lock
 *     is renewed. The broker allows 15 to 60 seconds unless configured otherwise.
 */
public record WorkLoopConfig<E extends SeriesEvent>(
    StreamConfig stream, Topic<E> topic, String groupId, int concurrency, Duration lock) {
  public WorkLoopConfig {
    if (concurrency < 1) {
      throw new IllegalArgumentException("concurrency is 1 or more, but is " + concurrency);
    }
    if (lock.toMillis() < 1000) {
      throw new IllegalArgumentException("lock is 1 s or more, but is " + lock);
    }
  }
}

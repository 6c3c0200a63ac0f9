package org.firstpass.arrival;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which senders are in the middle of an instance. A large instance may take longer than the quiet
 * time, and the series that it belongs to is not complete before it. Safe for use by many threads.
 */
final class ReceivingNow {
  /** One instance that is being received. */
  static final class Reception implements AutoCloseable {
    private final Set<Reception> open;
    private final Instant began;

    private Reception(Set<Reception> open, Instant began) {
      this.open = open;
      this.began = began;
    }

    @Override
    public void close() {
      open.remove(this);
    }
  }

  private final Map<String, Set<Reception>> bySender = new ConcurrentHashMap<>();

  Reception begin(String sender, Instant now) {
    Set<Reception> open = bySender.computeIfAbsent(sender, s -> ConcurrentHashMap.newKeySet());
    var reception = new Reception(open, now);
    open.add(reception);
    return reception;
  }

  /** Whether this sender is in an instance that it began before that moment. */
  boolean hasOneFrom(String sender, Instant before) {
    return bySender.getOrDefault(sender, Set.of()).stream()
        .anyMatch(reception -> reception.began.isBefore(before));
  }
}

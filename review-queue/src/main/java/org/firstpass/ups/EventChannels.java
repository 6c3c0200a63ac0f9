package org.firstpass.ups;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.firstpass.dicom.web.DicomJson;

/**
 * The open event channels of this process. Thread-safe.
 *
 * @see "PS3.18 8.10.4"
 */
public final class EventChannels {
  private static final int MOST_CHANNELS = 200;

  /** The first Message ID is 1, and after this one it is 1 again: the attribute has 16 bits. */
  private static final int LAST_MESSAGE_ID = 0xffff;

  private final Map<Subscriber, Set<Channel>> open = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();

  /** Where the reports of one channel go. */
  public interface Sink {
    /**
     * Sends a report soon, without waiting. What the other side does not take ends the channel.
     *
     * @return false if the channel has ended
     */
    boolean offer(String json);

    /** {@link #offer} that waits a while for the other side to take what it was sent before. */
    boolean offerPatiently(String json);
  }

  /** One open channel. */
  public final class Channel implements AutoCloseable {
    private final Subscriber subscriber;
    private final Sink sink;
    private final AtomicInteger messages = new AtomicInteger();

    private Channel(Subscriber subscriber, Sink sink) {
      this.subscriber = subscriber;
      this.sink = sink;
    }

    boolean send(EventReport report) {
      return sink.offer(numbered(report));
    }

    boolean sendPatiently(EventReport report) {
      return sink.offerPatiently(numbered(report));
    }

    private String numbered(EventReport report) {
      int id = messages.updateAndGet(last -> last % LAST_MESSAGE_ID + 1);
      return DicomJson.of(report.withCommand(id));
    }

    @Override
    public void close() {
      open.computeIfPresent(
          subscriber,
          (key, channels) -> {
            if (channels.remove(this)) {
              count.decrementAndGet();
            }
            return channels.isEmpty() ? null : channels;
          });
    }
  }

  /** Opens a channel, or nothing if there are too many. */
  Optional<Channel> open(Subscriber subscriber, Sink sink) {
    if (count.incrementAndGet() > MOST_CHANNELS) {
      count.decrementAndGet();
      return Optional.empty();
    }
    var channel = new Channel(subscriber, sink);
    open.compute(
        subscriber,
        (key, known) -> {
          Set<Channel> channels = known == null ? ConcurrentHashMap.newKeySet() : known;
          channels.add(channel);
          return channels;
        });
    return Optional.of(channel);
  }

  boolean isEmpty() {
    return count.get() == 0;
  }

  Set<Channel> of(Subscriber subscriber) {
    return open.getOrDefault(subscriber, Set.of());
  }

  void sendToAll(EventReport report) {
    open.values().forEach(channels -> channels.forEach(channel -> channel.send(report)));
  }
}

package org.firstpass.http.ups;

import io.javalin.http.Context;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsConnectContext;
import io.javalin.websocket.WsContext;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.firstpass.http.ApiRefusal;
import org.firstpass.ups.EventChannels;
import org.firstpass.ups.Subscriber;
import org.firstpass.ups.WorkitemEvents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event channels as WebSockets; what a subscriber says on one is not listened to.
 *
 * <p>A channel is open before the handshake is answered, so that whoever has the answer misses
 * nothing; what is reported in between waits for the connection. Thread-safe.
 */
final class EventChannelSocket {
  private static final String OPENED = "firstpass.channel";
  private static final Logger LOG = LoggerFactory.getLogger(EventChannelSocket.class);
  private static final int POLICY_VIOLATION = 1008;
  private static final int PING_SECONDS = 15;

  /** A handshake that was answered and never became a connection does not keep its channel. */
  private static final long HANDSHAKE_NANOS = Duration.ofSeconds(30).toNanos();

  private final WorkitemEvents events;
  private final Map<Opened, Long> unconnected = new ConcurrentHashMap<>();

  EventChannelSocket(WorkitemEvents events) {
    this.events = events;
  }

  private record Opened(EventChannels.Channel channel, SocketSink sink) {}

  /** Opens the channel of a handshake that the gate let through. */
  void prepare(Context context, Subscriber subscriber) {
    forgetTheUnconnected();
    var sink = new SocketSink();
    Optional<EventChannels.Channel> channel = events.open(subscriber, sink);
    if (channel.isEmpty()) {
      throw new ApiRefusal(503, "TOO_MANY_CHANNELS", "no more event channels are opened");
    }
    var opened = new Opened(channel.get(), sink);
    unconnected.put(opened, System.nanoTime());
    context.attribute(OPENED, opened);
    LOG.info("event channel for AE {} is open", subscriber.aeTitle());
  }

  void configure(WsConfig socket) {
    socket.onConnect(this::connect);
    socket.onClose(EventChannelSocket::close);
    socket.onError(EventChannelSocket::close);
  }

  private void connect(WsConnectContext context) {
    Opened opened = context.attribute(OPENED);
    if (opened == null || unconnected.remove(opened) == null) {
      context.closeSession(POLICY_VIOLATION, "the handshake took too long");
      return;
    }
    context.enableAutomaticPings(PING_SECONDS, TimeUnit.SECONDS);
    opened.sink().connect(context);
  }

  private static void close(WsContext context) {
    context.disableAutomaticPings();
    Opened opened = context.attribute(OPENED);
    if (opened != null) {
      opened.channel().close();
    }
  }

  private void forgetTheUnconnected() {
    long now = System.nanoTime();
    unconnected.forEach(
        (opened, since) -> {
          if (now - since > HANDSHAKE_NANOS && unconnected.remove(opened) != null) {
            opened.channel().close();
          }
        });
  }
}

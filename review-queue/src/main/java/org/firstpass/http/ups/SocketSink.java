package org.firstpass.http.ups;

import io.javalin.websocket.WsContext;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.websocket.api.Callback;
import org.firstpass.ups.EventChannels;
import org.jspecify.annotations.Nullable;

/** Sends reports over a WebSocket, once there is one. Thread-safe. */
final class SocketSink implements EventChannels.Sink {
  private static final int TRY_AGAIN_LATER = 1013;

  /** Reports that were sent and not yet taken; a subscriber that lags further behind is let go. */
  private static final int MOST_ON_THE_WAY = 1000;

  private static final int PATIENCE_SECONDS = 10;

  private final Semaphore room = new Semaphore(MOST_ON_THE_WAY);
  private final Queue<String> early = new ArrayDeque<>();
  private @Nullable WsContext socket;

  /** Sends what waited, and from now on everything at once. */
  synchronized void connect(WsContext context) {
    socket = context;
    while (!early.isEmpty()) {
      send(context, early.remove());
    }
  }

  @Override
  public boolean offer(String json) {
    return room.tryAcquire() ? send(json) : letGo();
  }

  @Override
  public boolean offerPatiently(String json) {
    try {
      return room.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS) ? send(json) : letGo();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private synchronized boolean send(String json) {
    if (socket == null) {
      early.add(json);
      return true;
    }
    return send(socket, json);
  }

  private boolean send(WsContext context, String json) {
    if (!context.session.isOpen()) {
      room.release();
      return false;
    }
    context.session.sendText(json, Callback.from(room::release, failure -> room.release()));
    return true;
  }

  private synchronized boolean letGo() {
    if (socket != null && socket.session.isOpen()) {
      socket.closeSession(TRY_AGAIN_LATER, "too slow");
    }
    return false;
  }
}

package org.firstpass.server;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A subscriber's end of an event channel. */
final class EventChannelClient implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int PATIENCE_SECONDS = 30;

  private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
  private final WebSocket socket;

  private EventChannelClient(int port, String path, String... headers) {
    WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
    for (int at = 0; at < headers.length; at += 2) {
      builder.header(headers[at], headers[at + 1]);
    }
    socket = builder.buildAsync(URI.create("ws://127.0.0.1:" + port + path), new Hearing()).join();
  }

  static EventChannelClient open(WorklistRoom.Caller caller, String aeTitle) {
    return new EventChannelClient(
        caller.port(),
        "/dicom-web/subscribers/" + aeTitle,
        "Authorization",
        "Bearer " + caller.token);
  }

  /** The status with which the server refuses the handshake, or 101 if it does not. */
  static int handshake(int port, String path, String... headers) {
    try (var client = new EventChannelClient(port, path, headers)) {
      return 101;
    } catch (CompletionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException refused) {
        return refused.getResponse().statusCode();
      }
      throw e;
    }
  }

  /** The next event report. */
  JsonNode next() {
    try {
      String message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertNotNull(message, "an event report was expected, none came");
      return MAPPER.readTree(message);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next one in short: event type, workitem and, of a state report, the state. */
  String nextInShort() {
    JsonNode event = next();
    String state = event.at("/00741000/Value/0").asText();
    return event.at("/00001002/Value/0").asInt()
        + " "
        + event.at("/00001000/Value/0").asText()
        + (state.isEmpty() ? "" : " " + state);
  }

  private final class Hearing implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        messages.add(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return CompletableFuture.completedStage(null);
    }
  }

  @Override
  public void close() {
    // The server may have ended it before.
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").exceptionally(gone -> socket).join();
  }
}

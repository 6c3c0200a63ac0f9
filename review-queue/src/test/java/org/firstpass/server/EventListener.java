package org.firstpass.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.firstpass.testing.Deadline;

/** A program that follows the worklist, and what it heard. */
final class EventListener implements AutoCloseable {
  private final List<String> heard = new ArrayList<>();
  private final Stream<String> lines;
  private final Thread thread;

  private EventListener(Stream<String> lines) {
    this.lines = lines;
    this.thread = new Thread(this::listen, "event-listener");
    this.thread.setDaemon(true);
    this.thread.start();
  }

  static HttpRequest request(String origin, String token) {
    return HttpRequest.newBuilder(URI.create(origin + "/api/events"))
        .header("Authorization", "Bearer " + token)
        .build();
  }

  /** Begins to listen; returns when the server has said that it is ready. */
  static EventListener on(String origin, String token) {
    EventListener listener = of(request(origin, token));
    listener.await("ready", line -> line.equals("event: ready"));
    return listener;
  }

  /** Begins to listen to what answers a request. */
  static EventListener of(HttpRequest request) {
    try {
      HttpResponse<Stream<String>> answer =
          HttpClient.newHttpClient().send(request, BodyHandlers.ofLines());
      if (answer.statusCode() != 200) {
        throw new AssertionError("the stream was answered with " + answer.statusCode());
      }
      return new EventListener(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void listen() {
    try {
      lines.forEach(
          line -> {
            synchronized (heard) {
              heard.add(line);
            }
          });
    } catch (UncheckedIOException e) {
      // The server has ended the stream.
      synchronized (heard) {
        heard.add("ended");
      }
    }
    synchronized (heard) {
      heard.add("over");
    }
  }

  List<String> heard() {
    synchronized (heard) {
      return List.copyOf(heard);
    }
  }

  void await(String what, Predicate<String> line) {
    Deadline.await(what, Duration.ofSeconds(20), () -> heard().stream().anyMatch(line));
  }

  @Override
  public void close() {
    lines.close();
  }
}

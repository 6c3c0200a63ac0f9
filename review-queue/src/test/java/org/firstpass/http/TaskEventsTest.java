package org.firstpass.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.review.ReviewState;
import org.firstpass.review.TaskNotice;
import org.firstpass.security.Role;
import org.firstpass.testing.Deadline;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pages that follow, over real connections. */
final class TaskEventsTest {
  private final TaskEvents events = new TaskEvents();
  private final List<Socket> sockets = new ArrayList<>();
  private final Map<String, String> tokens = new HashMap<>();
  private GateFixture gate;

  @BeforeEach
  void open() {
    gate = new GateFixture(events::install);
    gate.rooms.user("anna", Role.RADIOLOGIST);
    gate.rooms.user("ben", Role.RADIOLOGIST);
  }

  @AfterEach
  void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    events.close();
    gate.close();
  }

  @Test
  void aStreamBeginsWithTheWordThatItIsReadyAndTellsWhatChanged() throws IOException {
    BufferedReader anna = follow("anna");
    assertEquals("event: ready", line(anna, "event:"));
    UUID task = new UUID(1, 2);
    events.accept(new TaskNotice(task, ReviewState.CLAIMED, Optional.of(ReviewState.WAITING)));
    assertEquals("event: task", line(anna, "event:"));
    assertEquals(
        "data: {\"task\":\"" + task + "\",\"state\":\"CLAIMED\",\"kind\":\"changed\"}",
        line(anna, "data:"));
    events.beat();
    assertEquals("event: beat", line(anna, "event:"));
  }

  @Test
  void whoIsNotLoggedInFollowsNothing() {
    assertEquals(401, gate.send("GET", "/api/events", "").statusCode());
  }

  @Test
  void onePersonHasSoManyStreamsAndAnotherOneStillHasTheirs() throws IOException {
    for (int window = 0; window < TaskEvents.MOST_OF_ONE; window++) {
      assertEquals("event: ready", line(follow("anna"), "event:"));
    }
    assertEquals("TOO_MANY_STREAMS", GateFixture.code(gate.as("anna", "GET", "/api/events", "")));
    assertEquals("event: ready", line(follow("ben"), "event:"));
    sockets.get(0).close();
    // That a page has gone is seen when it is written to.
    Deadline.await(
        "room for another window",
        Duration.ofSeconds(20),
        () -> {
          events.beat();
          return status(follow("anna")).contains("200");
        });
  }

  @Test
  void aPageThatDoesNotKeepUpIsAskedToReadAnewAndHoldsNobodyUp() throws IOException {
    BufferedReader slow = follow("anna");
    assertEquals("event: ready", line(slow, "event:"));
    int told = 300_000;
    long begin = System.nanoTime();
    for (int number = 0; number < told; number++) {
      events.accept(new TaskNotice(new UUID(7, number), ReviewState.WAITING, Optional.empty()));
    }
    long seconds = (System.nanoTime() - begin) / 1_000_000_000;
    assertEquals(0, seconds / 20, "telling a page that does not read took " + seconds + " s");
    int heard = 0;
    for (String line = line(slow, "event:");
        !line.equals("event: reread");
        line = line(slow, "event:")) {
      heard++;
    }
    assertEquals(1, Integer.signum(told - heard), "some were left out");
    events.accept(new TaskNotice(new UUID(8, 8), ReviewState.WAITING, Optional.empty()));
    while (!line(slow, "data:").contains(new UUID(8, 8).toString())) {
      heard++;
    }
  }

  private BufferedReader follow(String user) {
    String token = tokens.computeIfAbsent(user, name -> gate.rooms.login(name).token());
    String request =
        "GET /api/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token;
    try {
      var socket = new Socket("127.0.0.1", gate.javalin().port());
      sockets.add(socket);
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write((request + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      return new BufferedReader(
          new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String status(BufferedReader from) {
    try {
      return from.readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next line that begins so. */
  private static String line(BufferedReader from, String beginning) throws IOException {
    String line = from.readLine();
    while (line != null && !line.startsWith(beginning)) {
      line = from.readLine();
    }
    return line == null ? "the stream has ended" : line;
  }
}

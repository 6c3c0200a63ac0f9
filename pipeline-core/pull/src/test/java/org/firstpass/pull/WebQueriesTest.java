package org.firstpass.pull;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.firstpass.dicom.FoundStudy;
import org.firstpass.dicom.QueryAnswer;
import org.firstpass.dicom.StudyQuery;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.failure.TryAgainLater;
import org.firstpass.peer.WebAddress;
import org.firstpass.peer.WebCalls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Questions to DICOMweb servers that behave in their own ways. */
class WebQueriesTest {
  private static final StudyQuery QUERY =
      StudyQuery.between(LocalDate.of(2024, 1, 1), LocalDate.of(2024, 1, 1));

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private HttpServer server;

  /** What a server answers. */
  private interface Manner {
    void answer(HttpExchange exchange, int limit, int offset) throws IOException;
  }

  private volatile Manner manner = (exchange, limit, offset) -> send(exchange, 200, "[]");

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  @AfterEach
  void stop() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String query = exchange.getRequestURI().getRawQuery();
      asked.add(query);
      manner.answer(exchange, number(query, "limit"), number(query, "offset"));
    }
  }

  private static int number(String query, String name) {
    return Integer.parseInt(query.replaceAll(".*" + name + "=([0-9]+).*", "$1"));
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/dicom+json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static String studies(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(
            i ->
                "{\"0020000D\":{\"vr\":\"UI\",\"Value\":[\"1.2.3."
                    + (i + 1)
                    + "\"]},\"00080020\":{\"vr\":\"DA\",\"Value\":[\"20240101\"]}}")
        .collect(Collectors.joining(",", "[", "]"));
  }

  private QueryAnswer<FoundStudy> ask(StudyQuery query, int most) {
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    return new WebQueries(new WebCalls(new WebAddress(url, null)), Duration.ofSeconds(1))
        .studies(query, most);
  }

  @Test
  void pagesAreAskedForUntilOneIsEmptyHoweverShortTheyAre() {
    manner =
        (exchange, limit, offset) -> send(exchange, 200, studies(offset, Math.min(offset + 7, 20)));
    QueryAnswer<FoundStudy> answer = ask(QUERY, 500);
    assertEquals(20, answer.matches().size());
    assertFalse(answer.cut());
  }

  @Test
  void aServerThatIgnoresTheOffsetIsNotAskedWithoutEnd() {
    manner = (exchange, limit, offset) -> send(exchange, 200, studies(0, 30));
    QueryAnswer<FoundStudy> answer = ask(QUERY, 500);
    assertEquals(30, answer.matches().size());
    assertEquals(2, asked.size());
  }

  @Test
  void moreThanWantedIsCut() {
    manner = (exchange, limit, offset) -> send(exchange, 200, studies(offset, offset + limit));
    QueryAnswer<FoundStudy> answer = ask(QUERY, 500);
    assertTrue(answer.cut());
    assertTrue(answer.matches().size() >= 500);
  }

  @Test
  void tooManyForTheServerIsCutToo() {
    manner = (exchange, limit, offset) -> send(exchange, 413, "");
    assertTrue(ask(QUERY, 500).cut());
  }

  @Test
  void whatWasNotAskedForAndWhatIsUnsoundIsLeftOut() {
    manner =
        (exchange, limit, offset) ->
            send(
                exchange,
                200,
                offset > 0
                    ? "[]"
                    : "[{\"0020000D\":{\"vr\":\"UI\",\"Value\":[\"1.2.3\"]},"
                        + "\"00080020\":{\"vr\":\"DA\",\"Value\":[\"20231231\"]}},"
                        + "{\"0020000D\":{\"vr\":\"UI\",\"Value\":[\"no uid\"]}},"
                        + "{\"0020000D\":{\"vr\":\"UI\",\"Value\":[\"1.2.4\"]},"
                        + "\"00080020\":{\"vr\":\"DA\",\"Value\":[\"20240101\"]}}]");
    assertEquals(
        List.of("1.2.4"),
        ask(QUERY, 500).matches().stream().map(found -> found.study().value()).toList());
  }

  @Test
  void valuesAreEncoded() {
    ask(StudyQuery.ofAccessionNumber("A 1+2&x=3"), 500);
    assertTrue(asked.get(0).contains("AccessionNumber=A%201%2B2%26x%3D3&"), asked.get(0));
  }

  @ParameterizedTest
  @CsvSource({"503, DESTINATION_UNAVAILABLE", "401, DESTINATION_DENIES"})
  void aServerInTroubleIsAskedAgainLater(int status, ReasonCode code) {
    manner = (exchange, limit, offset) -> send(exchange, status, "");
    var later = assertThrows(TryAgainLater.class, () -> ask(QUERY, 500));
    assertEquals(code, later.code());
  }

  @Test
  void aServerThatHangsIsLeftWhenItsTimeIsUp() {
    manner =
        (exchange, limit, offset) -> {
          try {
            closed.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    var later = assertThrows(TryAgainLater.class, () -> ask(QUERY, 500));
    assertEquals(ReasonCode.DESTINATION_UNAVAILABLE, later.code());
  }

  @ParameterizedTest
  @CsvSource({"400, QUERY_REFUSED", "200, ANSWER_MALFORMED"})
  void aServerThatSaysNoOrNonsenseIsNot(int status, ReasonCode code) {
    manner = (exchange, limit, offset) -> send(exchange, status, "{]");
    var refused = assertThrows(StudyRefused.class, () -> ask(QUERY, 500));
    assertEquals(code, refused.code());
  }
}

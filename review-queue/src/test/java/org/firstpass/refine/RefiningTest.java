package org.firstpass.refine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;
import org.firstpass.refine.Refining.By;
import org.firstpass.refine.Refining.Refined;
import org.firstpass.refine.SiteService.Failure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The site's own model if it answers, the standard way if it does not. */
final class RefiningTest {
  private static final GridSize SIZE = new GridSize(3, 2, 2);
  private static final List<Prompt> CLICKS =
      List.of(new Prompt(1, 1, 0, true), new Prompt(2, 0, 1, false));

  private final CountDownLatch forever = new CountDownLatch(1);
  private HttpServer site;

  /** Answers a question of the server. */
  private interface Answer {
    void to(HttpExchange exchange) throws IOException, InterruptedException;
  }

  @BeforeEach
  void open() throws IOException {
    site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    site.start();
  }

  @AfterEach
  void close() {
    forever.countDown();
    site.stop(0);
  }

  private static Crop crop() {
    var values = new short[] {0, 1, -2, 300, 4, 5, 6, 7, 8, 9, 10, -32768};
    return new Crop(
        SIZE, new Spacing(0.5, 0.75, 2), values, new byte[] {1, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0});
  }

  private Refined refined(Answer answer, Duration limit) {
    site.createContext(
        "/refine",
        exchange -> {
          try {
            answer.to(exchange);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } finally {
            exchange.close();
          }
        });
    URI address = URI.create("http://127.0.0.1:" + site.getAddress().getPort() + "/refine");
    return Refining.through(new SiteService(address, limit)).refine(crop(), CLICKS);
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  private static void assertStandard(Failure why, Refined refined) {
    assertEquals(By.STANDARD, refined.by());
    assertEquals(Optional.of(why), refined.instead());
    assertArrayEquals(Refining.standard().refine(crop(), CLICKS).mask(), refined.mask());
  }

  @Test
  void theSiteIsGivenCropMaskAndClicksAndItsMaskIsTaken() {
    var mask = new byte[SIZE.voxels()];
    mask[3] = 1;
    var asked = new AtomicReference<byte[]>();
    var type = new AtomicReference<String>();
    Refined refined =
        refined(
            exchange -> {
              asked.set(exchange.getRequestBody().readAllBytes());
              type.set(exchange.getRequestHeaders().getFirst("Content-Type"));
              send(exchange, 200, mask);
            },
            Duration.ofSeconds(20));
    assertEquals(By.SITE, refined.by());
    assertEquals(Optional.empty(), refined.instead());
    assertArrayEquals(mask, refined.mask());
    assertEquals("application/vnd.firstpass.refine", type.get());
    byte[] bytes = asked.get();
    int line = bytes.length - 3 * SIZE.voxels();
    assertEquals(
        "{\"version\":1,\"size\":[3,2,2],\"spacing\":[0.5,0.75,2.0],"
            + "\"prompts\":[[1,1,0,1],[2,0,1,0]]}\n",
        new String(bytes, 0, line, StandardCharsets.UTF_8));
    ByteBuffer values = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(line);
    for (short value : crop().values()) {
      assertEquals(value, values.getShort());
    }
    assertArrayEquals(crop().mask(), Arrays.copyOfRange(bytes, values.position(), bytes.length));
  }

  @Test
  void aSiteThatRefusesIsSaidToHaveAndTheStandardMaskIsGiven() {
    Refined refined = refined(exchange -> send(exchange, 503, new byte[0]), Duration.ofSeconds(20));
    assertStandard(Failure.REFINE_SERVICE_REFUSED, refined);
  }

  @Test
  void aMaskOfAnotherSizeOrOfOtherNumbersIsNone() {
    var large = new byte[SIZE.voxels() + 1];
    assertStandard(
        Failure.REFINE_SERVICE_MALFORMED,
        refined(exchange -> send(exchange, 200, large), Duration.ofSeconds(20)));
    site.removeContext("/refine");
    var other = new byte[SIZE.voxels()];
    other[5] = 2;
    assertStandard(
        Failure.REFINE_SERVICE_MALFORMED,
        refined(exchange -> send(exchange, 200, other), Duration.ofSeconds(20)));
  }

  @Test
  void aSiteThatKeepsTheReaderWaitingIsNotWaitedFor() {
    assertStandard(
        Failure.REFINE_SERVICE_SLOW, refined(exchange -> forever.await(), Duration.ofMillis(300)));
  }

  @Test
  void aSiteThatIsNotThereIsSaidToBeAway() {
    URI nowhere = URI.create("http://127.0.0.1:" + site.getAddress().getPort() + "/refine");
    site.stop(0);
    var refining = Refining.through(new SiteService(nowhere, Duration.ofSeconds(20)));
    assertStandard(Failure.REFINE_SERVICE_AWAY, refining.refine(crop(), CLICKS));
  }

  @Test
  void clicksOutsideOfTheCropAndNoneAtAllAreNoQuestion() {
    Refining refining = Refining.standard();
    assertThrows(IllegalArgumentException.class, () -> refining.refine(crop(), List.of()));
    assertThrows(
        IllegalArgumentException.class,
        () -> refining.refine(crop(), List.of(new Prompt(3, 0, 0, true))));
  }
}

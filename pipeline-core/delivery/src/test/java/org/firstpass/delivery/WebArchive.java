package org.firstpass.delivery;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.firstpass.dicom.ObjectIdentity;
import org.firstpass.peer.WebAddress;
import org.jspecify.annotations.Nullable;

/** A small DICOMweb server: STOW-RS, QIDO-RS and WADO-RS of single instances. */
final class WebArchive implements AutoCloseable {
  /** How it treats who calls. */
  enum Manner {
    HONEST,
    /** Answers 409 with failure reason A700H. */
    BUSY,
    /** Answers 409 with failure reason 0122H. */
    REFUSES,
    /** Answers 401. */
    DENIES,
    /** Takes the object and never answers. */
    HANGS,
    /** Closes the connection without an answer. */
    CLOSES,
    /** Answers without end. */
    TALKS_ON,
    /** Says success and keeps nothing. */
    LIES,
    /** Keeps something else. */
    CHANGES
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicReference<Manner> manner;
  private final Map<String, byte[]> kept = new ConcurrentHashMap<>();
  private final AtomicInteger stores = new AtomicInteger();
  private final AtomicReference<String> authorization = new AtomicReference<>("");
  private final CountDownLatch closed = new CountDownLatch(1);

  WebArchive(Manner manner) {
    this(manner, null);
  }

  /**
   * @param tls without which it speaks plain HTTP; callers show a certificate that it trusts
   */
  WebArchive(Manner manner, @Nullable SSLContext tls) {
    this.manner = new AtomicReference<>(manner);
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try {
      server = tls == null ? HttpServer.create(address, 0) : secured(address, tls);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/dicom-web/studies", this::handle);
    server.start();
  }

  private static HttpServer secured(InetSocketAddress address, SSLContext context)
      throws IOException {
    HttpsServer secured = HttpsServer.create(address, 0);
    secured.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters needed = context.getDefaultSSLParameters();
            needed.setNeedClientAuth(true);
            parameters.setSSLParameters(needed);
          }
        });
    return secured;
  }

  WebAddress address() {
    return new WebAddress(url(), null);
  }

  String url() {
    String scheme = server instanceof HttpsServer ? "https" : "http";
    return scheme + "://127.0.0.1:" + server.getAddress().getPort() + "/dicom-web";
  }

  void behave(Manner now) {
    manner.set(now);
  }

  Map<String, byte[]> kept() {
    return Map.copyOf(kept);
  }

  int stores() {
    return stores.get();
  }

  /** The last Authorization header. */
  String authorization() {
    return authorization.get();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String header = exchange.getRequestHeaders().getFirst("Authorization");
      authorization.set(header == null ? "" : header);
      if (manner.get() == Manner.DENIES) {
        exchange.sendResponseHeaders(401, -1);
      } else if (exchange.getRequestMethod().equals("POST")) {
        store(exchange);
      } else if (exchange.getRequestURI().getQuery() != null) {
        query(exchange);
      } else {
        retrieve(exchange);
      }
    }
  }

  private void store(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    byte[] part = part(body, exchange.getRequestHeaders().getFirst("Content-Type"));
    String instance = ObjectIdentity.read(() -> new ByteArrayInputStream(part)).instance().value();
    stores.incrementAndGet();
    switch (manner.get()) {
      case HANGS -> await();
      case CLOSES -> throw new IOException("closed on purpose");
      case TALKS_ON -> talkOn(exchange);
      case BUSY -> fail(exchange, instance, 0xA700);
      case REFUSES -> fail(exchange, instance, 0x0122);
      case LIES -> succeed(exchange, instance);
      case CHANGES -> {
        part[part.length - 1] ^= 1;
        kept.put(instance, part);
        succeed(exchange, instance);
      }
      default -> {
        kept.put(instance, part);
        succeed(exchange, instance);
      }
    }
  }

  private static byte[] part(byte[] body, String contentType) {
    String text = new String(body, StandardCharsets.ISO_8859_1);
    String boundary = contentType.replaceAll(".*boundary=\"([^\"]+)\".*", "$1");
    int begin = text.indexOf("\r\n\r\n") + 4;
    int end = text.lastIndexOf("\r\n--" + boundary + "--");
    return text.substring(begin, end).getBytes(StandardCharsets.ISO_8859_1);
  }

  private void await() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void talkOn(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    var blanks = new byte[1 << 16];
    while (true) {
      exchange.getResponseBody().write(blanks);
    }
  }

  private static void succeed(HttpExchange exchange, String instance) throws IOException {
    String body =
        "{\"00081199\":{\"vr\":\"SQ\",\"Value\":[{\"00081155\":{\"vr\":\"UI\",\"Value\":[\""
            + instance
            + "\"]}}]}}";
    send(exchange, 200, "application/dicom+json", body.getBytes(StandardCharsets.UTF_8));
  }

  private static void fail(HttpExchange exchange, String instance, int reason) throws IOException {
    String body =
        "{\"00081198\":{\"vr\":\"SQ\",\"Value\":[{\"00081155\":{\"vr\":\"UI\",\"Value\":[\""
            + instance
            + "\"]},\"00081197\":{\"vr\":\"US\",\"Value\":["
            + reason
            + "]}}]}}";
    send(exchange, 409, "application/dicom+json", body.getBytes(StandardCharsets.UTF_8));
  }

  private void query(HttpExchange exchange) throws IOException {
    String instance = exchange.getRequestURI().getQuery().replace("SOPInstanceUID=", "");
    String body =
        kept.containsKey(instance)
            ? "[{\"00080018\":{\"vr\":\"UI\",\"Value\":[\"" + instance + "\"]}}]"
            : "[]";
    send(exchange, 200, "application/dicom+json", body.getBytes(StandardCharsets.UTF_8));
  }

  private void retrieve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    byte[] object = kept.get(path.substring(path.lastIndexOf('/') + 1));
    if (object == null) {
      exchange.sendResponseHeaders(404, -1);
      return;
    }
    String text =
        "--b\r\nContent-Type: application/dicom\r\n\r\n"
            + new String(object, StandardCharsets.ISO_8859_1)
            + "\r\n--b--\r\n";
    send(
        exchange,
        200,
        "multipart/related; type=\"application/dicom\"; boundary=b",
        text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}

package org.firstpass.peer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.TryAgainLater;
import org.jspecify.annotations.Nullable;

/**
 * Requests to one DICOMweb server; whatever it does, they end when their time is up, and no answer
 * is longer than allowed. Safe for use by many threads.
 */
public final class WebCalls {
  private static final long MAX_TEXT = 4L << 20;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

  private final WebAddress address;
  private final HttpClient client;

  public WebCalls(WebAddress address) {
    this.address = address;
    this.client = address.client();
  }

  /** What came back, besides its body. */
  public record Head(int status, String contentType) {
    /** Whether the server, and not the request, is the trouble. */
    public boolean isPassing() {
      return status == 408 || status == 425 || status == 429 || status >= 500;
    }
  }

  /** A short answer. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Text(Head head, byte[] body) {}

  /** Sends a body and reads a short answer. */
  public Text post(String path, String contentType, BodyPublisher body, Duration limit) {
    return text(request(path).header("Content-Type", contentType).POST(body), limit);
  }

  /** Reads a short answer, {@code application/dicom+json}. */
  public Text get(String path, Duration limit) {
    return text(request(path).GET(), limit);
  }

  private Text text(HttpRequest.Builder request, Duration limit) {
    var body = new ByteArrayOutputStream();
    Head head = exchange(request.header("Accept", "application/dicom+json"), body, MAX_TEXT, limit);
    return new Text(head, body.toByteArray());
  }

  /**
   * Puts an answer down in a file for as long as it is open.
   *
   * @param most bytes that it may have
   */
  public Download download(String path, String accept, long most, Duration limit) {
    return Download.of(
        target -> exchange(request(path).header("Accept", accept).GET(), target, most, limit));
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(address.resource(path));
    address.authorizationHeader().ifPresent(value -> request.header("Authorization", value));
    return request;
  }

  private Head exchange(
      HttpRequest.Builder request, OutputStream target, long most, Duration limit) {
    CompletableFuture<HttpResponse<Boolean>> answer =
        client.sendAsync(request.build(), head -> new BoundedBody(target, most));
    try {
      HttpResponse<Boolean> response = answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return head(response);
    } catch (TimeoutException e) {
      throw unavailable("took longer than " + limit.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw unavailable("broke off: " + kindOf(e.getCause()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("was not waited for", e);
    } finally {
      answer.cancel(true);
    }
  }

  private Head head(HttpResponse<?> response) {
    int status = response.statusCode();
    if (status == UNAUTHORIZED || status == FORBIDDEN) {
      throw new TryAgainLater(
          ReasonCode.DESTINATION_DENIES, address.url() + " answered HTTP status " + status);
    }
    return new Head(status, response.headers().firstValue("Content-Type").orElse(""));
  }

  /** That the server is the trouble. */
  public TryAgainLater unavailable(String what, @Nullable Exception cause) {
    return new TryAgainLater(ReasonCode.DESTINATION_UNAVAILABLE, address.url() + " " + what, cause);
  }

  // The message of such an exception may repeat what the server sent.
  private static String kindOf(@Nullable Throwable cause) {
    return cause instanceof IOException ? cause.getClass().getSimpleName() : "no answer";
  }
}

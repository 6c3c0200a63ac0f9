package org.firstpass.delivery;

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
final class WebCalls {
  private static final long MAX_TEXT = 4L << 20;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

  private final StowAddress address;
  private final HttpClient client = HttpClient.newBuilder().build();

  WebCalls(StowAddress address) {
    this.address = address;
  }

  /** What came back, besides its body. */
  record Head(int status, String contentType) {
    /** Whether the server, and not the request, is the trouble. */
    boolean isPassing() {
      return status == 408 || status == 425 || status == 429 || status >= 500;
    }
  }

  /** A short answer. */
  @SuppressWarnings("ArrayRecordComponent")
  record Text(Head head, byte[] body) {}

  Text post(String path, String contentType, BodyPublisher body, Duration limit) {
    return text(request(path).header("Content-Type", contentType).POST(body), limit);
  }

  Text get(String path, Duration limit) {
    return text(request(path).GET(), limit);
  }

  private Text text(HttpRequest.Builder request, Duration limit) {
    var body = new ByteArrayOutputStream();
    Head head = exchange(request.header("Accept", "application/dicom+json"), body, MAX_TEXT, limit);
    return new Text(head, body.toByteArray());
  }

  /** Writes the body to a stream. */
  Head get(String path, String accept, OutputStream target, long most, Duration limit) {
    return exchange(request(path).header("Accept", accept).GET(), target, most, limit);
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
  TryAgainLater unavailable(String what, @Nullable Exception cause) {
    return new TryAgainLater(ReasonCode.DESTINATION_UNAVAILABLE, address.url() + " " + what, cause);
  }

  // The message of such an exception may repeat what the server sent.
  private static String kindOf(@Nullable Throwable cause) {
    return cause instanceof IOException ? cause.getClass().getSimpleName() : "no answer";
  }
}

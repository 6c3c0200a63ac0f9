package org.firstpass.refine;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A model of the site's own behind HTTP.
 *
 * <p>It is posted {@code application/vnd.firstpass.refine}: a line of JSON, {@code
 * {"version":1,"size":[columns,rows,slices],"spacing":[…mm],"prompts":[[column,row,slice,1|0],…]}},
 * a line feed, the values (signed 16-bit, little endian) and the mask (one byte per voxel, 0 or 1),
 * both in the order slice, row, column. It answers 200 with a mask of as many bytes. Nothing tells
 * whose image it is. Safe for use by many threads.
 */
public final class SiteService implements Refiner {
  static final String MEDIA_TYPE = "application/vnd.firstpass.refine";
  private static final int OK = 200;

  private final URI address;
  private final Duration limit;
  private final HttpClient client;

  /**
   * @param limit from the question to the whole answer
   */
  public SiteService(URI address, Duration limit) {
    this.address = address;
    this.limit = limit;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(limit)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /** Why it made no mask; a code that a page may rely on. */
  public enum Failure {
    REFINE_SERVICE_AWAY,
    REFINE_SERVICE_SLOW,
    REFINE_SERVICE_REFUSED,
    REFINE_SERVICE_MALFORMED
  }

  /** It made no mask. */
  static final class NotRefined extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final Failure failure;

    NotRefined(Failure failure, String message) {
      super(message);
      this.failure = failure;
    }

    Failure failure() {
      return failure;
    }
  }

  /**
   * @throws NotRefined if it does not answer a mask in time
   */
  @Override
  public byte[] refine(Crop crop, List<Prompt> prompts) {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(limit)
            .header("Content-Type", MEDIA_TYPE)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body(crop, prompts)))
            .build();
    CompletableFuture<byte[]> answer =
        client
            .sendAsync(request, HttpResponse.BodyHandlers.ofInputStream())
            .thenApplyAsync(response -> mask(response, crop.size().voxels()));
    try {
      return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new NotRefined(Failure.REFINE_SERVICE_SLOW, "no answer within " + limit);
    } catch (ExecutionException e) {
      throw sorted(Objects.requireNonNullElse(e.getCause(), e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NotRefined(Failure.REFINE_SERVICE_AWAY, "interrupted");
    }
  }

  private static NotRefined sorted(Throwable cause) {
    if (cause instanceof NotRefined known) {
      return known;
    }
    boolean slow = cause instanceof java.net.http.HttpTimeoutException;
    return new NotRefined(
        slow ? Failure.REFINE_SERVICE_SLOW : Failure.REFINE_SERVICE_AWAY, String.valueOf(cause));
  }

  // One byte more is read than there may be, so that a longer answer is noticed and none is
  // endless.
  private static byte[] mask(HttpResponse<InputStream> response, int voxels) {
    try (InputStream in = response.body()) {
      if (response.statusCode() != OK) {
        throw new NotRefined(
            Failure.REFINE_SERVICE_REFUSED, "it answered " + response.statusCode());
      }
      byte[] mask = in.readNBytes(voxels + 1);
      if (mask.length != voxels) {
        throw new NotRefined(
            Failure.REFINE_SERVICE_MALFORMED, "the mask has not " + voxels + " bytes");
      }
      for (byte value : mask) {
        if (value != 0 && value != 1) {
          throw new NotRefined(Failure.REFINE_SERVICE_MALFORMED, "a mask is of 0 and 1");
        }
      }
      return mask;
    } catch (IOException e) {
      throw new NotRefined(Failure.REFINE_SERVICE_AWAY, "the answer broke off");
    }
  }

  private static byte[] body(Crop crop, List<Prompt> prompts) {
    var head = new StringBuilder("{\"version\":1,\"size\":[");
    head.append(crop.size().columns()).append(',').append(crop.size().rows()).append(',');
    head.append(crop.size().slices()).append("],\"spacing\":[");
    head.append(crop.spacing().column()).append(',').append(crop.spacing().row()).append(',');
    head.append(crop.spacing().slice()).append("],\"prompts\":[");
    for (int i = 0; i < prompts.size(); i++) {
      Prompt prompt = prompts.get(i);
      head.append(i == 0 ? "[" : ",[").append(prompt.column()).append(',');
      head.append(prompt.row()).append(',').append(prompt.slice());
      head.append(prompt.adds() ? ",1]" : ",0]");
    }
    byte[] line = head.append("]}\n").toString().getBytes(StandardCharsets.UTF_8);
    int voxels = crop.size().voxels();
    ByteBuffer bytes =
        ByteBuffer.allocate(line.length + voxels * (Short.BYTES + 1))
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(line);
    for (short value : crop.values()) {
      bytes.putShort(value);
    }
    return bytes.put(crop.mask()).array();
  }
}

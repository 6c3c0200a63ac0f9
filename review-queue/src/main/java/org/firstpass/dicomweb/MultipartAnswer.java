package org.firstpass.dicomweb;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A multipart/related answer on its way out. If it fails on the way, its last delimiter is missing,
 * and the client knows. Not thread-safe.
 *
 * @see "RFC 2387"
 */
final class MultipartAnswer implements AutoCloseable {
  private final OutputStream out;
  private final String boundary = "firstpass-" + UUID.randomUUID();

  /** Begins the answer; status and other headers are set before. */
  MultipartAnswer(Context context, String partType) throws IOException {
    // Jetty gives every type that it does not know a charset.
    context.res().setCharacterEncoding(null);
    context
        .res()
        .setContentType(
            "multipart/related; type=\"" + partType + "\"; boundary=\"" + boundary + "\"");
    this.out = context.res().getOutputStream();
  }

  /** Begins a part; its content follows on the stream, which the caller leaves open. */
  OutputStream part(String contentType, String location) throws IOException {
    write("\r\n--" + boundary + "\r\nContent-Type: " + contentType + "\r\n");
    if (!location.isEmpty()) {
      write("Content-Location: " + location + "\r\n");
    }
    write("\r\n");
    return out;
  }

  /** Says that every part was written. */
  void finish() throws IOException {
    write("\r\n--" + boundary + "--\r\n");
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() throws IOException {
    out.flush();
  }
}

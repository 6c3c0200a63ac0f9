package org.firstpass.peer;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.TryAgainLater;

/** An answer that lies in a temporary file until it is closed. */
public final class Download implements AutoCloseable {
  private final Path file;
  private final WebCalls.Head head;

  private Download(Path file, WebCalls.Head head) {
    this.file = file;
    this.head = head;
  }

  static Download of(Function<OutputStream, WebCalls.Head> exchange) {
    try {
      Path file = Files.createTempFile("firstpass-download", ".part");
      try (OutputStream target = Files.newOutputStream(file)) {
        return new Download(file, exchange.apply(target));
      } catch (IOException | RuntimeException e) {
        Files.deleteIfExists(file);
        throw e;
      }
    } catch (IOException e) {
      throw trouble(e);
    }
  }

  public WebCalls.Head head() {
    return head;
  }

  /** The answer, or the first part of one with several parts. */
  public InstanceSource content() {
    try {
      return FirstPart.of(file, head.contentType());
    } catch (IOException e) {
      throw trouble(e);
    }
  }

  private static TryAgainLater trouble(IOException e) {
    return new TryAgainLater(
        ReasonCode.STORE_UNAVAILABLE, "what is downloaded cannot be put down", e);
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

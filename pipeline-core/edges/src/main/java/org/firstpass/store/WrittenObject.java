package org.firstpass.store;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.firstpass.event.ObjectReference;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;

/** An object that is stored while it is written, so that it never is in memory as a whole. */
public final class WrittenObject {
  private static final int PIPE_BYTES = 1 << 18;

  private WrittenObject() {}

  /**
   * Stores what a writer writes; what it did not finish is no object.
   *
   * @throws RuntimeException what the writer or the store throws
   */
  public static ObjectReference put(
      ObjectStore store, String mediaType, Consumer<OutputStream> writer) {
    try (var in = new PipedInputStream(PIPE_BYTES);
        var out = new PipedOutputStream(in)) {
      var writing = new FutureTask<>(() -> write(writer, out), true);
      var thread = new Thread(writing, "firstpass-object");
      thread.setDaemon(true);
      thread.start();
      try (StagedObject staged = store.stage(in)) {
        await(writing);
        return staged.commit(mediaType);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a pipe within the process failed", e);
    }
  }

  private static void await(FutureTask<Boolean> writing) {
    try {
      writing.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new Defect(ReasonCode.UNEXPECTED, "an object was not written", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Defect(ReasonCode.UNEXPECTED, "interrupted while an object was written", e);
    }
  }

  private static void write(Consumer<OutputStream> writer, PipedOutputStream out) {
    try (out) {
      writer.accept(out);
    } catch (IOException e) {
      throw new UncheckedIOException("a pipe within the process failed", e);
    }
  }
}

package org.firstpass.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.firstpass.event.ObjectReference;
import org.firstpass.study.Sha256;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects that are stored while they are written. */
final class WrittenObjectTest {
  private static final int BYTES = 3_000_000;
  private static FileObjectStore store;

  @BeforeAll
  static void open(@TempDir Path folder) {
    store = new FileObjectStore(folder);
  }

  @Test
  void whatWasWrittenIsStored() {
    byte[] content = content();
    ObjectReference stored = WrittenObject.put(store, "any/thing", out -> write(out, content));
    assertEquals(BYTES, stored.size());
    assertEquals(Sha256.of(content), stored.digest());
    assertArrayEquals(content, store.read(stored.digest()));
  }

  @Test
  void whatAWriterDidNotFinishIsNoObject() {
    byte[] content = content();
    var failure = new IllegalStateException("half way");
    assertEquals(
        failure,
        assertThrows(
            IllegalStateException.class,
            () ->
                WrittenObject.put(
                    store,
                    "any/thing",
                    out -> {
                      write(out, Arrays.copyOf(content, BYTES / 2));
                      throw failure;
                    })));
    assertFalse(store.contains(Sha256.of(Arrays.copyOf(content, BYTES / 2))));
  }

  @Test
  void anErrorOfTheWriterComesThrough() {
    assertThrows(
        OutOfMemoryError.class,
        () ->
            WrittenObject.put(
                store,
                "any/thing",
                out -> {
                  throw new OutOfMemoryError("for the test");
                }));
  }

  private static void write(OutputStream out, byte[] content) {
    try {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] content() {
    var content = new byte[BYTES];
    new Random(4).nextBytes(content);
    return content;
  }
}

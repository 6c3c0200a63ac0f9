package org.firstpass.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.firstpass.event.ObjectReference;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.TryAgainLater;
import org.firstpass.study.Sha256;
import org.junit.jupiter.api.Test;

/** What every object store must do. */
abstract class ObjectStoreContract {
  private static final int LARGE = 1_000_003;

  abstract ObjectStore store();

  static byte[] content(int length) {
    byte[] content = new byte[length];
    new Random(length).nextBytes(content);
    return content;
  }

  private static InputStream stream(byte[] content) {
    return new ByteArrayInputStream(content);
  }

  @Test
  void whatWasPutIsReadBackByItsDigest() throws IOException {
    for (int length : new int[] {0, 1, LARGE}) {
      byte[] content = content(length);
      ObjectReference reference = store().put(content, "application/dicom");
      assertEquals(new ObjectReference(Sha256.of(content), length, "application/dicom"), reference);
      assertArrayEquals(content, store().read(reference.digest()));
      try (InputStream in = store().open(reference.digest())) {
        assertArrayEquals(content, in.readAllBytes());
      }
      assertTrue(store().contains(reference.digest()));
    }
  }

  @Test
  void aStreamIsTheSameObjectAsItsBytes() {
    byte[] content = content(LARGE);
    ObjectReference streamed = store().put(stream(content), "a/b");
    assertEquals(store().put(content, "a/b"), streamed);
  }

  @Test
  void whatIsStagedIsReadableAndNoObjectYet() throws IOException {
    byte[] content = content(LARGE);
    try (StagedObject staged = store().stage(stream(content))) {
      assertEquals(Sha256.of(content), staged.digest());
      assertEquals(LARGE, staged.size());
      try (InputStream in = staged.open()) {
        assertArrayEquals(content, in.readAllBytes());
      }
      assertFalse(store().contains(staged.digest()));
    }
    assertFalse(store().contains(Sha256.of(content)));
  }

  @Test
  void anObjectThatIsNotThereIsADefect() {
    Sha256 unknown = Sha256.of(content(7));
    assertFalse(store().contains(unknown));
    assertEquals(
        ReasonCode.OBJECT_MISSING, assertThrows(Defect.class, () -> store().read(unknown)).code());
    assertEquals(
        ReasonCode.OBJECT_MISSING, assertThrows(Defect.class, () -> store().open(unknown)).code());
  }

  @Test
  void aStreamThatBreaksLeavesNothing() {
    byte[] content = content(LARGE);
    var broken =
        new InputStream() {
          private int position;

          @Override
          public int read() throws IOException {
            if (position == content.length / 2) {
              throw new IOException("the association was aborted");
            }
            return content[position++] & 0xff;
          }
        };
    assertThrows(TryAgainLater.class, () -> store().stage(broken));
    assertFalse(store().contains(Sha256.of(content)));
  }

  @Test
  void manyThreadsMayPutTheSameAndDifferentContentAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      var puts =
          Stream.iterate(0, i -> i + 1)
              .limit(200)
              .map(
                  i ->
                      (Callable<ObjectReference>) () -> store().put(stream(content(i % 20)), "a/b"))
              .toList();
      for (var put : threads.invokeAll(puts)) {
        ObjectReference reference = put.get();
        assertEquals(reference.size(), store().read(reference.digest()).length);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void skippedBytesDoNotBreakTheCheck() throws IOException {
    byte[] content = content(LARGE);
    ObjectReference reference = store().put(content, "a/b");
    try (InputStream in = store().open(reference.digest())) {
      in.skipNBytes(LARGE - 3);
      assertEquals(3, in.readAllBytes().length);
    }
  }

  @Test
  void itKnowsItsFreeSpace() {
    assertTrue(store().usableBytes() > 0);
  }
}

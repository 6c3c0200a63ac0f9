package org.firstpass.correction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Slices that come while others are already sent. */
final class SliceContentTest {
  private static final int SLICES = 5;

  private static void put(SliceContent content, int slice) {
    content.put(slice, new byte[] {(byte) slice, (byte) (10 * slice)});
  }

  @Test
  void theSliceThatIsLookedAtIsSentFirstThenThoseAroundIt() {
    assertArrayEquals(new int[] {2, 3, 1, 4, 0}, SliceContent.around(2, SLICES).toArray());
    assertArrayEquals(new int[] {0, 1, 2}, SliceContent.around(0, 3).toArray());
    assertArrayEquals(new int[] {3, 2, 1, 0}, SliceContent.around(3, 4).toArray());
  }

  @Test
  void whatIsThereIsWrittenInThatOrderOrInItsOwn() throws IOException {
    var content = new SliceContent(3, 2);
    for (int slice = 0; slice < 3; slice++) {
      put(content, slice);
    }
    var own = new ByteArrayOutputStream();
    content.writeTo(own);
    assertArrayEquals(new byte[] {0, 0, 1, 10, 2, 20}, own.toByteArray());
    var around = new ByteArrayOutputStream();
    content.writeTo(around, 1);
    assertArrayEquals(new byte[] {1, 10, 2, 20, 0, 0}, around.toByteArray());
    assertEquals(6, content.size());
    assertEquals(1, content.wanted());
  }

  @Test
  void whoeverAsksForASliceGetsItWhenItCame() {
    var content = new SliceContent(SLICES, 2);
    var out = new ByteArrayOutputStream();
    CompletableFuture<Void> written = CompletableFuture.runAsync(() -> write(content, out));
    for (int slice = SLICES - 1; slice >= 0; slice--) {
      put(content, slice);
    }
    written.join();
    assertArrayEquals(new byte[] {4, 40, 3, 30, 2, 20, 1, 10, 0, 0}, out.toByteArray());
  }

  @Test
  void whoeverWaitsIsToldThatARestWillNotCome() {
    var content = new SliceContent(SLICES, 2);
    put(content, 4);
    var begun = new CountDownLatch(1);
    var out =
        new ByteArrayOutputStream() {
          @Override
          public void write(byte[] bytes, int from, int length) {
            super.write(bytes, from, length);
            begun.countDown();
          }
        };
    CompletableFuture<Void> written = CompletableFuture.runAsync(() -> write(content, out));
    assertEquals(4, content.slice(4).get(0) & 0xff);
    try {
      begun.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    var why = new IllegalStateException("damaged");
    content.fail(why);
    assertSame(why, assertThrows(CompletionException.class, written::join).getCause());
    assertSame(why, assertThrows(IllegalStateException.class, () -> content.slice(0)));
    assertArrayEquals(new byte[] {4, 40}, out.toByteArray());
  }

  private static void write(SliceContent content, ByteArrayOutputStream out) {
    try {
      content.writeTo(out, SLICES - 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package org.firstpass.dicom.pixel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunLengthEncoderTest {
  private static final int HEADER = 64;

  @Test
  void writesTheRunsThatTheStandardDescribes() {
    byte[] row = new byte[140];
    Arrays.fill(row, 0, 130, (byte) 7);
    for (int i = 130; i < 140; i++) {
      row[i] = (byte) i;
    }
    byte[] encoded = RunLengthEncoder.encode(row, 1, 140);
    // 128 times 7, twice 7, ten different bytes.
    byte[] expected = new byte[15];
    expected[0] = -127;
    expected[1] = 7;
    expected[2] = -1;
    expected[3] = 7;
    expected[4] = 9;
    System.arraycopy(row, 130, expected, 5, 10);
    assertArrayEquals(expected, Arrays.copyOfRange(encoded, HEADER, HEADER + 15));
    assertEquals(HEADER + 16, encoded.length);
    ByteBuffer header = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(1, header.getInt());
    assertEquals(HEADER, header.getInt());
  }

  @Test
  void noRunCrossesTheEndOfARow() {
    byte[] encoded = RunLengthEncoder.encode(new byte[20], 1, 5);
    assertArrayEquals(
        new byte[] {-4, 0, -4, 0, -4, 0, -4, 0},
        Arrays.copyOfRange(encoded, HEADER, encoded.length));
  }

  @ParameterizedTest
  @CsvSource({"1,1,1", "1,5,3", "2,5,3", "1,128,4", "2,129,4", "1,257,9", "2,512,16", "2,1,7"})
  void everyFrameComesBack(int bytes, int columns, int rows) {
    var random = new Random(columns);
    for (int alphabet : new int[] {1, 2, 3, 256}) {
      for (int round = 0; round < 50; round++) {
        byte[] frame = new byte[bytes * columns * rows];
        int at = 0;
        while (at < frame.length) {
          int end = Math.min(frame.length, at + 1 + random.nextInt(1 + random.nextInt(300)));
          Arrays.fill(frame, at, end, (byte) random.nextInt(alphabet));
          at = end;
        }
        byte[] encoded = RunLengthEncoder.encode(frame, bytes, columns);
        assertEquals(0, encoded.length % 2);
        assertArrayEquals(frame, expand(encoded, bytes, columns * rows));
      }
    }
  }

  @Test
  void refusesAFrameThatWasCutOrTouched() {
    byte[] frame = new byte[2 * 64 * 64];
    new Random(3).nextBytes(frame);
    byte[] encoded = RunLengthEncoder.encode(frame, 2, 64);
    for (int length = 0; length < encoded.length - 1; length += 7) {
      byte[] cut = Arrays.copyOf(encoded, length);
      assertThrows(StudyRefused.class, () -> expand(cut, 2, 64 * 64));
    }
    var random = new Random(4);
    int refused = 0;
    for (int round = 0; round < 2000; round++) {
      byte[] broken = encoded.clone();
      broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
      try {
        expand(broken, 2, 64 * 64);
      } catch (StudyRefused e) {
        refused++;
      }
    }
    assertTrue(refused > 0);
  }

  private static byte[] expand(byte[] encoded, int bytes, int pixels) {
    RunLengthFrame frame =
        RunLengthFrame.of(
            encoded, bytes, pixels, what -> new StudyRefused(ReasonCode.DAMAGED_PIXEL_DATA, what));
    byte[] expanded = new byte[bytes * pixels];
    for (int plane = 0; plane < bytes; plane++) {
      frame.expand(bytes - 1 - plane, expanded, plane, bytes);
    }
    return expanded;
  }
}

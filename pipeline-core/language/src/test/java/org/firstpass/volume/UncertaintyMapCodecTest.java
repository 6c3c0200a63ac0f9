package org.firstpass.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.firstpass.geometry.GridSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UncertaintyMapCodecTest {
  private static final GridSize GRID = new GridSize(2, 3, 5);

  private static byte[] values() {
    var values = new byte[GRID.voxels()];
    for (int at = 0; at < values.length; at++) {
      values[at] = (byte) (at * 8);
    }
    values[GRID.index(1, 2, 4)] = (byte) 255;
    return values;
  }

  private static byte[] plain() throws IOException {
    byte[] encoded = UncertaintyMapCodec.encode(values(), GRID);
    try (var in = new GZIPInputStream(new ByteArrayInputStream(encoded))) {
      return in.readAllBytes();
    }
  }

  private static byte[] packed(byte[] plain) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    }
    return bytes.toByteArray();
  }

  private static String refusal(byte[] bytes) {
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> UncertaintyMapCodec.decode(bytes, GRID))
            .getMessage());
  }

  @Test
  void whatIsWrittenIsReadBackAndTheSameMapGivesTheSameBytes() {
    byte[] encoded = UncertaintyMapCodec.encode(values(), GRID);
    assertArrayEquals(values(), UncertaintyMapCodec.decode(encoded, GRID));
    assertArrayEquals(encoded, UncertaintyMapCodec.encode(values(), GRID));
  }

  @Test
  void theBytesAreAsThePageOfTheFormatSays() throws IOException {
    byte[] plain = plain();
    assertEquals(
        "4650554d" + "02000000" + "03000000" + "05000000",
        HexFormat.of().formatHex(plain, 0, UncertaintyMapCodec.HEADER_BYTES));
    assertEquals(16 + 30, plain.length);
    assertEquals(8, plain[16 + 1], "the column is the fastest");
    assertEquals((byte) 0xff, plain[16 + 29]);
  }

  @Test
  void aNumberOfValuesThatIsNotTheGridsIsRefused() {
    var message =
        assertThrows(
                IllegalArgumentException.class,
                () -> UncertaintyMapCodec.encode(new byte[29], GRID))
            .getMessage();
    assertEquals("expected 30 values for a grid of 2 x 3 x 5, found 29", message);
  }

  @Test
  void aMapOfAnotherGridIsRefusedAlthoughItHasAsManyVoxels() {
    byte[] encoded = UncertaintyMapCodec.encode(values(), new GridSize(3, 2, 5));
    assertEquals(
        "expected an uncertainty map of 2 x 3 x 5, found one of 3 x 2 x 5", refusal(encoded));
  }

  @Test
  void otherBytesAreRefused() throws IOException {
    byte[] wrongWord = plain();
    wrongWord[0] = 'X';
    assertTrue(refusal(packed(wrongWord)).contains("FPUM"));
    assertTrue(refusal(new byte[] {1, 2, 3}).contains("damaged"));
    assertTrue(refusal(packed(new byte[0])).contains("FPUM"));
    assertTrue(refusal(packed(Arrays.copyOf(plain(), 47))).contains("more"));
  }

  @ParameterizedTest
  @ValueSource(ints = {15, 16, 45})
  void aMapThatEndsEarlyIsRefused(int length) throws IOException {
    byte[] cut = packed(Arrays.copyOf(plain(), length));
    assertThrows(IllegalArgumentException.class, () -> UncertaintyMapCodec.decode(cut, GRID));
    byte[] encoded = UncertaintyMapCodec.encode(values(), GRID);
    byte[] torn = Arrays.copyOf(encoded, encoded.length - length / 4);
    assertThrows(IllegalArgumentException.class, () -> UncertaintyMapCodec.decode(torn, GRID));
  }
}

package org.firstpass.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.firstpass.geometry.GridSize;
import org.junit.jupiter.api.Test;

class ProbabilityMapCodecTest {
  private static final GridSize GRID = new GridSize(7, 5, 4);

  /** A segment whose value at a voxel is its number, row and slice in digits. */
  private record Written(int segmentNumber, VoxelBox box) implements ProbabilityMapCodec.Source {
    @Override
    public void read(int row, int slice, byte[] target) {
      Arrays.fill(target, (byte) value(row, slice));
    }

    int value(int row, int slice) {
      return 100 * (segmentNumber % 2) + 10 * row + slice;
    }
  }

  private static final Written FIRST = new Written(1, new VoxelBox(2, 1, 0, 4, 3, 2));
  private static final Written SECOND = new Written(300, new VoxelBox(6, 4, 3, 6, 4, 3));

  private static byte[] encoded() {
    return ProbabilityMapCodec.encode(GRID, List.of(FIRST, SECOND));
  }

  private static Optional<byte[]> section(byte[] map, GridSize grid, int segment) {
    return ProbabilityMapCodec.section(new ByteArrayInputStream(map), grid, segment);
  }

  @Test
  void eachSegmentIsTakenOutByItselfAndTheSameMapGivesTheSameBytes() {
    for (Written written : List.of(FIRST, SECOND)) {
      byte[] section = section(encoded(), GRID, written.segmentNumber()).orElseThrow();
      SegmentProbability read = ProbabilityMapCodec.decode(section, GRID);
      assertEquals(written.segmentNumber(), read.segmentNumber());
      assertEquals(written.box(), read.box());
      for (int at = 0; at < GRID.voxels(); at++) {
        int column = at % GRID.columns();
        int row = at / GRID.columns() % GRID.rows();
        int slice = at / GRID.voxelsPerSlice();
        boolean inside = written.box().contains(column, row, slice);
        assertEquals(inside ? written.value(row, slice) : 0, read.at(column, row, slice));
      }
    }
    assertTrue(section(encoded(), GRID, 2).isEmpty());
    assertArrayEquals(encoded(), encoded());
  }

  @Test
  void aSectionIsAHeaderOfEightWordsAndTheVoxelsOfItsBox() throws IOException {
    byte[] section = section(encoded(), GRID, 300).orElseThrow();
    try (var in = new GZIPInputStream(new ByteArrayInputStream(section))) {
      byte[] plain = in.readAllBytes();
      assertEquals("FPPB", new String(plain, 0, 4, StandardCharsets.US_ASCII));
      String words = "2c010000060000000400000003000000010000000100000001000000";
      assertEquals(words + "2b", HexFormat.of().formatHex(plain, 4, plain.length));
    }
  }

  @Test
  void oneSliceIsCopiedIntoASliceOfTheSeries() {
    byte[] section = section(encoded(), GRID, 1).orElseThrow();
    SegmentProbability read = ProbabilityMapCodec.decode(section, GRID);
    var target = new byte[GRID.voxelsPerSlice()];
    read.copySlice(2, target, GRID.columns());
    for (int at = 0; at < target.length; at++) {
      int expected = read.at(at % GRID.columns(), at / GRID.columns(), 2);
      assertEquals(expected, Byte.toUnsignedInt(target[at]));
    }
    var untouched = new byte[GRID.voxelsPerSlice()];
    read.copySlice(3, untouched, GRID.columns());
    assertArrayEquals(new byte[GRID.voxelsPerSlice()], untouched);
  }

  @Test
  void aMapOfAnotherGridSomethingElseAndWhatEndsEarlyAreRefused() {
    byte[] map = encoded();
    assertRefused(() -> section(map, new GridSize(7, 5, 3), 1), "7 x 5 x 3");
    byte[] other = map.clone();
    other[3] = 'X';
    assertRefused(() -> section(other, GRID, 1), "FPPM");
    assertRefused(() -> section(Arrays.copyOf(map, 18), GRID, 1), "ends early");
    assertRefused(() -> section(Arrays.copyOf(map, map.length - 1), GRID, 300), "ends early");
    byte[] section = section(map, GRID, 1).orElseThrow();
    byte[] cut = Arrays.copyOf(section, section.length - 12);
    assertRefused(() -> ProbabilityMapCodec.decode(cut, GRID), "ends early");
    assertRefused(() -> ProbabilityMapCodec.decode(section, new GridSize(4, 5, 4)), "in a grid of");
  }

  private static void assertRefused(Runnable reading, String said) {
    var refused = assertThrows(IllegalArgumentException.class, reading::run);
    assertTrue(String.valueOf(refused.getMessage()).contains(said), refused::toString);
  }
}

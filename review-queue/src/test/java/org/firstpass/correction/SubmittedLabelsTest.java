package org.firstpass.correction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;
import org.firstpass.geometry.Axes;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.study.FrameOfReferenceUid;
import org.firstpass.study.Sha256;
import org.firstpass.volume.LabelMap;
import org.junit.jupiter.api.Test;

final class SubmittedLabelsTest {
  @Test
  void valuesAreLittleEndianWithTheColumnFastestThenRowThenSlice() throws IOException {
    var labels = new short[2 * 3 * 5];
    GridGeometry grid = grid(2, 3, 5);
    labels[grid.size().index(1, 0, 0)] = 1;
    labels[grid.size().index(0, 1, 0)] = 300;
    labels[grid.size().index(0, 0, 1)] = (short) 65535;
    var raw = new ByteArrayOutputStream();
    SubmittedLabels.writeRaw(new LabelMap(grid, labels), raw);
    var expected = new byte[60];
    expected[2] = 1;
    expected[4] = 0x2c;
    expected[5] = 0x01;
    expected[12] = (byte) 0xff;
    expected[13] = (byte) 0xff;
    assertArrayEquals(expected, raw.toByteArray());
  }

  @Test
  void whatIsWrittenIsReadBackAcrossManyBuffers() throws IOException {
    GridGeometry grid = grid(101, 53, 37);
    var labels = new short[grid.size().voxels()];
    for (int index = 0; index < labels.length; index++) {
      labels[index] = (short) (index * 31);
    }
    var map = new LabelMap(grid, labels);
    var packed = new ByteArrayOutputStream();
    SubmittedLabels.writeGzip(map, packed);
    assertTrue(map.contentEquals(read(packed.toByteArray(), grid)));
  }

  @Test
  void theDigestIsThatOfTheValuesAsTheyTravel() throws IOException {
    GridGeometry grid = grid(2, 1, 1);
    var map = new LabelMap(grid, new short[] {1, 513});
    assertEquals(Sha256.of(new byte[] {1, 0, 1, 2}), SubmittedLabels.digest(map));
  }

  @Test
  void oneValueTooFewIsRefused() throws IOException {
    assertEquals(
        "labels must have 4 values of 2 bytes (2 x 2 x 1), but end after 7 bytes",
        refusal(gzip(new byte[7])));
  }

  @Test
  void oneByteTooManyIsRefused() throws IOException {
    assertEquals(
        "labels must have 4 values of 2 bytes (2 x 2 x 1), but have more",
        refusal(gzip(new byte[9])));
  }

  @Test
  void whatIsNotGzipIsRefused() {
    assertEquals("labels must be gzip, but cannot be unpacked", refusal(new byte[8]));
  }

  @Test
  void gzipThatIsCutShortIsRefused() throws IOException {
    byte[] whole = gzip(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
    assertEquals(
        "labels must be gzip, but cannot be unpacked",
        refusal(java.util.Arrays.copyOf(whole, whole.length - 9)));
  }

  private static String refusal(byte[] bytes) {
    return String.valueOf(
        assertThrows(InconsistentSubmission.class, () -> read(bytes, grid(2, 2, 1))).getMessage());
  }

  private static LabelMap read(byte[] bytes, GridGeometry grid) {
    return SubmittedLabels.read(new ByteArrayInputStream(bytes), grid);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    }
    return packed.toByteArray();
  }

  private static GridGeometry grid(int columns, int rows, int slices) {
    return new GridGeometry(
        new FrameOfReferenceUid("1.2.3"),
        new GridSize(columns, rows, slices),
        new Vector3(0, 0, 0),
        Axes.ofPlane(new Vector3(1, 0, 0), new Vector3(0, 1, 0)),
        new Spacing(1, 1, 1));
  }
}

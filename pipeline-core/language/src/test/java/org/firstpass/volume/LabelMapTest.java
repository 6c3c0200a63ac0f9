package org.firstpass.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.firstpass.geometry.Axes;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.study.FrameOfReferenceUid;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class LabelMapTest {
  private static final GridGeometry GRID =
      new GridGeometry(
          new FrameOfReferenceUid("1.2.3"),
          new GridSize(5, 3, 2),
          new Vector3(1.5, -2.25, 1e-3),
          Axes.ofPlane(new Vector3(0.6, 0.8, 0), new Vector3(0, 0, -1)),
          new Spacing(0.5, 0.7, 3));

  @RepeatedTest(20)
  void aLabelMapComesBackFromItsBytes(RepetitionInfo repetition) {
    LabelMap map = random(repetition.getCurrentRepetition());
    byte[] bytes = LabelMapCodec.encode(map);
    LabelMap back = LabelMapCodec.decode(bytes);
    assertTrue(map.contentEquals(back));
    assertEquals(map.geometry(), back.geometry());
    assertArrayEquals(bytes, LabelMapCodec.encode(back));
  }

  @Test
  void theLabelsOfAnImageComeBackInTheirOwnSpace() {
    var image = new FrameOfReferenceUid("2.25.9");
    for (GridGeometry grid :
        List.of(
            GridGeometry.ofImage(image, new GridSize(5, 3, 2), 0.2, 0.1),
            GridGeometry.ofUncalibratedImage(image, new GridSize(5, 3, 2)))) {
      byte[] bytes = LabelMapCodec.encode(new LabelMap(grid, new short[30]));
      assertEquals(2, bytes[4], "who knows version 1 only must not take it for patient space");
      assertEquals(grid, LabelMapCodec.decode(bytes).geometry());
    }
    assertEquals(1, LabelMapCodec.encode(new LabelMap(GRID, new short[30]))[4]);
  }

  @Test
  void anImageWithoutPlaceInPatientSpaceIsNotWrittenAsNifti() {
    GridGeometry grid =
        GridGeometry.ofImage(new FrameOfReferenceUid("2.25.9"), new GridSize(5, 3, 2), 0.2, 0.1);
    var out = new ByteArrayOutputStream();
    var labels = new LabelMap(grid, new short[30]);
    assertThrows(IllegalArgumentException.class, () -> NiftiWriter.write(labels, out));
    Volume volume = Volume.ofValues(grid, new float[30]);
    assertThrows(IllegalArgumentException.class, () -> NiftiWriter.write(volume, out));
    assertEquals(0, out.size());
  }

  @Test
  void labelsKeepTheirWidth() {
    var labels = new short[30];
    labels[7] = (short) 300;
    labels[8] = (short) 65535;
    LabelMap back = LabelMapCodec.decode(LabelMapCodec.encode(new LabelMap(GRID, labels)));
    assertEquals(300, back.labelAt(2, 1, 0));
    assertEquals(65535, back.labelAt(3, 1, 0));
    assertEquals(65535, back.maxLabel());
    assertEquals(28, back.histogram()[0]);
  }

  @RepeatedTest(20)
  void labelsInBytesAreTheSameLabels(RepetitionInfo repetition) {
    var random = new Random(repetition.getCurrentRepetition());
    byte[] bytes = new byte[30];
    short[] shorts = new short[30];
    for (int i = 0; i < 30; i++) {
      bytes[i] = (byte) random.nextInt(256);
      shorts[i] = (short) (bytes[i] & 0xff);
    }
    LabelMap small = LabelMap.ofBytes(GRID, bytes);
    LabelMap wide = new LabelMap(GRID, shorts.clone());
    assertTrue(small.contentEquals(wide));
    assertTrue(wide.contentEquals(small));
    assertArrayEquals(shorts, small.toArray());
    assertArrayEquals(wide.histogram(), small.histogram());
    assertEquals(wide.maxLabel(), small.maxLabel());
    assertArrayEquals(LabelMapCodec.encode(wide), LabelMapCodec.encode(small));
    bytes[repetition.getCurrentRepetition()]++;
    assertFalse(small.contentEquals(wide));
    assertFalse(wide.contentEquals(small));
  }

  @RepeatedTest(20)
  void aRunEndsWhereTheLabelChanges(RepetitionInfo repetition) {
    var random = new Random(repetition.getCurrentRepetition());
    var grid =
        new GridGeometry(
            GRID.frameOfReference(),
            new GridSize(97, 5, 3),
            GRID.position(),
            GRID.axes(),
            GRID.spacing());
    byte[] bytes = new byte[grid.size().voxels()];
    short[] shorts = new short[bytes.length];
    int at = 0;
    while (at < bytes.length) {
      int end = Math.min(bytes.length, at + 1 + random.nextInt(1 + random.nextInt(60)));
      Arrays.fill(bytes, at, end, (byte) random.nextInt(3));
      Arrays.fill(shorts, at, end, (short) (bytes[at] + 300));
      at = end;
    }
    for (LabelMap map : List.of(LabelMap.ofBytes(grid, bytes), new LabelMap(grid, shorts))) {
      for (int start = 0; start < bytes.length; start++) {
        int end = start + 1 + random.nextInt(bytes.length - start);
        int expected = start + 1;
        while (expected < end && bytes[expected] == bytes[start]) {
          expected++;
        }
        assertEquals(expected, map.endOfRun(start, end));
      }
    }
  }

  @Test
  void damagedBytesAreRefused() {
    byte[] bytes = LabelMapCodec.encode(random(1));
    byte[] cut = Arrays.copyOf(bytes, bytes.length / 2);
    assertThrows(IllegalArgumentException.class, () -> LabelMapCodec.decode(cut));
    byte[] foreign = bytes.clone();
    foreign[0] = 'X';
    assertThrows(IllegalArgumentException.class, () -> LabelMapCodec.decode(foreign));
    byte[] newer = bytes.clone();
    newer[4] = 9;
    assertThrows(IllegalArgumentException.class, () -> LabelMapCodec.decode(newer));
  }

  @Test
  void aVolumeAndItsLabelsHaveOneGrid() {
    var stored = new short[30];
    stored[29] = (short) 0xffff;
    var signed = Volume.ofStored(GRID, stored, new Volume.StoredAs(true, 2, -10));
    assertEquals(-12, signed.valueAt(4, 2, 1));
    var unsigned = Volume.ofStored(GRID, stored.clone(), new Volume.StoredAs(false, 2, -10));
    assertEquals(131060, unsigned.valueAt(29));
    assertEquals(GRID, unsigned.withLabels(new short[30]).geometry());
    assertThrows(IllegalArgumentException.class, () -> unsigned.withLabels(new short[29]));
    assertThrows(IllegalArgumentException.class, () -> Volume.ofValues(GRID, new float[31]));
  }

  @Test
  void copiedValuesAreRescaledToo() {
    var volume =
        Volume.ofStored(
            GRID,
            new short[] {
              1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1, 2, 3, 4, 5, 6, 7, 8,
              9, 10
            },
            new Volume.StoredAs(true, 0.5, 1));
    var target = new float[4];
    volume.copyTo(8, target, 1, 3);
    assertArrayEquals(new float[] {0, 5.5f, 6, 1.5f}, target);
  }

  @Test
  void labelMapsOnDifferentGridsAreNotEqual() {
    var elsewhere =
        new GridGeometry(
            GRID.frameOfReference(),
            GRID.size(),
            new Vector3(0, 0, 0),
            GRID.axes(),
            GRID.spacing());
    assertFalse(
        new LabelMap(GRID, new short[30]).contentEquals(new LabelMap(elsewhere, new short[30])));
  }

  private static LabelMap random(long seed) {
    var random = new Random(seed);
    var labels = new short[30];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (short) (random.nextInt(3) == 0 ? random.nextInt(65536) : 2);
    }
    return new LabelMap(GRID, labels);
  }
}

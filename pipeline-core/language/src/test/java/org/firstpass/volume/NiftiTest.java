package org.firstpass.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.firstpass.geometry.Axes;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.study.FrameOfReferenceUid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NiftiTest {
  private static final FrameOfReferenceUid FRAME = new FrameOfReferenceUid("1.2.3");
  private static final int SFORM = 280;
  private static final int QFORM_CODE = 252;
  private static final int SFORM_CODE = 254;

  /** Coronal: columns to the left, rows to the feet, slices to the back. */
  private static final GridGeometry CORONAL =
      new GridGeometry(
          FRAME,
          new GridSize(2, 3, 5),
          new Vector3(10, 20, 30),
          new Axes(new Vector3(1, 0, 0), new Vector3(0, 0, -1), new Vector3(0, 1, 0)),
          new Spacing(0.5, 0.75, 3));

  @TempDir Path folder;

  @Test
  void theMatrixIsInRightAnteriorSuperior() {
    ByteBuffer file = header(write(ramp(CORONAL)));
    float[] expected = {-0.5f, 0, 0, -10, 0, 0, -3, -20, 0, -0.75f, 0, 30};
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], file.getFloat(SFORM + 4 * i), "srow value " + i);
    }
  }

  @Test
  void valuesLieSliceByRowByColumnWithColumnsFastest() {
    byte[] file = write(ramp(CORONAL));
    assertEquals(352 + 2 * 30, file.length);
    ByteBuffer values = header(file);
    int at = 352 + 2 * CORONAL.size().index(1, 2, 3);
    assertEquals(3 * 6 + 2 * 2 + 1, values.getShort(at));
  }

  @Test
  void anObliqueVolumeComesBackOnItsGridByEitherForm() throws IOException {
    var random = new Random(7);
    for (int trial = 0; trial < 200; trial++) {
      GridGeometry geometry = randomGeometry(random);
      Volume volume = ramp(geometry);
      byte[] file = write(volume);
      assertSame(volume, read(file));
      byte[] qformOnly = file.clone();
      header(qformOnly).putShort(SFORM_CODE, (short) 0);
      assertSame(volume, read(qformOnly));
    }
  }

  @Test
  void halfTurnsComeBackByTheQform() throws IOException {
    double[][] signs = {{1, -1, -1}, {-1, 1, -1}, {-1, -1, 1}, {1, 1, 1}, {-1, -1, -1}};
    for (double[] sign : signs) {
      var axes =
          new Axes(
              new Vector3(sign[0], 0, 0), new Vector3(0, sign[1], 0), new Vector3(0, 0, sign[2]));
      var geometry =
          new GridGeometry(FRAME, CORONAL.size(), CORONAL.position(), axes, CORONAL.spacing());
      byte[] file = write(ramp(geometry));
      header(file).putShort(SFORM_CODE, (short) 0);
      assertSame(ramp(geometry), read(file));
    }
  }

  @Test
  void wholeValuesAreWrittenAsShortAndOthersAsFloat() throws IOException {
    float[] values = new float[30];
    values[4] = -1024;
    assertEquals(4, header(write(Volume.ofValues(CORONAL, values.clone()))).getShort(70));
    values[5] = 0.25f;
    byte[] floats = write(Volume.ofValues(CORONAL, values.clone()));
    assertEquals(16, header(floats).getShort(70));
    assertEquals(0.25f, read(floats).valueAt(5));
    values[5] = 40000;
    assertEquals(16, header(write(Volume.ofValues(CORONAL, values.clone()))).getShort(70));
  }

  @Test
  void aTypeThatDoesNotHoldTheValuesIsRefused() {
    var values = new float[30];
    values[3] = -1;
    Volume volume = Volume.ofValues(CORONAL, values);
    assertThrows(
        IllegalArgumentException.class,
        () -> NiftiWriter.write(volume, NiftiType.UINT8, new ByteArrayOutputStream()));
  }

  @Test
  void unsignedTypesKeepTheirUpperHalf() throws IOException {
    var values = new float[30];
    values[3] = 200;
    Volume volume = Volume.ofValues(CORONAL, values);
    for (NiftiType type : new NiftiType[] {NiftiType.UINT8, NiftiType.UINT16}) {
      var out = new ByteArrayOutputStream();
      NiftiWriter.write(volume, type, out);
      assertEquals(200, read(out.toByteArray()).valueAt(3));
    }
  }

  @Test
  void labelsKeepTheirWidth() throws IOException {
    short[] labels = new short[30];
    labels[7] = 255;
    assertEquals(2, labelFile(labels).getShort(70));
    labels[8] = 300;
    labels[9] = (short) 65535;
    ByteBuffer file = labelFile(labels);
    assertEquals(512, file.getShort(70));
    LabelMap map = NiftiReader.readLabelMap(new ByteArrayInputStream(file.array()), FRAME);
    assertArrayEquals(labels, map.toArray());
  }

  @Test
  void bigEndianFilesAndScaledValuesAreRead() throws IOException {
    ByteBuffer source = header(write(ramp(CORONAL)));
    ByteBuffer file = ByteBuffer.allocate(source.capacity()).order(ByteOrder.BIG_ENDIAN);
    file.putInt(0, 348);
    for (int at = 40; at < 56; at += 2) {
      file.putShort(at, source.getShort(at));
    }
    file.putShort(70, (short) 4).putFloat(108, 352).putFloat(112, 2).putFloat(116, -3);
    file.putShort(SFORM_CODE, (short) 1);
    for (int at = SFORM; at < 328; at += 4) {
      file.putFloat(at, source.getFloat(at));
    }
    file.put(344, new byte[] {'n', '+', '1', 0});
    for (int at = 352; at < file.capacity(); at += 2) {
      file.putShort(at, source.getShort(at));
    }
    Volume read = read(file.array());
    assertTrue(read.geometry().isSameGridAs(CORONAL));
    assertEquals(2 * 29 - 3, read.valueAt(29));
  }

  @Test
  void gzippedFilesAreTheSameBytesEveryTimeAndReadBack() throws IOException {
    var size = new GridSize(256, 256, 20);
    var geometry =
        new GridGeometry(FRAME, size, CORONAL.position(), CORONAL.axes(), CORONAL.spacing());
    var random = new Random(3);
    float[] values = new float[size.voxels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(2000) - 1000;
    }
    Volume volume = Volume.ofValues(geometry, values);
    Path first = folder.resolve("first.nii.gz");
    Path second = folder.resolve("second.nii.gz");
    NiftiWriter.write(volume, first);
    NiftiWriter.write(volume, second);
    assertEquals(-1, Files.mismatch(first, second));
    try (var unzipped = new GZIPInputStream(Files.newInputStream(first))) {
      assertArrayEquals(write(volume), unzipped.readAllBytes());
    }
    assertSame(volume, NiftiReader.readVolume(first, FRAME));
  }

  @Test
  void anEmptyGzipStreamIsOne() throws IOException {
    var out = new ByteArrayOutputStream();
    new ParallelGzipStream(out).close();
    assertEquals(-1, new GZIPInputStream(new ByteArrayInputStream(out.toByteArray())).read());
  }

  @Test
  void whatIsNotOneVolumeInSpaceIsRefused() {
    byte[] good = write(ramp(CORONAL));
    assertRefused(good, file -> file.put(344, (byte) 'x'), "magic");
    assertRefused(good, file -> file.putInt(0, 540), "header");
    assertRefused(good, file -> file.putShort(40, (short) 4).putShort(48, (short) 2), "dimensions");
    assertRefused(good, file -> file.putShort(70, (short) 128), "data type");
    assertRefused(
        good,
        file -> file.putShort(SFORM_CODE, (short) 0).putShort(QFORM_CODE, (short) 0),
        "neither");
    assertRefused(good, file -> file.putFloat(SFORM + 4, 0.5f), "orthogonal");
    assertThrows(IllegalArgumentException.class, () -> read(new byte[100]));
    assertThrows(EOFException.class, () -> read(Arrays.copyOf(good, good.length - 1)));
  }

  @Test
  void aFractionIsNoLabel() {
    float[] values = new float[30];
    values[2] = 0.5f;
    byte[] file = write(Volume.ofValues(CORONAL, values));
    assertThrows(
        IllegalArgumentException.class,
        () -> NiftiReader.readLabelMap(new ByteArrayInputStream(file), FRAME));
  }

  private interface Damage {
    void to(ByteBuffer file);
  }

  private static void assertRefused(byte[] good, Damage damage, String word) {
    byte[] bad = good.clone();
    damage.to(header(bad));
    var refusal = assertThrows(IllegalArgumentException.class, () -> read(bad));
    assertTrue(String.valueOf(refusal.getMessage()).contains(word), refusal.toString());
  }

  private static void assertSame(Volume expected, Volume found) {
    assertTrue(
        found.geometry().isSameGridAs(expected.geometry()),
        () -> expected.geometry() + " became " + found.geometry());
    for (int i = 0; i < expected.geometry().size().voxels(); i++) {
      assertEquals(expected.valueAt(i), found.valueAt(i));
    }
  }

  private static GridGeometry randomGeometry(Random random) {
    Vector3 column = randomVector(random).normalized();
    Vector3 row = column.cross(randomVector(random)).normalized();
    Vector3 slice = column.cross(row).times(random.nextBoolean() ? 1 : -1);
    return new GridGeometry(
        FRAME,
        CORONAL.size(),
        randomVector(random).times(300),
        new Axes(column, row, slice),
        new Spacing(
            0.3 + random.nextDouble(), 0.3 + random.nextDouble(), 0.5 + 5 * random.nextDouble()));
  }

  private static Vector3 randomVector(Random random) {
    return new Vector3(random.nextGaussian(), random.nextGaussian(), random.nextGaussian());
  }

  private static Volume ramp(GridGeometry geometry) {
    float[] values = new float[geometry.size().voxels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    return Volume.ofValues(geometry, values);
  }

  private static ByteBuffer labelFile(short[] labels) throws IOException {
    var out = new ByteArrayOutputStream();
    NiftiWriter.write(new LabelMap(CORONAL, labels.clone()), out);
    return header(out.toByteArray());
  }

  private static byte[] write(Volume volume) {
    var out = new ByteArrayOutputStream();
    try {
      NiftiWriter.write(volume, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static Volume read(byte[] file) throws IOException {
    return NiftiReader.readVolume(new ByteArrayInputStream(file), FRAME);
  }

  private static ByteBuffer header(byte[] file) {
    return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
  }
}

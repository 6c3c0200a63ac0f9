package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.io.DicomInputStream;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.Vector3;
import org.firstpass.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CtSeriesWriterTest {
  private final GridGeometry grid = TestCt.oblique(5, 3, 4);

  @Test
  void writesTheSameBytesForTheSameInput() {
    List<byte[]> first = CtSeriesWriter.write(TestCt.DESCRIPTION, TestCt.counting(grid));
    List<byte[]> second = CtSeriesWriter.write(TestCt.DESCRIPTION, TestCt.counting(grid));
    for (int slice = 0; slice < 4; slice++) {
      assertArrayEquals(first.get(slice), second.get(slice));
    }
  }

  @Test
  void placesEverySliceWhereTheGridHasIt() throws Exception {
    List<byte[]> files = CtSeriesWriter.write(TestCt.DESCRIPTION, TestCt.counting(grid));
    for (int slice = 0; slice < 4; slice++) {
      Attributes attributes = read(files.get(slice));
      double[] position = attributes.getDoubles(Tag.ImagePositionPatient);
      Vector3 expected = grid.toPatient(0, 0, slice);
      assertArrayEquals(new double[] {expected.x(), expected.y(), expected.z()}, position, 1e-9);
      // Pixel Spacing is row spacing first.
      assertArrayEquals(new double[] {0.9, 0.7}, attributes.getDoubles(Tag.PixelSpacing));
      assertEquals(slice + 1, attributes.getInt(Tag.InstanceNumber, 0));
    }
  }

  @Test
  void storesHounsfieldUnitsWithinHalfAUnit() throws Exception {
    Volume volume = TestCt.counting(grid);
    Attributes attributes = read(CtSeriesWriter.write(TestCt.DESCRIPTION, volume).get(2));
    int[] stored = attributes.getInts(Tag.PixelData);
    double intercept = attributes.getDouble(Tag.RescaleIntercept, 0);
    for (int i = 0; i < stored.length; i++) {
      assertEquals(volume.valueAt(2 * 15 + i), (stored[i] & 0xffff) + intercept, 0.5);
    }
  }

  @Test
  void clampsWhatTheStoredValuesCannotHold() throws Exception {
    float[] values = new float[60];
    values[0] = -5000;
    values[1] = 100_000;
    Attributes attributes =
        read(CtSeriesWriter.write(TestCt.DESCRIPTION, Volume.ofValues(grid, values)).get(0));
    byte[] stored = attributes.getBytes(Tag.PixelData);
    assertArrayEquals(
        new byte[] {0, 0, -1, -1}, new byte[] {stored[0], stored[1], stored[2], stored[3]});
  }

  @Test
  void isNotTakenForAnOutputOfOurs() {
    byte[] file = CtSeriesWriter.write(TestCt.DESCRIPTION, TestCt.counting(grid)).get(0);
    InstanceHeader header = InstanceHeader.read(() -> new ByteArrayInputStream(file));
    assertEquals(TestCt.DESCRIPTION.reference(), header.reference());
    assertEquals(new PatientIdentity("", "ID-4711"), header.patient());
    assertEquals("CT", header.modality());
  }

  @Test
  void passesTheIndependentChecker(@TempDir Path folder) throws Exception {
    DebianTool checker = DebianTool.require("dciodvfy");
    for (Path file : TestCt.files(folder, grid)) {
      DebianTool.Result result = checker.run(file);
      assertTrue(result.output().contains("CTImage"), result.output());
      assertEquals(List.of(), result.linesStartingWith("Error"));
    }
  }

  private static Attributes read(byte[] file) throws Exception {
    try (var in = new DicomInputStream(new ByteArrayInputStream(file))) {
      return in.readDataset(-1, -1);
    }
  }
}

package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.io.DicomInputStream;
import org.firstpass.geometry.Vector3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParametricMapWriterTest {
  private static final SourceSeries SOURCE =
      SegmentationRoundTripTest.source(TestCt.oblique(23, 37, 5));

  @TempDir private Path folder;

  @Test
  void keepsEveryValueInItsOrder() throws Exception {
    Attributes map = read();
    assertEquals(16, map.getInt(Tag.BitsAllocated, 0));
    assertEquals(5, map.getInt(Tag.NumberOfFrames, 0));
    var pixels = ByteBuffer.wrap(map.getBytes(Tag.PixelData)).order(ByteOrder.LITTLE_ENDIAN);
    int voxels = 23 * 37 * 5;
    assertEquals(2 * voxels, pixels.remaining());
    for (int i = 0; i < voxels; i++) {
      assertEquals(i * 7 & 0xff, pixels.getShort(2 * i), "voxel " + i);
    }
  }

  @Test
  void placesAFrameWhereEachSliceLies() throws Exception {
    Sequence frames = read().getSequence(Tag.PerFrameFunctionalGroupsSequence);
    for (int slice = 0; slice < 5; slice++) {
      Vector3 expected = SOURCE.geometry().toPatient(0, 0, slice);
      assertArrayEquals(
          new double[] {expected.x(), expected.y(), expected.z()},
          frames
              .get(slice)
              .getNestedDataset(Tag.PlanePositionSequence)
              .getDoubles(Tag.ImagePositionPatient),
          1e-6);
      assertEquals(
          SOURCE.frames().get(slice).instance().value(),
          frames
              .get(slice)
              .getNestedDataset(Tag.DerivationImageSequence)
              .getNestedDataset(Tag.SourceImageSequence)
              .getString(Tag.ReferencedSOPInstanceUID));
    }
  }

  @Test
  void saysWhatItsValuesMean() throws Exception {
    Attributes mapping =
        read()
            .getNestedDataset(Tag.SharedFunctionalGroupsSequence)
            .getNestedDataset(Tag.RealWorldValueMappingSequence);
    assertEquals(0, mapping.getInt(Tag.RealWorldValueFirstValueMapped, -1));
    assertEquals(255, mapping.getInt(Tag.RealWorldValueLastValueMapped, -1));
    // 255 is an entropy of 1.
    assertEquals(1, 255 * mapping.getDouble(Tag.RealWorldValueSlope, 0), 1e-12);
    assertEquals(0, mapping.getDouble(Tag.RealWorldValueIntercept, -1));
    assertEquals(
        "1", mapping.getNestedDataset(Tag.MeasurementUnitsCodeSequence).getString(Tag.CodeValue));
  }

  @Test
  void writesTheSameBytesForTheSameInput() {
    assertArrayEquals(TestReports.writeMap(SOURCE), TestReports.writeMap(SOURCE));
  }

  @Test
  void refusesValuesOfAnotherGrid() {
    var content = ParametricMapContent.uncertainty(TestReports.identity(820));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            ParametricMapWriter.write(
                SOURCE, new byte[23 * 37 * 4], content, new ByteArrayOutputStream()));
  }

  @Test
  void isValidForAToolThatWasNotWrittenHere() throws Exception {
    Path file = Files.write(folder.resolve("map.dcm"), TestReports.writeMap(SOURCE));
    DebianTool.Result checked = DebianTool.require("dciodvfy").run(file);
    assertEquals(List.of(), checked.linesStartingWith("Error"), checked.output());
  }

  private static Attributes read() throws Exception {
    try (var in = new DicomInputStream(new ByteArrayInputStream(TestReports.writeMap(SOURCE)))) {
      return in.readDataset(-1, -1);
    }
  }
}

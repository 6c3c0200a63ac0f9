package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.geometry.Axes;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.segment.SegmentAlgorithmType;
import org.firstpass.study.FrameOfReferenceUid;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.Mask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StructureSetRoundTripTest {
  @ParameterizedTest
  @CsvSource({"5,3,4", "23,38,3", "1,1,9", "40,31,8", "7,9,2", "2,1,2"})
  void bringsEveryVoxelBack(int columns, int rows, int slices) {
    SourceSeries source = SegmentationRoundTripTest.source(TestCt.oblique(columns, rows, slices));
    for (long seed = 0; seed < 20; seed++) {
      for (LabelMap labels :
          List.of(
              TestSegments.blobs(source.geometry(), seed),
              TestSegments.noise(source.geometry(), seed),
              holes(source.geometry(), seed),
              diagonals(source.geometry(), seed))) {
        Written written = write(source, labels);
        assertBringsBack(written, labels, "seed " + seed);
      }
    }
  }

  /** Axes of the patient and across, slices growing either way, tiny and huge voxels. */
  @ParameterizedTest
  @CsvSource({
    "1,0,0,0,1,0,0.7,0.7,2.5,0,0,0",
    "1,0,0,0,-1,0,0.9765625,0.9765625,5,-249.51171875,-433.51171875,1843.6",
    "0,1,0,0,0,-1,1.3333333,0.6666667,3.3,-17.123456,88.5,-9000.25",
    "0.8,0.6,0,0,0,-1,0.0031,0.0029,0.02,12.5,0.001,-3",
    "-1,0,0,0,1,0,12.7,13.1,40,-1234.5,999.75,-20000"
  })
  void bringsEveryVoxelBackOnGridsOfAllKinds(
      double cx,
      double cy,
      double cz,
      double rx,
      double ry,
      double rz,
      double column,
      double row,
      double slice,
      double x,
      double y,
      double z) {
    var grid =
        new GridGeometry(
            new FrameOfReferenceUid("2.25.13"),
            new GridSize(19, 13, 7),
            new Vector3(x, y, z),
            Axes.ofPlane(new Vector3(cx, cy, cz), new Vector3(rx, ry, rz)),
            new Spacing(column, row, slice));
    SourceSeries source = SegmentationRoundTripTest.source(grid);
    for (long seed = 0; seed < 10; seed++) {
      LabelMap labels = TestSegments.noise(source.geometry(), seed);
      Written written = write(source, labels);
      assertBringsBack(written, labels, "seed " + seed);
      assertTrue(
          written.fidelity.largestDistanceMm() < 2e-4 * Math.min(column, row),
          "seed " + seed + ": " + written.fidelity.largestDistanceMm());
    }
  }

  @Test
  void liesByPositionOnAGridThatRunsTheOtherWay() {
    SourceSeries source = SegmentationRoundTripTest.source(TestCt.oblique(23, 38, 5));
    GridGeometry grid = source.geometry();
    LabelMap labels = TestSegments.blobs(grid, 5);
    GridSize size = grid.size();
    var reversed =
        new GridGeometry(
            grid.frameOfReference(),
            size,
            grid.toPatient(size.columns() - 1, size.rows() - 1, size.slices() - 1),
            new Axes(
                grid.axes().column().times(-1),
                grid.axes().row().times(-1),
                grid.axes().slice().times(-1)),
            grid.spacing());
    LabelMap mapped = write(source, labels).read().toLabelMap(reversed, TestSegments.SCHEMA);
    for (int i = 0; i < size.voxels(); i++) {
      assertEquals(labels.labelAt(i), mapped.labelAt(size.voxels() - 1 - i));
    }
  }

  @Test
  void aSingleVoxelIsTheSquareAroundItInThePlaneOfItsImage() throws Exception {
    SourceSeries source = SegmentationRoundTripTest.source(TestCt.oblique(5, 3, 4));
    GridGeometry grid = source.geometry();
    short[] labels = new short[60];
    labels[grid.size().index(3, 1, 2)] = 7;
    Attributes attributes =
        TestStructureSet.attributes(write(source, new LabelMap(grid, labels)).file);
    Attributes contour =
        attributes.getNestedDataset(Tag.ROIContourSequence).getNestedDataset(Tag.ContourSequence);
    assertEquals("CLOSED_PLANAR", contour.getString(Tag.ContourGeometricType));
    assertEquals(4, contour.getInt(Tag.NumberOfContourPoints, 0));
    double[] data = contour.getDoubles(Tag.ContourData);
    double[][] corners = {{2.5, 0.5}, {3.5, 0.5}, {3.5, 1.5}, {2.5, 1.5}};
    for (int i = 0; i < 4; i++) {
      Vector3 expected = grid.toPatient(corners[i][0], corners[i][1], 2);
      assertEquals(expected.x(), data[3 * i], 1e-5);
      assertEquals(expected.y(), data[3 * i + 1], 1e-5);
      assertEquals(expected.z(), data[3 * i + 2], 1e-5);
    }
    Attributes image = contour.getNestedDataset(Tag.ContourImageSequence);
    assertEquals(
        source.frames().get(2).instance().value(), image.getString(Tag.ReferencedSOPInstanceUID));
  }

  @Test
  void saysWhatItsRegionsAreAndWhoMadeThem() {
    SourceSeries source = SegmentationRoundTripTest.source(TestCt.oblique(23, 38, 5));
    StructureSet read = write(source, TestSegments.noise(source.geometry(), 3)).read();
    assertEquals(Set.of(TestCt.DESCRIPTION.reference().series()), read.referencedSeries());
    assertEquals(TestCt.DESCRIPTION.reference().study(), read.study());
    List<RegionOfInterest> regions = read.regions();
    assertEquals(List.of(2, 7, 300), regions.stream().map(RegionOfInterest::number).toList());
    assertEquals(
        List.of("Liver", "Left kidney", "Right kidney"),
        regions.stream().map(RegionOfInterest::name).toList());
    assertEquals(
        List.of(
            Optional.of(SegmentAlgorithmType.AUTOMATIC),
            Optional.of(SegmentAlgorithmType.SEMIAUTOMATIC),
            Optional.of(SegmentAlgorithmType.MANUAL)),
        regions.stream().map(RegionOfInterest::madeBy).toList());
    RegionOfInterest kidney = regions.get(1);
    assertEquals(TestSegments.SCHEMA.segments().get(0).type(), kidney.type().orElseThrow());
    assertEquals("Left", kidney.modifier().orElseThrow().meaning());
    assertEquals("123037004", kidney.category().orElseThrow().value());
    assertEquals("#00ff00", kidney.colour());
    assertEquals("Reader^Test", kidney.interpreter());
  }

  @Test
  void statesItsRoundTripInTheObject() throws Exception {
    SourceSeries source = SegmentationRoundTripTest.source(TestCt.oblique(23, 38, 5));
    LabelMap labels = TestSegments.noise(source.geometry(), 3);
    Written written = write(source, labels);
    Sequence regions =
        TestStructureSet.attributes(written.file).getSequence(Tag.StructureSetROISequence);
    assertEquals(3, written.fidelity.regions().size());
    for (int i = 0; i < 3; i++) {
      ContourFidelity.OfRegion region = written.fidelity.regions().get(i);
      assertEquals(labels.histogram()[region.number()], region.voxels());
      assertEquals(0, region.voxelsDiffering());
      assertEquals(1, region.dice());
      assertTrue(region.largestDistanceMm() > 0 && region.largestDistanceMm() < 1e-5);
      assertEquals(region.description(), regions.get(i).getString(Tag.ROIDescription));
      double volume = region.voxels() * 0.7 * 0.9 * 2.5 / 1000;
      assertEquals(volume, regions.get(i).getDouble(Tag.ROIVolume, 0), 1e-9);
    }
  }

  @Test
  void contoursThatDoNotStandForEveryVoxelAreFoundOut() {
    SourceSeries source = SegmentationRoundTripTest.source(TestCt.oblique(5, 3, 4));
    GridSize size = source.geometry().size();
    short[] values = new short[60];
    values[size.index(1, 1, 0)] = 7;
    values[size.index(2, 1, 0)] = 7;
    values[size.index(4, 1, 3)] = 7;
    var labels = new LabelMap(source.geometry(), values);
    LabelRuns runs = LabelRuns.of(labels, TestSegments.SCHEMA.segments());
    var written = WrittenContours.of(source, runs, 0, new ContourBudget());
    List<WrittenContour> contours = written.contours();
    assertEquals(2, contours.size());
    assertEquals(0, written.fidelity(labels, 7).voxelsDiffering());
    // Without the voxel of slice 3, which is two columns and three slices from the nearest.
    ContourFidelity.OfRegion lost = written.fidelity(contours.subList(0, 1), labels, 7);
    assertEquals(3, lost.voxels());
    assertEquals(1, lost.voxelsDiffering());
    assertEquals(0.8, lost.dice(), 1e-12);
    assertEquals(Math.hypot(2 * 0.7, 3 * 2.5), lost.largestDistanceMm(), 1e-9);
    assertTrue(lost.description().contains("1 of 3 voxels (Dice 0.800000)"), lost.description());
    ContourFidelity.OfRegion all = written.fidelity(List.of(), labels, 7);
    assertEquals(0, all.dice());
    assertEquals(Double.POSITIVE_INFINITY, all.largestDistanceMm());
  }

  @Test
  void aSegmentWithoutVoxelsHasNoRegionUnlessNoneHasAny() {
    SourceSeries source = SegmentationRoundTripTest.source(TestCt.oblique(5, 3, 4));
    short[] labels = new short[60];
    Written nothing = write(source, new LabelMap(source.geometry(), labels.clone()));
    assertEquals(List.of(), ObjectChecker.check(() -> new ByteArrayInputStream(nothing.file)));
    assertEquals(List.of(300), numbers(nothing.read()));
    assertTrue(nothing.read().mask(300, source.geometry()).mask().isEmpty());
    labels[7] = 2;
    assertEquals(
        List.of(2), numbers(write(source, new LabelMap(source.geometry(), labels)).read()));
  }

  @Test
  void writesTheSameBytesForTheSameInput() {
    SourceSeries source = SegmentationRoundTripTest.source(TestCt.oblique(64, 48, 20));
    LabelMap labels = TestSegments.noise(source.geometry(), 1);
    assertArrayEquals(write(source, labels).file, write(source, labels).file);
  }

  @Test
  void noValueIsTooLongForADecimalStringOrAnExplicitTransferSyntax() throws Exception {
    SourceSeries source = SegmentationRoundTripTest.source(TestCt.oblique(300, 200, 2));
    LabelMap labels = maze(source.geometry());
    Written written = write(source, labels);
    assertBringsBack(written, labels, "maze");
    int longest = 0;
    for (Attributes contour :
        TestStructureSet.attributes(written.file)
            .getNestedDataset(Tag.ROIContourSequence)
            .getSequence(Tag.ContourSequence)) {
      longest = Math.max(longest, contour.getBytes(Tag.ContourData).length);
      for (String number : contour.getStrings(Tag.ContourData)) {
        assertTrue(number.length() <= 16, number);
      }
    }
    assertTrue(longest > 10_000 && longest <= 65_534, "longest value: " + longest);
  }

  @Test
  void doesNotComeBackAsInput() {
    SourceSeries source = SegmentationRoundTripTest.source(TestCt.oblique(5, 3, 4));
    byte[] file = write(source, TestSegments.blobs(source.geometry(), 3)).file;
    var refused =
        assertThrows(
            StudyRefused.class, () -> InstanceHeader.read(() -> new ByteArrayInputStream(file)));
    assertEquals(ReasonCode.OWN_OUTPUT, refused.code());
  }

  @Test
  void refusesToWriteNoise() {
    SourceSeries source = SegmentationRoundTripTest.source(TestCt.oblique(512, 512, 4));
    LabelMap labels = TestSegments.noise(source.geometry(), 1);
    var refused = assertThrows(StudyRefused.class, () -> write(source, labels));
    assertEquals(ReasonCode.TOO_LARGE, refused.code());
  }

  @Test
  void refusesToWriteALabelThatTheSchemaDoesNotHaveOrOnAnotherGrid() {
    SourceSeries source = SegmentationRoundTripTest.source(TestCt.oblique(5, 3, 4));
    short[] labels = new short[60];
    labels[59] = 9;
    var map = new LabelMap(source.geometry(), labels);
    assertThrows(Defect.class, () -> write(source, map));
    LabelMap other = TestSegments.blobs(TestCt.oblique(5, 4, 4), 1);
    assertThrows(IllegalArgumentException.class, () -> write(source, other));
  }

  @Test
  void refusesAFileThatWasCutOffOrChanged() {
    SourceSeries source = SegmentationRoundTripTest.source(TestCt.oblique(23, 38, 5));
    byte[] file = write(source, TestSegments.blobs(source.geometry(), 5)).file;
    for (int length = 200; length < file.length; length += 97) {
      byte[] cut = Arrays.copyOf(file, length);
      assertThrows(
          StudyRefused.class,
          () -> StructureSetReader.read(() -> new ByteArrayInputStream(cut)),
          "cut to " + length);
    }
    for (long seed = 0; seed < 3000; seed++) {
      var random = new Random(seed);
      byte[] changed = file.clone();
      for (int i = 0; i < 1 + seed % 4; i++) {
        changed[300 + random.nextInt(changed.length - 300)] = (byte) random.nextInt();
      }
      assertReadOrRefused(changed, source.geometry(), "seed " + seed);
    }
  }

  private static void assertReadOrRefused(byte[] file, GridGeometry grid, String message) {
    try {
      StructureSet read = StructureSetReader.read(() -> new ByteArrayInputStream(file));
      for (int number : numbers(read)) {
        assertFalse(read.mask(number, grid).mask().voxels() < 0, message);
      }
    } catch (StudyRefused refused) {
      assertEquals(ReasonCode.Kind.REFUSED, refused.code().kind(), message);
    } catch (RuntimeException e) {
      throw new AssertionError(message, e);
    }
  }

  private static void assertBringsBack(Written written, LabelMap labels, String message) {
    StructureSet read = written.read();
    assertEquals(
        List.of(), ObjectChecker.check(() -> new ByteArrayInputStream(written.file)), message);
    assertEquals(0, written.fidelity.voxelsDiffering(), message);
    assertTrue(
        read.toLabelMap(labels.geometry(), TestSegments.SCHEMA).contentEquals(labels), message);
    for (RegionOfInterest region : read.regions()) {
      Mask expected = Mask.of(labels, region.number());
      assertTrue(
          read.mask(region.number(), labels.geometry()).mask().contentEquals(expected), message);
    }
  }

  private static List<Integer> numbers(StructureSet read) {
    return read.regions().stream().map(RegionOfInterest::number).toList();
  }

  /** Rings within rings, with islands in the holes. */
  private static LabelMap holes(GridGeometry grid, long seed) {
    var random = new Random(seed);
    double width = 1.5 + 4 * random.nextDouble();
    int[] labels = {0, 2, 0, 7, 2, 300};
    short[] values = new short[grid.size().voxels()];
    for (int i = 0; i < values.length; i++) {
      int column = i % grid.size().columns() - grid.size().columns() / 3;
      int row = i / grid.size().columns() % grid.size().rows() - grid.size().rows() / 2;
      int slice = i / grid.size().voxelsPerSlice();
      int ring = (int) ((Math.hypot(column, row * 1.4) + slice) / width);
      values[i] = (short) labels[(int) ((ring + seed) % labels.length)];
    }
    return new LabelMap(grid, values);
  }

  /** Lines one voxel thick that touch themselves at corners only. */
  private static LabelMap diagonals(GridGeometry grid, long seed) {
    short[] values = new short[grid.size().voxels()];
    for (int i = 0; i < values.length; i++) {
      int column = i % grid.size().columns();
      int row = i / grid.size().columns() % grid.size().rows();
      int slice = i / grid.size().voxelsPerSlice();
      if ((column + row * (seed % 2 == 0 ? 1 : -1) + slice + 1000) % (3 + seed % 4) == 0) {
        values[i] = (short) (slice % 2 == 0 ? 7 : 300);
      }
    }
    return new LabelMap(grid, values);
  }

  /** One connected comb: more corners than fit into one value. */
  private static LabelMap maze(GridGeometry grid) {
    short[] values = new short[grid.size().voxels()];
    List<Integer> marked = new ArrayList<>();
    for (int row = 0; row < grid.size().rows(); row++) {
      for (int column = 0; column < grid.size().columns(); column++) {
        if (column % 2 == 0 ? row % 7 != 3 : row % 4 == 1) {
          marked.add(grid.size().index(column, row, 1));
        }
      }
    }
    marked.forEach(at -> values[at] = 2);
    return new LabelMap(grid, values);
  }

  private static final class Written {
    private final byte[] file;
    private final ContourFidelity fidelity;

    Written(byte[] file, ContourFidelity fidelity) {
      this.file = file;
      this.fidelity = fidelity;
    }

    StructureSet read() {
      return StructureSetReader.read(() -> new ByteArrayInputStream(file));
    }
  }

  private static Written write(SourceSeries source, LabelMap labels) {
    var out = new ByteArrayOutputStream();
    ContourFidelity fidelity =
        StructureSetWriter.write(source, labels, TestSegments.content(), out);
    return new Written(out.toByteArray(), fidelity);
  }
}

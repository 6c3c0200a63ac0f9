package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.firstpass.geometry.Axes;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.study.FrameOfReferenceUid;
import org.firstpass.volume.LabelMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What programs that were not written here say of our structure sets. */
class StructureSetToolsTest {
  /** Enough for geometry; decoding a whole series takes a while. */
  private static final int MOST_SLICES = 100;

  /**
   * Fills every contour on the image that it refers to, by that image's own position, orientation
   * and spacing, and counts how many voxels differ from the labels.
   */
  private static final String FILL =
      """
      import sys
      import numpy, pydicom
      from skimage.draw import polygon2mask

      structures, labels, *images = sys.argv[1:]
      images = [pydicom.dcmread(image, stop_before_pixels=True) for image in images]
      order = {image.SOPInstanceUID: slice for slice, image in enumerate(images)}
      shape = (images[0].Rows, images[0].Columns)
      labels = numpy.fromfile(labels, '<u2').reshape(len(images), *shape)
      structures = pydicom.dcmread(structures)
      for region in structures.ROIContourSequence:
          filled = numpy.zeros(labels.shape, bool)
          united = numpy.zeros(labels.shape, bool)
          off = 0
          for contour in region.ContourSequence:
              assert contour.ContourGeometricType == 'CLOSED_PLANAR'
              points = numpy.array(contour.ContourData, float).reshape(-1, 3)
              assert len(points) == contour.NumberOfContourPoints
              slice = order[contour.ContourImageSequence[0].ReferencedSOPInstanceUID]
              image = images[slice]
              column, row = numpy.array(image.ImageOrientationPatient, float).reshape(2, 3)
              offset = points - numpy.array(image.ImagePositionPatient, float)
              off = max(off, numpy.abs(offset @ numpy.cross(column, row)).max())
              rows = offset @ row / float(image.PixelSpacing[0])
              columns = offset @ column / float(image.PixelSpacing[1])
              inside = polygon2mask(shape, numpy.stack([rows, columns], axis=1))
              filled[slice] ^= inside
              united[slice] |= inside
          label = labels == region.ReferencedROINumber
          print('region', region.ReferencedROINumber, 'voxels', label.sum(), 'xor differs',
                (filled ^ label).sum(), 'or differs', (united ^ label).sum(),
                'in plane' if off < 1e-3 else 'off plane by %g mm' % off)
      """;

  @TempDir private Path folder;

  @Test
  void theyFindNoErrorInIt() throws Exception {
    SourceSeries source = SegmentationRoundTripTest.source(TestCt.oblique(23, 38, 5));
    Path file = write(source, TestSegments.noise(source.geometry(), 4));
    assertEquals(List.of(), conformanceErrors(file));
    SourceSeries other = SegmentationRoundTripTest.source(TestCt.oblique(5, 3, 4));
    Path empty = write(other, new LabelMap(other.geometry(), new short[60]));
    assertEquals(List.of(), conformanceErrors(empty));
  }

  @Test
  void dcmtkReadsItAndWhatDcmtkMakesOfItIsReadBack() throws Exception {
    SourceSeries source = SegmentationRoundTripTest.source(TestCt.oblique(300, 200, 3));
    LabelMap labels = TestSegments.blobs(source.geometry(), 4);
    Path file = write(source, labels);
    DebianTool.Result dump = DebianTool.require("dcmdump").run(file);
    assertEquals(0, dump.status(), dump.output());
    assertEquals(List.of(), dump.linesStartingWith("W:"));
    assertTrue(dump.output().contains("=RTStructureSetStorage"), dump.output());
    for (String syntax : List.of("+te", "+tb", "+ti", "+td")) {
      Path converted = folder.resolve("converted" + syntax + ".dcm");
      DebianTool.Result result = DebianTool.require("dcmconv").run(syntax, file, converted);
      assertEquals(0, result.status(), result.output());
      StructureSet read = StructureSetReader.read(() -> Files.newInputStream(converted));
      assertTrue(
          read.toLabelMap(source.geometry(), TestSegments.SCHEMA).contentEquals(labels), syntax);
    }
  }

  @Test
  void anotherRasterizerFindsTheSameVoxelsOnTheImagesThatItRefersTo() throws Exception {
    requirePython();
    assertFilledTheSame(TestCt.oblique(64, 48, 6));
    assertFilledTheSame(
        new GridGeometry(
            new FrameOfReferenceUid("2.25.13"),
            new GridSize(37, 51, 4),
            new Vector3(17.5, -300.25, 12),
            Axes.ofPlane(new Vector3(0, 1, 0), new Vector3(0, 0, -1)),
            new Spacing(1.25, 0.8, 3.3)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "P01_ct_chest_lidc",
        "P02_mr_t1_studyforrest",
        "P06_ct_enhanced_and_classic/enhanced",
        "P06_ct_enhanced_and_classic/classic",
        "P07_mr_pd_oblique_papaya",
        "P10_odd_geometry_dicom2nifti/sagittal",
        "P10_odd_geometry_dicom2nifti/non_isotropic_slope"
      })
  void whatIsWrittenForRealSeriesIsValidAndComesBack(String series) throws Exception {
    List<InstanceSource> instances =
        SharedData.files(series).stream()
            .limit(MOST_SLICES)
            .<InstanceSource>map(file -> () -> Files.newInputStream(file))
            .toList();
    SourceSeries source = SeriesSurvey.of(instances).read().source();
    LabelMap labels = TestSegments.blobs(source.geometry(), 11);
    Path file = write(source, labels);
    StructureSet read = StructureSetReader.read(() -> Files.newInputStream(file));
    assertTrue(read.toLabelMap(source.geometry(), TestSegments.SCHEMA).contentEquals(labels));
    assertEquals(List.of(), conformanceErrors(file));
    assertEquals(List.of(), ObjectChecker.check(() -> Files.newInputStream(file)));
  }

  @Test
  void aRealStructureSetOfAnotherMakerIsRead() throws Exception {
    Path file = SharedData.require("P12_small_pydicom/rtstruct.dcm");
    StructureSet read = StructureSetReader.read(() -> Files.newInputStream(file));
    assertEquals(
        List.of("patient", "Isocenter 1", "Isocenter 2"),
        read.regions().stream().map(RegionOfInterest::name).toList());
    assertEquals("#dca078", read.regions().get(0).colour());
    var grid =
        new GridGeometry(
            new FrameOfReferenceUid("1.2.826.0.1.3680043.8.498.2010020400001.2"),
            new GridSize(101, 101, 3),
            new Vector3(-250, -250, -200),
            Axes.ofPlane(new Vector3(1, 0, 0), new Vector3(0, 1, 0)),
            new Spacing(5, 5, 10));
    assertEquals(List.of("ignored contours of type POINT: 1"), read.mask(2, grid).notes());
    assertTrue(read.mask(1, grid).mask().voxels() > 0);
  }

  private void assertFilledTheSame(GridGeometry grid) throws Exception {
    List<Path> images = TestCt.files(Files.createTempDirectory(folder, "ct"), grid);
    SourceSeries source =
        SeriesSurvey.of(
                images.stream().<InstanceSource>map(f -> () -> Files.newInputStream(f)).toList())
            .read()
            .source();
    LabelMap labels = TestSegments.noise(source.geometry(), 6);
    short[] values = labels.toArray();
    // Half of it solid, so that there are holes and islands of all sizes.
    for (int i = 0; i < values.length; i++) {
      if (i % grid.size().columns() > grid.size().columns() / 2 && i % 5 != 0) {
        values[i] = 2;
      }
    }
    labels = new LabelMap(source.geometry(), values);
    ByteBuffer raw = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asShortBuffer().put(values);
    Path rawFile = Files.write(folder.resolve("labels.raw"), raw.array());
    // The files are in slice order of the grid that they were made from.
    assertTrue(source.geometry().isSameGridAs(grid));
    Object[] arguments = new Object[4 + images.size()];
    arguments[0] = "-c";
    arguments[1] = FILL;
    arguments[2] = write(source, labels);
    arguments[3] = rawFile;
    System.arraycopy(images.toArray(), 0, arguments, 4, images.size());
    DebianTool.Result result = DebianTool.require("python3").run(arguments);
    assertEquals(0, result.status(), result.output());
    for (int number : new int[] {2, 7, 300}) {
      String expected =
          "region %d voxels %d xor differs 0 or differs 0 in plane"
              .formatted(number, labels.histogram()[number]);
      assertTrue(result.output().contains(expected), result.output());
    }
  }

  private static void requirePython() throws Exception {
    Assumptions.assumeTrue(
        DebianTool.require("python3").run("-c", "import pydicom, numpy, skimage").status() == 0,
        "pydicom and scikit-image are not installed");
  }

  private static List<String> conformanceErrors(Path file) throws Exception {
    return DebianTool.require("dciodvfy").run(file).linesStartingWith("Error").stream()
        // A source whose own UIDs are illegal is still called by them.
        .filter(line -> !line.contains("Illegal root for UID - \"0.0.0.0."))
        .toList();
  }

  private Path write(SourceSeries source, LabelMap labels) throws Exception {
    var out = new ByteArrayOutputStream();
    StructureSetWriter.write(source, labels, TestSegments.content(), out);
    Path file = Files.createTempFile(folder, "structures", ".dcm");
    StructureSetReader.read(() -> new ByteArrayInputStream(out.toByteArray()));
    return Files.write(file, out.toByteArray());
  }
}

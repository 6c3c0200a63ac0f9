package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.segment.LabelSchema;
import org.firstpass.volume.LabelMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Segmentations of and by others. */
class RealSegmentationTest {
  private static final String DCMQI = "P04_ct3_with_SEGs_dcmqi/";
  private static final String PET = "P03_pet_headneck_with_SEG/";

  /** Enough for geometry; decoding a whole series takes a while. */
  private static final int MOST_SLICES = 100;

  @TempDir private Path folder;

  @Test
  void countsTheVoxelsThatOthersCount() {
    assertEquals(
        Map.of(1, 54L, 2, 212L),
        read(PET + "SEG/tumor_User1_Manual_Trial1.dcm").voxelsPerSegment());
    assertEquals(Map.of(1, 107_098L), read(DCMQI + "liver.dcm").voxelsPerSegment());
    assertEquals(
        Map.of(1, 9602L, 2, 11_888L, 3, 10_743L, 4, 6693L, 5, 4713L),
        read(DCMQI + "partial_overlaps.dcm").voxelsPerSegment());
  }

  @ParameterizedTest
  @CsvSource({
    "23x38x3/seg/label.seg, 23x38x3/image, 23x38x3/nrrd/label.nrrd",
    "23x38x3/seg/label.seg, 23x38x3/multiframe, 23x38x3/nrrd/label.nrrd",
    "24x38x3/seg/label.seg, 24x38x3/image, 24x38x3/nrrd/label.nrrd",
    "liver.dcm, ct-3slice, liver_seg.nrrd"
  })
  void placesEveryVoxelWhereItsMakerSaysItLies(String seg, String series, String nrrd)
      throws Exception {
    Segmentation segmentation = read(DCMQI + seg);
    SourceSeries source = source(DCMQI + series);
    LabelMap labels = segmentation.toLabelMap(source.geometry(), schemaOf(segmentation));
    short[] truth = nrrd(SharedData.require(DCMQI + nrrd));
    // These files have the axes of the patient, so the order of slices is all that may differ.
    short[] found = labels.toArray();
    assertTrue(source.geometry().axes().slice().z() > 0.99);
    assertEquals(segmentation.voxelsPerSegment().get(1), labels.histogram()[1]);
    for (int i = 0; i < truth.length; i++) {
      assertEquals(truth[i] != 0, found[i] != 0, "voxel " + i);
    }
  }

  @Test
  void placesTumoursOnThePetGrid() throws Exception {
    Segmentation segmentation = read(PET + "SEG/tumor_User1_Manual_Trial1.dcm");
    List<InstanceSource> instances =
        SharedData.files(PET + "PET").stream()
            .<InstanceSource>map(file -> () -> Files.newInputStream(file))
            .toList();
    SourceSeries source = SeriesSurvey.of(instances).read().source();
    LabelMap labels = segmentation.toLabelMap(source.geometry(), schemaOf(segmentation));
    long[] histogram = labels.histogram();
    assertEquals(54, histogram[1]);
    assertEquals(212, histogram[2]);
  }

  @Test
  void refusesOverlappingSegmentsWhereALabelMapIsAsked() throws Exception {
    Segmentation segmentation = read(DCMQI + "partial_overlaps.dcm");
    SourceSeries source = source(DCMQI + "ct-3slice");
    var refused =
        assertThrows(
            StudyRefused.class,
            () -> segmentation.toLabelMap(source.geometry(), schemaOf(segmentation)));
    assertEquals(ReasonCode.OVERLAPPING_SEGMENTS, refused.code());
    assertTrue(segmentation.overlaps(source.geometry()));
    assertEquals(SegmentsOverlap.UNDEFINED, segmentation.statedOverlap());
    List<Integer> voxels = List.of(9602, 11_888, 10_743, 6693, 4713);
    for (int i = 0; i < voxels.size(); i++) {
      assertEquals(voxels.get(i), segmentation.mask(i + 1, source.geometry()).voxels());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sparse-labelmap-noppv.dcm", "sparse-labelmap-ppv5.dcm"})
  void readsLabelMapSegmentations(String name) {
    assertEquals(Map.of(1, 630L), read(DCMQI + name).voxelsPerSegment());
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
  void whatIsWrittenForRealSeriesIsValidAndLiesOnTheirGrid(String series) throws Exception {
    SourceSeries source = source(series);
    LabelMap labels = TestSegments.blobs(source.geometry(), 11);
    byte[] bytes = SegmentationRoundTripTest.write(source, labels);
    Segmentation read = SegmentationReader.read(() -> new ByteArrayInputStream(bytes));
    assertTrue(read.toLabelMap(source.geometry(), TestSegments.SCHEMA).contentEquals(labels));
    Path file = Files.write(folder.resolve("seg.dcm"), bytes);
    assertEquals(List.of(), conformanceErrors(file));
    assertFoundBySegcheck(file, series, labels);
  }

  static List<String> conformanceErrors(Path file) throws Exception {
    return DebianTool.require("dciodvfy").run(file).linesStartingWith("Error").stream()
        // A source whose own UIDs are illegal is still called by them.
        .filter(line -> !line.contains("Illegal root for UID - \"0.0.0.0."))
        .toList();
  }

  private static void assertFoundBySegcheck(Path file, String series, LabelMap labels)
      throws Exception {
    Path segcheck = SharedData.require("tools/segcheck.py");
    DebianTool python = DebianTool.require("python3");
    Assumptions.assumeTrue(
        python.run("-c", "import pydicom, numpy").status() == 0, "pydicom is not installed");
    DebianTool.Result result = python.run(segcheck, file, SharedData.require(series));
    assertEquals(0, result.status(), result.output());
    // It looks for positions at the top level, where an enhanced source has none.
    assertTrue(
        series.endsWith("/enhanced") || result.output().contains("0 errors, 0 warnings"),
        result.output());
    // Segments 1, 2, 3 are the schema's 2, 7, 300.
    long[] histogram = labels.histogram();
    int[] numbers = {2, 7, 300};
    for (int i = 0; i < numbers.length; i++) {
      long voxels = numbers[i] < histogram.length ? histogram[numbers[i]] : 0;
      String line = "volume segment %d: %d voxels".formatted(i + 1, voxels);
      assertTrue(voxels == 0 || result.output().contains(line), result.output());
    }
  }

  private static LabelSchema schemaOf(Segmentation segmentation) {
    return new LabelSchema("as read", 1, segmentation.segments());
  }

  private static Segmentation read(String name) {
    Path file = SharedData.require(name);
    return SegmentationReader.read(() -> Files.newInputStream(file));
  }

  static SourceSeries source(String series) throws Exception {
    List<InstanceSource> instances =
        SharedData.files(series).stream()
            .limit(MOST_SLICES)
            .<InstanceSource>map(file -> () -> Files.newInputStream(file))
            .toList();
    return SeriesSurvey.of(instances).read().source();
  }

  /** The values of a little endian NRRD of 16-bit numbers, gzip-coded: column fastest. */
  private static short[] nrrd(Path file) throws Exception {
    byte[] bytes = Files.readAllBytes(file);
    int body = 0;
    while (bytes[body] != '\n' || bytes[body + 1] != '\n') {
      body++;
    }
    try (InputStream in =
        new GZIPInputStream(
            new ByteArrayInputStream(Arrays.copyOfRange(bytes, body + 2, bytes.length)))) {
      byte[] values = in.readAllBytes();
      short[] shorts = new short[values.length / 2];
      ByteBuffer.wrap(values).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(shorts);
      return shorts;
    }
  }
}

package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.firstpass.geometry.GridSize;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.Mask;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What others make of the objects that we write. */
class SegmentationPeersTest {
  /** Every pixel of every frame that is not zero: frame, place and value. */
  private static final String MARKED =
      """
      import sys, numpy, pydicom
      d = pydicom.dcmread(sys.argv[1])
      a = d.pixel_array.reshape(int(d.NumberOfFrames), -1)
      for f, i in zip(*numpy.nonzero(a)):
          print(f, i, a[f, i])
      """;

  @TempDir private Path folder;

  private final SourceSeries source = SegmentationEncodingTest.source(new GridSize(23, 38, 5));

  @ParameterizedTest
  @EnumSource(
      value = SegmentationEncoding.class,
      names = {"LABELMAP", "LABELMAP_RLE"})
  void pydicomReadsTheLabelsThatWereWritten(SegmentationEncoding encoding) throws Exception {
    LabelMap labels = TestSegments.noise(source.geometry(), 6);
    Path file =
        Files.write(
            folder.resolve("seg.dcm"),
            SegmentationEncodingTest.write(source, labels, TestSegments.content(), encoding));
    var expected = new StringBuilder();
    int perSlice = source.geometry().size().voxelsPerSlice();
    for (int i = 0; i < source.geometry().size().voxels(); i++) {
      if (labels.labelAt(i) != 0) {
        expected
            .append(i / perSlice)
            .append(' ')
            .append(i % perSlice)
            .append(' ')
            .append(labels.labelAt(i))
            .append('\n');
      }
    }
    assertEquals(expected.toString(), python(MARKED, file));
  }

  @Test
  void pydicomReadsTheProbabilitiesThatWereWritten() throws Exception {
    byte[] values = new byte[source.geometry().size().voxels()];
    new Random(9).nextBytes(values);
    Path file =
        Files.write(
            folder.resolve("seg.dcm"),
            SegmentationEncodingTest.writeFractions(source, Map.of(7, values)));
    var expected = new StringBuilder();
    int perSlice = source.geometry().size().voxelsPerSlice();
    for (int i = 0; i < values.length; i++) {
      if (values[i] != 0) {
        expected
            .append(i / perSlice)
            .append(' ')
            .append(i % perSlice)
            .append(' ')
            .append(values[i] & 0xff)
            .append('\n');
      }
    }
    assertEquals(expected.toString(), python(MARKED, file));
  }

  @ParameterizedTest
  @EnumSource(SegmentationEncoding.class)
  void dciodvfyFindsNoError(SegmentationEncoding encoding) throws Exception {
    assertValid(
        SegmentationEncodingTest.write(
            source, TestSegments.blobs(source.geometry(), 2), TestSegments.content(), encoding),
        encoding != SegmentationEncoding.BINARY);
  }

  @Test
  void dciodvfyFindsNoErrorInOverlappingSegmentsAndProbabilities() throws Exception {
    Map<Integer, Mask> masks = new HashMap<>();
    for (int number : new int[] {2, 7, 300}) {
      masks.put(number, Mask.of(TestSegments.noise(source.geometry(), number), 2));
    }
    assertValid(SegmentationEncodingTest.write(source, masks), false);
    byte[] values = new byte[source.geometry().size().voxels()];
    new Random(9).nextBytes(values);
    assertValid(SegmentationEncodingTest.writeFractions(source, Map.of(7, values)), false);
  }

  private void assertValid(byte[] bytes, boolean labelMap) throws Exception {
    assertEquals(List.of(), ObjectChecker.check(() -> new ByteArrayInputStream(bytes)));
    Path file = Files.write(folder.resolve("seg.dcm"), bytes);
    // dicom3tools of Debian knows Segmentation, but neither Label Map Segmentation nor that its
    // numbers need not be consecutive.
    assertEquals(
        List.of(),
        DebianTool.require("dciodvfy").run(file).linesStartingWith("Error").stream()
            .filter(line -> !labelMap || !line.equals("Error - Information Object Not found"))
            .filter(
                line -> !labelMap || !line.startsWith("Error - SegmentNumber not monotonically"))
            .toList());
  }

  private static String python(String script, Path file) throws Exception {
    DebianTool python = DebianTool.require("python3");
    Assumptions.assumeTrue(
        python.run("-c", "import pydicom, numpy").status() == 0, "pydicom is not installed");
    DebianTool.Result result = python.run("-c", script, file);
    assertEquals(0, result.status(), result.output());
    return result.output();
  }
}

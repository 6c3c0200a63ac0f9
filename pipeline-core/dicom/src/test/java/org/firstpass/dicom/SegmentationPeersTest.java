package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.firstpass.dicom.RandomSegmentation.Form;
import org.firstpass.dicom.RandomSegmentation.Place;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Vector3;
import org.firstpass.volume.Mask;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What others make of the objects that we write. */
class SegmentationPeersTest {
  /** Of each file a line with its name, and one per frame: segment, position, pixels. */
  private static final String FRAMES =
      """
      import sys, pydicom
      for name in sys.argv[1:]:
          d = pydicom.dcmread(name)
          print(name)
          pixels = d.pixel_array.reshape(int(d.NumberOfFrames), -1)
          for frame, group in zip(pixels, d.PerFrameFunctionalGroupsSequence):
              of = group.get("SegmentIdentificationSequence")
              print(of[0].ReferencedSegmentNumber if of else 0,
                    *group.PlanePositionSequence[0].ImagePositionPatient, *frame)
      """;

  private static final String MULTI_FRAME_WORD = "1.2.840.10008.5.1.4.1.1.7.3";
  private static final List<Integer> SEGMENTS = List.of(1, 255, 256, 300);
  private static final List<GridSize> SIZES =
      List.of(
          new GridSize(5, 3, 4),
          new GridSize(8, 4, 2),
          new GridSize(1, 9, 3),
          new GridSize(7, 1, 3));

  @TempDir private Path folder;

  private final SourceSeries source = SegmentationEncodingTest.source(new GridSize(23, 38, 5));

  @Test
  void pydicomFindsEveryPixelOfEveryFormWhereItWasWritten() throws Exception {
    Map<String, RandomSegmentation> written = new LinkedHashMap<>();
    for (Form form : Form.values()) {
      for (Place place : Place.values()) {
        int segments = SEGMENTS.get(place.ordinal());
        GridSize size = SIZES.get((form.ordinal() + place.ordinal()) % SIZES.size());
        var each =
            new RandomSegmentation(
                form, place.source(size, segments > 255), segments, new Random(segments));
        Path file = folder.resolve(form + "-" + place + ".dcm");
        written.put(Files.write(file, each.file()).toString(), each);
      }
    }
    Map<String, List<String>> found = new LinkedHashMap<>();
    List<String> frames = new ArrayList<>();
    for (String line : python(FRAMES, written.keySet()).split("\n")) {
      if (written.containsKey(line)) {
        frames = new ArrayList<>();
        found.put(line, frames);
      } else {
        frames.add(line);
      }
    }
    assertEquals(written.keySet(), found.keySet());
    written.forEach((file, each) -> requireSame(each, found.get(file)));
  }

  private static void requireSame(RandomSegmentation written, List<String> frames) {
    GridGeometry grid = written.source.geometry();
    int perSlice = grid.size().voxelsPerSlice();
    int segments = written.schema.segments().size();
    int[][] found = new int[segments + 1][grid.size().voxels()];
    for (String frame : frames) {
      String[] words = frame.split(" ");
      int segment = Integer.parseInt(words[0]);
      var position =
          new Vector3(
              Double.parseDouble(words[1]),
              Double.parseDouble(words[2]),
              Double.parseDouble(words[3]));
      int slice = (int) Math.rint(grid.toIndex(position).slice());
      assertEquals(0, position.minus(grid.toPatient(0, 0, slice)).length(), 1e-6);
      assertEquals(4 + perSlice, words.length);
      for (int i = 0; i < perSlice; i++) {
        found[segment][slice * perSlice + i] = Integer.parseInt(words[4 + i]);
      }
    }
    for (int voxel = 0; voxel < grid.size().voxels(); voxel++) {
      if (written.form.isLabelMap()) {
        assertEquals(written.labels().labelAt(voxel), found[0][voxel], written::toString);
        continue;
      }
      for (int segment = 1; segment <= segments; segment++) {
        assertEquals(written.truth(segment, voxel), found[segment][voxel], written::toString);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 255, 256, 300})
  void dcmtkAndGdcmUnpackRunLengthFramesToTheSamePixels(int segments) throws Exception {
    DebianTool dcmtk = DebianTool.require("dcmdrle");
    DebianTool gdcm = DebianTool.require("gdcmconv");
    for (GridSize size : SIZES) {
      SourceSeries series = Place.OBLIQUE.source(size, true);
      byte[] plain =
          new RandomSegmentation(Form.LABELMAP, series, segments, new Random(segments)).file();
      byte[] packed =
          new RandomSegmentation(Form.LABELMAP_RLE, series, segments, new Random(segments)).file();
      byte[] expected = TestObjects.dataset(plain).getBytes(Tag.PixelData);
      assertArrayEquals(expected, unpacked(packed, dcmtk));
      // GDCM 3.0.21 takes no Label Map Segmentation for an image: a plain one with the same frames.
      Attributes image = TestObjects.dataset(packed);
      image.setString(Tag.SOPClassUID, VR.UI, MULTI_FRAME_WORD);
      assertArrayEquals(expected, unpacked(TestObjects.file(image), gdcm, "--raw"));
    }
  }

  private byte[] unpacked(byte[] packed, DebianTool tool, String... options) throws Exception {
    List<Object> words = new ArrayList<>(List.of(options));
    words.add(Files.write(folder.resolve("packed.dcm"), packed));
    Path unpacked = folder.resolve("unpacked.dcm");
    words.add(unpacked);
    DebianTool.Result result = tool.run(words.toArray());
    assertEquals(0, result.status(), result.output());
    byte[] file = Files.readAllBytes(unpacked);
    Files.delete(unpacked);
    return TestObjects.dataset(file).getBytes(Tag.PixelData);
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

  private static String python(String script, Collection<String> files) throws Exception {
    DebianTool python = DebianTool.require("python3");
    Assumptions.assumeTrue(
        python.run("-c", "import pydicom, numpy").status() == 0, "pydicom is not installed");
    List<Object> words = new ArrayList<>(List.of("-c", script));
    words.addAll(files);
    DebianTool.Result result = python.run(words.toArray());
    assertEquals(0, result.status(), result.output());
    return result.output();
  }
}

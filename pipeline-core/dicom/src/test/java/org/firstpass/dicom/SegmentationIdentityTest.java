package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.firstpass.dicom.RandomSegmentation.Form;
import org.firstpass.dicom.RandomSegmentation.Place;
import org.firstpass.dicom.RandomSegmentation.Turn;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.Mask;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every voxel comes back as it was written: in every encoding, from series of every place and stack
 * direction, of odd and even sizes, with few and many segments, also where they overlap.
 */
class SegmentationIdentityTest {
  /** 5 x 3, 7 x 1, 1 x 9 and 23 x 38 pixels are no whole bytes: frames begin amid one. */
  private static final List<GridSize> SIZES =
      List.of(
          new GridSize(5, 3, 4),
          new GridSize(8, 4, 2),
          new GridSize(7, 1, 3),
          new GridSize(1, 9, 3),
          new GridSize(1, 1, 5),
          new GridSize(3, 2, 1),
          new GridSize(23, 38, 3));

  /** The most that a label map of bytes holds, one more, and many. */
  private static final List<Integer> SEGMENTS = List.of(1, 3, 255, 256, 300);

  private static final int FEW = 10;

  static Stream<Arguments> cases() {
    List<Arguments> cases = new ArrayList<>();
    for (Form form : Form.values()) {
      for (int segments : SEGMENTS) {
        SIZES.forEach(size -> cases.add(Arguments.of(form, segments, size)));
      }
    }
    return cases.stream();
  }

  @ParameterizedTest(name = "{0}, {1} segments, {2}")
  @MethodSource("cases")
  void everyVoxelComesBackOnGridsOfEitherDirection(Form form, int segments, GridSize size) {
    for (Place place : Place.values()) {
      boolean againstNormal = (place.ordinal() + segments + size.rows()) % 2 == 0;
      var written =
          new RandomSegmentation(
              form, place.source(size, againstNormal), segments, new Random(segments));
      byte[] file = written.file();
      Segmentation read = read(file, 1);
      assertEquals(segments, read.segments().size());
      assertEquals(written.hasOverlap(), read.overlaps(written.source.geometry()));
      assertEquals(SegmentsOverlap.of(written.hasOverlap()), read.statedOverlap());
      for (Turn turn : List.of(Turn.NONE, place == Place.SAGITTAL ? Turn.ALL : Turn.SLICES)) {
        if (form.overlaps()) {
          requireSameMasks(written, read, 1, turn);
        } else {
          requireSameLabels(written, read, turn);
        }
      }
      if (form == Form.FRACTIONAL) {
        requireSameMasks(written, read(file, 128), 128, Turn.NONE);
        requireSameMasks(written, read(file, 255), 255, Turn.SLICES);
      }
    }
  }

  private static void requireSameLabels(RandomSegmentation written, Segmentation read, Turn turn) {
    GridGeometry grid = turn.of(written.source.geometry());
    LabelMap expected = written.labels();
    LabelMap found = read.toLabelMap(grid, written.schema);
    for (int voxel = 0; voxel < grid.size().voxels(); voxel++) {
      int there = turn.voxel(grid.size(), voxel);
      assertEquals(expected.labelAt(voxel), found.labelAt(there), written::toString);
    }
  }

  private static void requireSameMasks(
      RandomSegmentation written, Segmentation read, int level, Turn turn) {
    GridGeometry grid = turn.of(written.source.geometry());
    int segments = written.schema.segments().size();
    // Asking for a mask goes through all frames, so turned ones are asked for a few of many.
    int step = turn == Turn.NONE ? 1 : Math.max(1, segments / FEW);
    for (int segment = 1; segment <= segments; segment += step) {
      Mask expected = written.mask(segment, level);
      Mask found = read.mask(segment, grid);
      assertEquals(expected.voxels(), found.voxels(), written::toString);
      for (int at = expected.nextMarked(0); at >= 0; at = expected.nextMarked(at + 1)) {
        assertTrue(found.isMarked(turn.voxel(grid.size(), at)), written::toString);
      }
    }
  }

  private static Segmentation read(byte[] file, int level) {
    return SegmentationReader.read(() -> new ByteArrayInputStream(file), level / 255.0);
  }
}

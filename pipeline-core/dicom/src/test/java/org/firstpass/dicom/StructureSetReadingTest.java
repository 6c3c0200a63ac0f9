package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.firstpass.dicom.contour.RegionMask;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.study.FrameOfReferenceUid;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Structure sets as others write them, on an oblique grid off the origin. */
class StructureSetReadingTest {
  static final GridGeometry GRID = TestCt.oblique(12, 9, 6);
  private static final String CLOSED = TestStructureSet.CLOSED;
  private static final String XOR = TestStructureSet.XOR;

  @Nested
  class InOnePlane {
    @Test
    void aContourHasTheVoxelsWhoseCentresItEncloses() {
      RegionMask read = mask(one().contour(CLOSED, 2.2, 1.1, 3, 6.8, 1.1, 3, 4.5, 5.9, 3));
      assertEquals(
          List.of(
              "............",
              "............",
              "...####.....",
              "....##......",
              "....##......",
              "............",
              "............",
              "............",
              "............"),
          slice(read, 3));
      assertEquals(List.of(), read.notes());
      assertEquals(8, read.mask().voxels());
    }

    @Test
    void aContourWithinAnotherIsAHoleAndOneWithinThatAnIsland() {
      assertEquals(
          rings(),
          slice(
              mask(
                  one()
                      .rectangle(CLOSED, 3, 3, 5, 5, 2)
                      .rectangle(CLOSED, 4, 4, 4, 4, 2)
                      .rectangle(CLOSED, 1, 1, 7, 7, 2)),
              2));
    }

    @Test
    void contoursOfTheKindXorTurnInsideOutWhateverTheirOrder() {
      assertEquals(
          rings(),
          slice(
              mask(
                  one()
                      .rectangle(XOR, 4, 4, 4, 4, 2)
                      .rectangle(XOR, 1, 1, 7, 7, 2)
                      .rectangle(XOR, 3, 3, 5, 5, 2)),
              2));
      RegionMask crossing = mask(one().rectangle(XOR, 0, 0, 2, 0, 0).rectangle(XOR, 2, 0, 4, 0, 0));
      assertEquals("##.##.......", slice(crossing, 0).get(0));
    }

    @Test
    void aKeyholeIsAHole() {
      RegionMask read =
          mask(
              one()
                  .contour(
                      CLOSED, 0.5, 0.5, 2, 7.5, 0.5, 2, 7.5, 7.5, 2, 0.5, 7.5, 2, 0.5, 4, 2, 2.5, 4,
                      2, 2.5, 5.5, 2, 5.5, 5.5, 2, 5.5, 2.5, 2, 2.5, 2.5, 2, 2.5, 4, 2, 0.5, 4, 2)
                  .rectangle(CLOSED, 4, 4, 4, 4, 2));
      assertEquals(rings(), slice(read, 2));
    }

    @Test
    void contoursThatOverlapInPartAreJoinedAndThatIsSaid() {
      RegionMask read =
          mask(one().rectangle(CLOSED, 0, 0, 3, 0, 0).rectangle(CLOSED, 2, 0, 6, 0, 0));
      assertEquals("#######.....", slice(read, 0).get(0));
      assertEquals(
          List.of("contours that overlap others in part, joined with them: 1"), read.notes());
    }

    @Test
    void aContourThatIsThereTwiceCountsOnce() {
      RegionMask read =
          mask(one().rectangle(CLOSED, 0, 0, 3, 0, 0).rectangle(CLOSED, 0, 0, 3, 0, 0));
      assertEquals(4, read.mask().voxels());
      assertEquals(List.of("contours that are there twice, counted once: 1"), read.notes());
    }

    @Test
    void pointsAndOpenContoursAreLeftOutAndThatIsSaid() {
      RegionMask read =
          mask(
              one()
                  .contour("POINT", 1, 1, 1)
                  .contour("OPEN_PLANAR", 1, 1, 1, 5, 5, 1, 1, 5, 1)
                  .contour("OPEN_NONPLANAR", 1, 1, 1, 5, 5, 4, 1, 5, 1)
                  .contour(CLOSED, 1, 1, 1, 5, 5, 1)
                  .rectangle(CLOSED, 0, 0, 3, 0, 0));
      assertEquals(4, read.mask().voxels());
      assertEquals(
          List.of(
              "ignored contours of less than 3 points: 1",
              "ignored contours of type OPEN_NONPLANAR: 1",
              "ignored contours of type OPEN_PLANAR: 1",
              "ignored contours of type POINT: 1"),
          read.notes());
    }

    @Test
    void aContourBetweenTheCentresOfVoxelsHasNoneAndThatIsSaid() {
      RegionMask read =
          mask(
              one()
                  .contour(CLOSED, 1.1, 1.1, 1, 1.9, 1.1, 1, 1.5, 1.9, 1)
                  .rectangle(CLOSED, 0, 0, 3, 0, 1));
      assertEquals(4, read.mask().voxels());
      assertEquals(List.of("contours that enclose the centre of no voxel: 1"), read.notes());
    }

    @Test
    void whatReachesBeyondTheImageIsCutOffAndThatIsSaid() {
      RegionMask read = mask(one().rectangle(CLOSED, -4, 0, 2, 0, 0));
      assertEquals("###.........", slice(read, 0).get(0));
      assertEquals(List.of("contours that reach beyond the image, cut off there: 1"), read.notes());
      assertEquals(List.of(), mask(one().rectangle(CLOSED, 0, 0, 11, 8, 0)).notes());
    }

    @Test
    void refusesARegionBesideTheImage() {
      assertRefused(
          ReasonCode.OFF_GRID,
          () -> mask(one().rectangle(CLOSED, 13, 0, 15, 3, 0).rectangle(CLOSED, 0, 9, 3, 11, 0)));
    }

    private List<String> rings() {
      return List.of(
          "............",
          ".#######....",
          ".#######....",
          ".##...##....",
          ".##.#.##....",
          ".##...##....",
          ".#######....",
          ".#######....",
          "............");
    }
  }

  @Nested
  class AcrossPlanes {
    @Test
    void aContourBelongsToTheSliceNearestToIt() {
      RegionMask read =
          mask(
              one()
                  .rectangle(CLOSED, 0, 0, 0, 0, 0.4)
                  .rectangle(CLOSED, 0, 0, 1, 0, 0.6)
                  .rectangle(CLOSED, 0, 0, 2, 0, 5.49)
                  .rectangle(CLOSED, 0, 0, 3, 0, 3.7));
      assertEquals(List.of(1, 2, 0, 0, 4, 3), perSlice(read));
      assertEquals(
          List.of("slices without a contour between the first and the last: 2"), read.notes());
    }

    @Test
    void planesMidwayBetweenSlicesAllGoToTheSameSideOfThem() {
      TestStructureSet set = one();
      for (int slice = 0; slice < 5; slice++) {
        set.rectangle(CLOSED, 0, 0, slice, 0, slice + 0.5 + (slice % 2 == 0 ? 1e-7 : -1e-7));
      }
      RegionMask read = mask(set);
      assertEquals(List.of(1, 2, 3, 4, 5, 0), perSlice(read));
      assertEquals(List.of(), read.notes());
    }

    @Test
    void ofContoursOnThinnerSlicesTheNearestCount() {
      TestStructureSet set = one();
      for (int plane = 0; plane < 12; plane++) {
        // One voxel on the slices themselves, many in between.
        int last = plane % 3 == 0 ? 0 : 9;
        set.rectangle(CLOSED, 0, 0, last, 0, plane / 3.0);
        set.rectangle(CLOSED, 0, 2, last, 2, plane / 3.0);
      }
      RegionMask read = mask(set);
      assertEquals(List.of(2, 2, 2, 2, 20, 0), perSlice(read));
      assertEquals(List.of("contours between slices, left out for nearer ones: 14"), read.notes());
    }

    @Test
    void refusesContoursBeyondTheFirstOrTheLastSlice() {
      for (double slice : new double[] {-0.6, 5.6, -40, 4000}) {
        assertRefused(ReasonCode.OFF_GRID, () -> mask(one().rectangle(CLOSED, 0, 0, 3, 0, slice)));
      }
      assertEquals(4, mask(one().rectangle(CLOSED, 0, 0, 3, 0, -0.5)).mask().voxels());
      assertEquals(4, mask(one().rectangle(CLOSED, 0, 0, 3, 0, 5.5)).mask().voxels());
    }

    @Test
    void refusesAContourThatIsNotFlatInThePlaneOfTheSlices() {
      assertRefused(
          ReasonCode.CONTOURS_OFF_PLANE,
          () -> mask(one().contour(CLOSED, 0, 0, 2, 5, 0, 2, 5, 5, 2.6)));
      assertRefused(
          ReasonCode.CONTOURS_OFF_PLANE,
          () -> mask(one().contour(CLOSED, 3, 0, 0, 3, 5, 0, 3, 5, 4, 3, 0, 4)));
      assertEquals(
          15,
          mask(one().contour(CLOSED, 0.3, -0.2, 2, 5.7, -0.2, 2, 5.7, 5.2, 2.4)).mask().voxels());
    }

    @Test
    void refusesAnotherFrameOfReference() {
      StructureSet read = one().rectangle(CLOSED, 0, 0, 3, 0, 0).read();
      var other =
          new GridGeometry(
              new FrameOfReferenceUid("2.25.99"),
              GRID.size(),
              GRID.position(),
              GRID.axes(),
              GRID.spacing());
      assertRefused(ReasonCode.OFF_GRID, () -> read.mask(1, other));
      TestStructureSet set = one().rectangle(CLOSED, 0, 0, 3, 0, 0);
      set.regions.get(0).setString(Tag.ReferencedFrameOfReferenceUID, VR.UI, "Liver^of^someone");
      assertRefused(ReasonCode.OFF_GRID, () -> mask(set));
    }

    @Test
    void refusesContoursThatTakeTooLongToFill() {
      var grid =
          new GridGeometry(
              GRID.frameOfReference(),
              new GridSize(1, 2000, 1),
              GRID.position(),
              GRID.axes(),
              GRID.spacing());
      double[] zigzag = new double[3 * 8500];
      for (int i = 0; i < zigzag.length; i += 3) {
        zigzag[i + 1] = i % 2 == 0 ? -0.5 : 1999.5;
      }
      StructureSet read =
          new TestStructureSet(grid).region(1, "Zigzag").contour(CLOSED, zigzag).read();
      assertRefused(ReasonCode.TOO_LARGE, () -> read.mask(1, grid));
    }
  }

  static TestStructureSet one() {
    return new TestStructureSet(GRID).region(1, "Liver");
  }

  static RegionMask mask(TestStructureSet set) {
    return set.read().mask(1, GRID);
  }

  static void assertRefused(ReasonCode code, Runnable reading) {
    var refused = assertThrows(StudyRefused.class, reading::run);
    assertEquals(code, refused.code(), refused.getMessage());
    assertFalse(String.valueOf(refused.getMessage()).contains("Liver"));
  }

  private static List<Integer> perSlice(RegionMask read) {
    List<Integer> counts = new ArrayList<>();
    int voxels = GRID.size().voxelsPerSlice();
    for (int slice = 0; slice < GRID.size().slices(); slice++) {
      counts.add(read.mask().toBitSet().get(slice * voxels, (slice + 1) * voxels).cardinality());
    }
    return counts;
  }

  static List<String> slice(RegionMask read, int slice) {
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < GRID.size().rows(); row++) {
      var text = new StringBuilder();
      for (int column = 0; column < GRID.size().columns(); column++) {
        text.append(read.mask().isMarked(column, row, slice) ? '#' : '.');
      }
      rows.add(text.toString());
    }
    return rows;
  }
}

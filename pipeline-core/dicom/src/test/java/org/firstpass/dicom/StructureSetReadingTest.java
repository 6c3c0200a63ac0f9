package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.firstpass.dicom.contour.RegionMask;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.study.FrameOfReferenceUid;
import org.firstpass.volume.LabelMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Structure sets as others write them, on an oblique grid off the origin. */
class StructureSetReadingTest {
  private static final GridGeometry GRID = TestCt.oblique(12, 9, 6);
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

  @Nested
  class Regions {
    @Test
    void areKeptApartWhereTheyOverlap() {
      StructureSet read =
          new TestStructureSet(GRID)
              .region(4, "Liver")
              .rectangle(CLOSED, 0, 0, 5, 0, 0)
              .region(9, "Left kidney")
              .rectangle(CLOSED, 3, 0, 8, 0, 0)
              .read();
      assertEquals("######......", slice(read.mask(4, GRID), 0).get(0));
      assertEquals("...######...", slice(read.mask(9, GRID), 0).get(0));
      assertRefused(
          ReasonCode.OVERLAPPING_SEGMENTS, () -> read.toLabelMap(GRID, TestSegments.SCHEMA));
      assertRefused(ReasonCode.UNKNOWN_SEGMENT, () -> read.mask(5, GRID));
    }

    @Test
    void becomeSegmentsByCodeAndByName() {
      TestStructureSet set =
          new TestStructureSet(GRID)
              .region(1, "ROI-1")
              .rectangle(CLOSED, 0, 0, 1, 0, 0)
              .region(2, "LIVER")
              .rectangle(CLOSED, 3, 0, 4, 0, 0)
              .region(3, "Isocentre")
              .contour("POINT", 1, 1, 1);
      Attributes observation = new Attributes();
      observation.setInt(Tag.ReferencedROINumber, VR.IS, 1);
      Attributes type = new Concept("64033007", "SCT", "Kidney").toItem();
      type.newSequence(Tag.SegmentedPropertyTypeModifierCodeSequence, 1)
          .add(new Concept("24028007", "SCT", "Right").toItem());
      observation.newSequence(Tag.RTROIIdentificationCodeSequence, 1).add(type);
      set.attributes.newSequence(Tag.RTROIObservationsSequence, 1).add(observation);
      LabelMap labels = set.read().toLabelMap(GRID, TestSegments.SCHEMA);
      assertEquals(300, labels.labelAt(1));
      assertEquals(2, labels.labelAt(3));
      assertEquals(2, labels.histogram()[300]);
      assertEquals(Optional.of("Kidney"), set.read().regions().get(0).type().map(c -> c.meaning()));
      assertEquals(Optional.empty(), set.read().regions().get(1).type());
    }

    @Test
    void thatTheSchemaDoesNotHaveAreRefusedWhereALabelMapIsAsked() {
      StructureSet read =
          new TestStructureSet(GRID).region(1, "BODY").rectangle(CLOSED, 0, 0, 1, 0, 0).read();
      assertRefused(ReasonCode.UNKNOWN_SEGMENT, () -> read.toLabelMap(GRID, TestSegments.SCHEMA));
    }

    @Test
    void thatSayNothingOfThemselvesAreReadAllTheSame() {
      TestStructureSet set = one().rectangle(CLOSED, 0, 0, 1, 0, 0);
      set.regions.get(0).setNull(Tag.ROIName, VR.LO);
      set.regions.get(0).remove(Tag.ReferencedFrameOfReferenceUID);
      set.contours.get(0).getSequence(Tag.ContourSequence).get(0).remove(Tag.NumberOfContourPoints);
      set.contours.get(0).setString(Tag.ROIDisplayColor, VR.IS, "red", "0", "0");
      set.attributes.newSequence(Tag.RTROIObservationsSequence, 1).add(new Attributes());
      RegionOfInterest region = set.read().regions().get(0);
      assertEquals("", region.name());
      assertEquals(Optional.empty(), region.madeBy());
      assertEquals("", region.interpreter());
      assertEquals("#808080", region.colour());
      assertEquals(2, set.read().mask(1, GRID).mask().voxels());
    }
  }

  @Nested
  class Files {
    @ParameterizedTest
    @ValueSource(
        strings = {
          UID.ImplicitVRLittleEndian,
          UID.ExplicitVRLittleEndian,
          UID.DeflatedExplicitVRLittleEndian
        })
    void areReadInEveryTransferSyntax(String transferSyntax) {
      byte[] file = one().rectangle(CLOSED, 0, 0, 3, 0, 0).file(transferSyntax);
      StructureSet read = StructureSetReader.read(() -> new ByteArrayInputStream(file));
      assertEquals(4, read.mask(1, GRID).mask().voxels());
    }

    @Test
    void mayHaveContoursThatAreTooLongForAnExplicitTransferSyntax() {
      TestStructureSet set = one().rectangle(CLOSED, 0, 0, 3, 0, 0);
      Attributes contour = set.contours.get(0).getSequence(Tag.ContourSequence).get(0);
      String text = String.join("\\", contour.getStrings(Tag.ContourData));
      contour.setBytes(Tag.ContourData, VR.UN, (text + " ").getBytes(StandardCharsets.US_ASCII));
      assertEquals(4, set.read().mask(1, GRID).mask().voxels());
    }

    @Test
    void thatAreNoStructureSetAreRefused() {
      byte[] image =
          CtSeriesWriter.write(TestCt.DESCRIPTION, TestCt.counting(TestCt.oblique(5, 3, 1))).get(0);
      assertRefused(
          ReasonCode.NOT_A_STRUCTURE_SET,
          () -> StructureSetReader.read(() -> new ByteArrayInputStream(image)));
      byte[] garbage = "not a DICOM file at all, but long enough to look at".repeat(9).getBytes();
      assertRefused(
          ReasonCode.MALFORMED_INSTANCE,
          () -> StructureSetReader.read(() -> new ByteArrayInputStream(garbage)));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"abc", "NaN", "Infinity", "1e999", "0x10", "1d", "1e7000", "-", "1.2.3", ""})
    void withCoordinatesThatAreNoNumbersAreRefused(String number) {
      assertRefusedAfter(
          set ->
              contour(set)
                  .setBytes(
                      Tag.ContourData,
                      VR.DS,
                      ("1\\2\\3\\4\\5\\6\\7\\8\\" + number).getBytes(StandardCharsets.US_ASCII)),
          ReasonCode.MALFORMED_INSTANCE);
    }

    @Test
    void withCoordinatesMissingAreRefused() {
      assertRefusedAfter(
          set -> contour(set).setString(Tag.ContourData, VR.DS, "1", "2", "3", "4"),
          ReasonCode.MALFORMED_INSTANCE);
      assertRefusedAfter(
          set -> contour(set).setInt(Tag.NumberOfContourPoints, VR.IS, 5),
          ReasonCode.MALFORMED_INSTANCE);
      assertRefusedAfter(
          set -> contour(set).remove(Tag.ContourData), ReasonCode.MALFORMED_INSTANCE);
    }

    @Test
    void withRegionsThatCannotBeToldApartAreRefused() {
      assertRefusedAfter(set -> set.region(1, "Again"), ReasonCode.MALFORMED_INSTANCE);
      assertRefusedAfter(
          set -> set.contours.get(0).setInt(Tag.ReferencedROINumber, VR.IS, 8),
          ReasonCode.MALFORMED_INSTANCE);
      assertRefusedAfter(
          set -> set.regions.get(0).setNull(Tag.ROINumber, VR.IS), ReasonCode.MALFORMED_INSTANCE);
      assertRefusedAfter(
          set -> set.attributes.remove(Tag.SOPInstanceUID), ReasonCode.MALFORMED_INSTANCE);
    }

    @Test
    void withMoreItemsOrBytesThanAllowedAreRefusedBeforeTheyFillTheMemory() throws Exception {
      byte[] file = one().rectangle(CLOSED, 0, 0, 3, 0, 0).file(UID.DeflatedExplicitVRLittleEndian);
      try (var in = new BoundedInput(new ByteArrayInputStream(file), 3, 10_000)) {
        assertTrue(in.readDataset(-1, -1).contains(Tag.ROIContourSequence));
      }
      try (var in = new BoundedInput(new ByteArrayInputStream(file), 2, 10_000)) {
        assertThrows(IllegalArgumentException.class, () -> in.readDataset(-1, -1));
      }
      try (var in = new BoundedInput(new ByteArrayInputStream(file), 3, 300)) {
        assertThrows(IllegalArgumentException.class, () -> in.readDataset(-1, -1));
      }
    }

    private Attributes contour(TestStructureSet set) {
      return set.contours.get(0).getSequence(Tag.ContourSequence).get(0);
    }

    private void assertRefusedAfter(Consumer<TestStructureSet> change, ReasonCode code) {
      TestStructureSet set = one().rectangle(CLOSED, 0, 0, 2, 0, 0);
      assertEquals(3, mask(set).mask().voxels());
      change.accept(set);
      assertRefused(code, set::read);
    }
  }

  private static TestStructureSet one() {
    return new TestStructureSet(GRID).region(1, "Liver");
  }

  private static RegionMask mask(TestStructureSet set) {
    return set.read().mask(1, GRID);
  }

  private static void assertRefused(ReasonCode code, Runnable reading) {
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

  private static List<String> slice(RegionMask read, int slice) {
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

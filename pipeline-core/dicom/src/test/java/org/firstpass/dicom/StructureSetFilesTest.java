package org.firstpass.dicom;

import static org.firstpass.dicom.StructureSetReadingTest.GRID;
import static org.firstpass.dicom.StructureSetReadingTest.assertRefused;
import static org.firstpass.dicom.StructureSetReadingTest.mask;
import static org.firstpass.dicom.StructureSetReadingTest.one;
import static org.firstpass.dicom.StructureSetReadingTest.slice;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.firstpass.failure.ReasonCode;
import org.firstpass.volume.LabelMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The regions of structure sets of other makers, and what is refused of their files. */
class StructureSetFilesTest {
  private static final String CLOSED = TestStructureSet.CLOSED;

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
}

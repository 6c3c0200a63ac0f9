package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Fragments;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.firstpass.dicom.conformance.ObjectFinding;
import org.firstpass.dicom.conformance.TablePlace;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.TryAgainLater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ObjectCheckerTest {
  private static final SourceSeries SOURCE =
      SegmentationRoundTripTest.source(TestCt.oblique(23, 37, 5));
  private static final Map<String, byte[]> OBJECTS = TestObjects.all(SOURCE);

  static List<String> objects() {
    return List.copyOf(OBJECTS.keySet());
  }

  @ParameterizedTest
  @MethodSource("objects")
  void whatIsWrittenHereHasNoFindings(String name) {
    assertEquals(List.of(), check(OBJECTS.get(name)));
  }

  /** Every attribute that must be there, of the object and of its items, is taken away once. */
  @ParameterizedTest
  @MethodSource("objects")
  void findsEachRequiredAttributeThatIsTakenAway(String name) {
    int broken =
        breakEach(
            name, "attribute.missing", (place, any) -> place.isRequired(), TablePlace::remove);
    assertTrue(broken > 30, name + " has only " + broken + " required attributes");
  }

  @ParameterizedTest
  @MethodSource("objects")
  void findsEachAttributeOfType1ThatIsEmptied(String name) {
    int broken =
        breakEach(name, "attribute.empty", (place, any) -> place.needsValue(), TablePlace::empty);
    assertTrue(broken > 20, name + " has only " + broken + " attributes of type 1");
  }

  @ParameterizedTest
  @MethodSource("objects")
  void findsEachEnumeratedValueThatIsAnother(String name) {
    int broken = breakEach(name, "attribute.value", TablePlace::isEnumerated, TablePlace::another);
    // A structure set's third is its approval, which alone is a whole module.
    int expected = name.equals("structure set") ? 2 : 3;
    assertTrue(broken >= expected, name + " has only " + broken + " enumerated values");
  }

  @ParameterizedTest
  @MethodSource("objects")
  void findsEachAttributeOfAnotherRepresentation(String name) {
    int broken =
        breakEach(
            name, "attribute.representation", TablePlace::isRepresented, TablePlace::represent);
    assertTrue(broken > 40, name + " has only " + broken + " attributes in tables");
  }

  @ParameterizedTest
  @MethodSource("objects")
  void findsEachSingleValueThatIsTwo(String name) {
    int broken = breakEach(name, "attribute.multiplicity", TablePlace::isSingle, TablePlace::twice);
    assertTrue(broken > 30, name + " has only " + broken + " single values");
  }

  @ParameterizedTest
  @MethodSource("objects")
  void findsEachTextOfAnotherForm(String name) {
    int broken = breakEach(name, "value.format", TablePlace::hasForm, TablePlace::misform);
    assertTrue(broken > 20, name + " has only " + broken + " texts with a form");
  }

  @Test
  void findsHalfACode() {
    for (int part : new int[] {Tag.CodeValue, Tag.CodingSchemeDesignator, Tag.CodeMeaning}) {
      assertRule("code.incomplete", "report", report -> title(report).remove(part));
    }
  }

  @Test
  void findsFramesThatAreMoreOrFewerThanTheirGroups() {
    assertRule("frame.count", "map", map -> map.setInt(Tag.NumberOfFrames, VR.IS, 4));
  }

  @Test
  void findsAFunctionalGroupThatIsBothSharedAndOfAFrame() {
    assertRule(
        "frame.group",
        "map",
        map -> {
          Attributes measures =
              map.getNestedDataset(Tag.SharedFunctionalGroupsSequence)
                  .getNestedDataset(Tag.PixelMeasuresSequence);
          map.getNestedDataset(Tag.PerFrameFunctionalGroupsSequence)
              .newSequence(Tag.PixelMeasuresSequence, 1)
              .add(new Attributes(measures));
        });
  }

  @Test
  void findsADimensionIndexTooMany() {
    assertRule(
        "frame.dimension",
        "map",
        map ->
            map.getNestedDataset(Tag.PerFrameFunctionalGroupsSequence)
                .getNestedDataset(Tag.FrameContentSequence)
                .setInt(Tag.DimensionIndexValues, VR.UL, 1, 2));
    assertRule(
        "frame.dimension",
        "map",
        map ->
            map.getNestedDataset(Tag.DimensionOrganizationSequence)
                .setString(Tag.DimensionOrganizationUID, VR.UI, "2.25.5"));
  }

  @Test
  void findsPixelDataOfAnotherLength() {
    assertRule("pixel.length", "map", map -> map.setBytes(Tag.PixelData, VR.OW, new byte[100]));
    assertRule("pixel.missing", "map", map -> map.remove(Tag.PixelData));
    byte[] map = OBJECTS.get("map");
    assertEquals(
        List.of("pixel.length"),
        check(Arrays.copyOf(map, map.length - 2)).stream().map(ObjectFinding::rule).toList());
  }

  @Test
  void findsPixelDataOfAnotherFormThanTheTransferSyntax() {
    for (String name : List.of("label map", "label map, run-length")) {
      Attributes dataset = TestObjects.dataset(OBJECTS.get(name));
      boolean nativePixels = name.equals("label map");
      byte[] file =
          TestObjects.file(dataset, nativePixels ? UID.RLELossless : UID.ExplicitVRLittleEndian);
      assertEquals(
          List.of("pixel.encoding"), check(file).stream().map(ObjectFinding::rule).toList());
    }
  }

  @Test
  void findsFewerFragmentsThanFrames() {
    assertRule(
        "pixel.length",
        "label map, run-length",
        object -> ((Fragments) object.getValue(Tag.PixelData)).remove(1));
  }

  @Test
  void findsALabelMapThatHasANumberTwice() {
    assertRule(
        "segment.number",
        "label map",
        object ->
            object.getSequence(Tag.SegmentSequence).get(2).setInt(Tag.SegmentNumber, VR.US, 2));
  }

  @Test
  void findsSegmentsThatDoNotCountFrom1() {
    assertRule(
        "segment.number",
        "segmentation",
        object ->
            object.getSequence(Tag.SegmentSequence).get(1).setInt(Tag.SegmentNumber, VR.US, 7));
  }

  @Test
  void findsAFrameOfASegmentThatIsNotThere() {
    assertRule(
        "segment.referenced",
        "segmentation",
        object ->
            object
                .getNestedDataset(Tag.PerFrameFunctionalGroupsSequence)
                .getNestedDataset(Tag.SegmentIdentificationSequence)
                .setInt(Tag.ReferencedSegmentNumber, VR.US, 4));
  }

  @Test
  void findsBitsThatDoNotFitTheKindOfSegmentation() {
    assertRule(
        "segment.bits", "segmentation", object -> object.setInt(Tag.BitsAllocated, VR.US, 8));
    assertRule("segment.bits", "segmentation", object -> object.setInt(Tag.BitsStored, VR.US, 8));
    assertRule("segment.bits", "segmentation", object -> object.setInt(Tag.HighBit, VR.US, 7));
  }

  @Test
  void findsALabelMapUnderTheOtherSopClass() {
    assertRule(
        "segment.type",
        "segmentation",
        object -> object.setString(Tag.SegmentationType, VR.CS, "LABELMAP"));
  }

  @Test
  void findsATrackingIdentifierWithoutItsUid() {
    assertRule(
        "attribute.missing",
        "segmentation",
        object -> object.getNestedDataset(Tag.SegmentSequence).remove(Tag.TrackingUID));
    assertRule(
        "attribute.missing",
        "segmentation",
        object -> object.getNestedDataset(Tag.SegmentSequence).remove(Tag.TrackingID));
  }

  @Test
  void findsAReferenceThatIsNotListed() {
    assertRule(
        "reference.evidence",
        "report",
        report ->
            report
                .getNestedDataset(Tag.CurrentRequestedProcedureEvidenceSequence)
                .getSequence(Tag.ReferencedSeriesSequence)
                .remove(1));
    assertRule(
        "reference.evidence",
        "key object selection",
        selection ->
            selection
                .getNestedDataset(Tag.CurrentRequestedProcedureEvidenceSequence)
                .getNestedDataset(Tag.ReferencedSeriesSequence)
                .getNestedDataset(Tag.ReferencedSOPSequence)
                .setString(Tag.ReferencedSOPClassUID, VR.UI, "1.2.840.10008.5.1.4.1.1.4"));
    assertRule(
        "reference.series",
        "segmentation",
        object ->
            object
                .getNestedDataset(Tag.ReferencedSeriesSequence)
                .getSequence(Tag.ReferencedInstanceSequence)
                .remove(0));
  }

  @Test
  void findsAFileThatNamesAnotherObject() {
    byte[] report = OBJECTS.get("report");
    byte[] renamed = report.clone();
    int at = new String(report, StandardCharsets.ISO_8859_1).indexOf("2.25.800");
    renamed[at + 7] = '1';
    assertEquals(List.of("file.meta"), check(renamed).stream().map(ObjectFinding::rule).toList());
  }

  @Test
  void findsWhatIsNoObjectOrOneThatIsNotWrittenHere() {
    assertEquals("object.unreadable", check("no DICOM".repeat(50).getBytes()).get(0).rule());
    byte[] image =
        CtSeriesWriter.write(TestCt.DESCRIPTION, TestCt.counting(TestCt.oblique(5, 3, 1))).get(0);
    assertEquals("object.sop-class", check(image).get(0).rule());
    byte[] report = OBJECTS.get("report");
    assertFalse(check(Arrays.copyOf(report, report.length / 2)).isEmpty());
  }

  @Test
  void neverQuotesAValue() {
    Attributes report = TestObjects.dataset(OBJECTS.get("report"));
    report.setString(Tag.PatientSex, VR.CS, "Secret^Name");
    report.setString(Tag.StudyDate, VR.DA, "Secret^Name");
    List<ObjectFinding> findings = check(TestObjects.file(report));
    assertTrue(findings.size() >= 2);
    assertFalse(findings.toString().contains("Secret"), findings.toString());
  }

  @Test
  void saysThatASourceThatCannotBeReadMayBeTriedAgain() {
    var again =
        assertThrows(
            TryAgainLater.class,
            () ->
                ObjectChecker.check(
                    () -> {
                      throw new IOException("gone");
                    }));
    assertEquals(ReasonCode.STORE_UNAVAILABLE, again.code());
  }

  /** Breaks each place that can be, one at a time, and requires the finding; how many it were. */
  private static int breakEach(
      String name,
      String rule,
      BiPredicate<TablePlace, Attributes> chosen,
      BiConsumer<TablePlace, Attributes> change) {
    Attributes whole = TestObjects.dataset(OBJECTS.get(name));
    int broken = 0;
    for (TablePlace place : TablePlace.of(whole)) {
      if (chosen.test(place, whole)) {
        broken++;
        Attributes dataset = TestObjects.dataset(OBJECTS.get(name));
        change.accept(place, dataset);
        List<ObjectFinding> findings = check(TestObjects.file(dataset));
        assertTrue(
            findings.stream()
                .anyMatch(
                    finding -> finding.rule().equals(rule) && finding.path().equals(place.path())),
            rule + " at " + place.path() + ": " + findings);
      }
    }
    return broken;
  }

  /** A change of one object. */
  private interface Break {
    void apply(Attributes dataset);
  }

  private static void assertRule(String rule, String name, Break broken) {
    Attributes dataset = TestObjects.dataset(OBJECTS.get(name));
    broken.apply(dataset);
    List<ObjectFinding> findings = check(TestObjects.file(dataset));
    Map<String, Long> rules = new TreeMap<>();
    findings.forEach(finding -> rules.merge(finding.rule(), 1L, Long::sum));
    assertTrue(rules.containsKey(rule), rule + ": " + findings);
  }

  private static Attributes title(Attributes document) {
    return document.getNestedDataset(Tag.ConceptNameCodeSequence);
  }

  private static List<ObjectFinding> check(byte[] file) {
    return ObjectChecker.check(() -> new ByteArrayInputStream(file));
  }
}

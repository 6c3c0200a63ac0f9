package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.firstpass.dicom.conformance.ObjectFinding;
import org.junit.jupiter.api.Test;

/** The checker on a structure set that is made by hand, one break at a time. */
class StructureSetRulesTest {
  private static final String STRUCTURE_SET = "1.2.840.10008.5.1.4.1.1.481.3";
  private static final String CT = "1.2.840.10008.5.1.4.1.1.2";

  @Test
  void aWholeStructureSetHasNoFindings() {
    assertEquals(List.of(), check(structureSet()));
  }

  @Test
  void findsANumberThatTwoRoisHave() {
    Attributes broken = structureSet();
    Sequence rois = broken.getSequence(Tag.StructureSetROISequence);
    rois.add(new Attributes(rois.get(0)));
    assertRule("roi.number", broken);
  }

  @Test
  void findsContoursAndObservationsOfNoRoi() {
    for (int sequence : new int[] {Tag.ROIContourSequence, Tag.RTROIObservationsSequence}) {
      Attributes broken = structureSet();
      broken.getNestedDataset(sequence).setInt(Tag.ReferencedROINumber, VR.IS, 2);
      assertRule("roi.referenced", broken);
    }
  }

  @Test
  void findsAnRoiInAFrameOfReferenceThatIsNotListed() {
    Attributes broken = structureSet();
    broken
        .getNestedDataset(Tag.StructureSetROISequence)
        .setString(Tag.ReferencedFrameOfReferenceUID, VR.UI, "2.25.999");
    assertRule("roi.frame-of-reference", broken);
  }

  @Test
  void findsAContourWithOtherThanThreeNumbersForEachPoint() {
    Attributes broken = structureSet();
    contour(broken).setInt(Tag.NumberOfContourPoints, VR.IS, 4);
    assertRule("contour.points", broken);
  }

  @Test
  void findsAClosedContourOfTwoPoints() {
    Attributes broken = structureSet();
    contour(broken).setInt(Tag.NumberOfContourPoints, VR.IS, 2);
    contour(broken).setString(Tag.ContourData, VR.DS, "0", "0", "0", "1", "0", "0");
    assertRule("contour.closed", broken);
  }

  @Test
  void findsAContourOnAnImageThatIsNotListed() {
    Attributes broken = structureSet();
    contour(broken)
        .getNestedDataset(Tag.ContourImageSequence)
        .setString(Tag.ReferencedSOPInstanceUID, VR.UI, "2.25.999");
    assertRule("reference.contour", broken);
  }

  private static Attributes contour(Attributes structureSet) {
    return structureSet
        .getNestedDataset(Tag.ROIContourSequence)
        .getNestedDataset(Tag.ContourSequence);
  }

  private static void assertRule(String rule, Attributes broken) {
    List<ObjectFinding> findings = check(broken);
    assertTrue(
        findings.stream().anyMatch(finding -> finding.rule().equals(rule)), findings.toString());
  }

  private static List<ObjectFinding> check(Attributes structureSet) {
    byte[] file = TestObjects.file(structureSet);
    return ObjectChecker.check(() -> new ByteArrayInputStream(file));
  }

  private static Attributes structureSet() {
    Attributes set = new Attributes();
    set.setString(Tag.SOPClassUID, VR.UI, STRUCTURE_SET);
    set.setString(Tag.SOPInstanceUID, VR.UI, "2.25.1");
    set.setString(Tag.StudyInstanceUID, VR.UI, "2.25.2");
    set.setString(Tag.SeriesInstanceUID, VR.UI, "2.25.3");
    set.setString(Tag.Modality, VR.CS, "RTSTRUCT");
    set.setString(Tag.StructureSetLabel, VR.SH, "abdomen");
    for (int tag : new int[] {Tag.PatientName, Tag.ReferringPhysicianName, Tag.OperatorsName}) {
      set.setNull(tag, VR.PN);
    }
    for (int tag : new int[] {Tag.PatientBirthDate, Tag.StudyDate, Tag.StructureSetDate}) {
      set.setNull(tag, VR.DA);
    }
    for (int tag : new int[] {Tag.StudyTime, Tag.StructureSetTime}) {
      set.setNull(tag, VR.TM);
    }
    set.setNull(Tag.PatientID, VR.LO);
    set.setNull(Tag.PatientSex, VR.CS);
    set.setNull(Tag.StudyID, VR.SH);
    set.setNull(Tag.AccessionNumber, VR.SH);
    set.setNull(Tag.SeriesNumber, VR.IS);
    set.setNull(Tag.Manufacturer, VR.LO);
    set.newSequence(Tag.ReferencedFrameOfReferenceSequence, 1).add(frameOfReference());
    set.newSequence(Tag.StructureSetROISequence, 1).add(roi());
    set.newSequence(Tag.ROIContourSequence, 1).add(contours());
    set.newSequence(Tag.RTROIObservationsSequence, 1).add(observation());
    return set;
  }

  private static Attributes frameOfReference() {
    Attributes series = new Attributes();
    series.setString(Tag.SeriesInstanceUID, VR.UI, "2.25.5");
    series.newSequence(Tag.ContourImageSequence, 1).add(reference(CT, "2.25.6"));
    Attributes study = reference("1.2.840.10008.3.1.2.3.1", "2.25.2");
    study.newSequence(Tag.RTReferencedSeriesSequence, 1).add(series);
    Attributes frameOfReference = new Attributes();
    frameOfReference.setString(Tag.FrameOfReferenceUID, VR.UI, "2.25.4");
    frameOfReference.newSequence(Tag.RTReferencedStudySequence, 1).add(study);
    return frameOfReference;
  }

  private static Attributes roi() {
    Attributes roi = new Attributes();
    roi.setInt(Tag.ROINumber, VR.IS, 1);
    roi.setString(Tag.ROIName, VR.LO, "Liver");
    roi.setString(Tag.ReferencedFrameOfReferenceUID, VR.UI, "2.25.4");
    roi.setString(Tag.ROIGenerationAlgorithm, VR.CS, "AUTOMATIC");
    return roi;
  }

  private static Attributes contours() {
    Attributes contour = new Attributes();
    contour.newSequence(Tag.ContourImageSequence, 1).add(reference(CT, "2.25.6"));
    contour.setString(Tag.ContourGeometricType, VR.CS, "CLOSED_PLANAR");
    contour.setInt(Tag.NumberOfContourPoints, VR.IS, 3);
    contour.setString(Tag.ContourData, VR.DS, "0", "0", "5", "1.5", "0", "5", "1.5", "-2", "5");
    Attributes contours = new Attributes();
    contours.setInt(Tag.ReferencedROINumber, VR.IS, 1);
    contours.newSequence(Tag.ContourSequence, 1).add(contour);
    return contours;
  }

  private static Attributes observation() {
    Attributes observation = new Attributes();
    observation.setInt(Tag.ObservationNumber, VR.IS, 1);
    observation.setInt(Tag.ReferencedROINumber, VR.IS, 1);
    observation.setNull(Tag.RTROIInterpretedType, VR.CS);
    observation.setNull(Tag.ROIInterpreter, VR.PN);
    return observation;
  }

  private static Attributes reference(String sopClass, String instance) {
    Attributes item = new Attributes();
    item.setString(Tag.ReferencedSOPClassUID, VR.UI, sopClass);
    item.setString(Tag.ReferencedSOPInstanceUID, VR.UI, instance);
    return item;
  }
}

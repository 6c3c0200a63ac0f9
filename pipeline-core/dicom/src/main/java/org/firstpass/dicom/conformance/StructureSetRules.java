package org.firstpass.dicom.conformance;

import java.util.HashSet;
import java.util.Set;
import org.dcm4che3.data.Tag;
import org.firstpass.dicom.conformance.CheckedObject.Item;

/**
 * ROIs are numbered once, contours and observations speak of those that are there, and contours
 * have the points that they say.
 *
 * @see "PS3.3 C.8.8.5, C.8.8.6, C.8.8.8"
 */
final class StructureSetRules {
  private static final String CLOSED = "CLOSED_PLANAR";
  private static final int COORDINATES = 3;
  private static final int LEAST_OF_CLOSED = 3;

  private final Findings findings;
  private final Set<Integer> rois = new HashSet<>();
  private final Set<String> framesOfReference = new HashSet<>();
  private final Set<String> images = new HashSet<>();

  private StructureSetRules(Findings findings) {
    this.findings = findings;
  }

  static void check(CheckedObject object, Findings findings) {
    Item root = object.root();
    if (!root.attributes().contains(Tag.StructureSetROISequence)) {
      return;
    }
    var rules = new StructureSetRules(findings);
    root.items(Tag.ReferencedFrameOfReferenceSequence).forEach(rules::list);
    root.items(Tag.StructureSetROISequence).forEach(rules::roi);
    for (Item contours : root.items(Tag.ROIContourSequence)) {
      rules.requireRoi(contours);
      contours.items(Tag.ContourSequence).forEach(rules::contour);
    }
    root.items(Tag.RTROIObservationsSequence).forEach(rules::requireRoi);
  }

  private void list(Item frameOfReference) {
    framesOfReference.add(frameOfReference.text(Tag.FrameOfReferenceUID));
    for (Item study : frameOfReference.items(Tag.RTReferencedStudySequence)) {
      for (Item series : study.items(Tag.RTReferencedSeriesSequence)) {
        for (Item image : series.items(Tag.ContourImageSequence)) {
          images.add(image.text(Tag.ReferencedSOPInstanceUID));
        }
      }
    }
  }

  private void roi(Item roi) {
    int number = roi.attributes().getInt(Tag.ROINumber, -1);
    if (!rois.add(number)) {
      findings.add("roi.number", roi.path(Tag.ROINumber), "each number once", "one twice");
    }
    if (!framesOfReference.contains(roi.text(Tag.ReferencedFrameOfReferenceUID))) {
      findings.add(
          "roi.frame-of-reference",
          roi.path(Tag.ReferencedFrameOfReferenceUID),
          "a frame of reference of the structure set (PS3.3 C.8.8.5)",
          "another");
    }
  }

  private void requireRoi(Item item) {
    if (!rois.contains(item.attributes().getInt(Tag.ReferencedROINumber, -1))) {
      findings.add(
          "roi.referenced",
          item.path(Tag.ReferencedROINumber),
          "the number of an ROI of the structure set",
          "another");
    }
  }

  private void contour(Item contour) {
    int points = contour.attributes().getInt(Tag.NumberOfContourPoints, -1);
    String[] data = contour.attributes().getStrings(Tag.ContourData);
    int coordinates = data == null ? 0 : data.length;
    if (coordinates != COORDINATES * points) {
      findings.add(
          "contour.points",
          contour.path(Tag.ContourData),
          COORDINATES * points + " numbers for " + points + " points",
          Integer.toString(coordinates));
    }
    if (contour.text(Tag.ContourGeometricType).equals(CLOSED) && points < LEAST_OF_CLOSED) {
      findings.add(
          "contour.closed",
          contour.path(Tag.NumberOfContourPoints),
          "at least 3 points of a closed contour (PS3.3 C.8.8.6.2)",
          Integer.toString(points));
    }
    for (Item image : contour.items(Tag.ContourImageSequence)) {
      if (!images.contains(image.text(Tag.ReferencedSOPInstanceUID))) {
        findings.add(
            "reference.contour",
            image.path(Tag.ReferencedSOPInstanceUID),
            "an image of the referenced series (PS3.3 C.8.8.5)",
            "one that is not listed");
      }
    }
  }
}

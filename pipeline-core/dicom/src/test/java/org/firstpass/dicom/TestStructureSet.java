package org.firstpass.dicom;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomInputStream;
import org.dcm4che3.io.DicomOutputStream;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.Vector3;

/** A structure set as another maker might write it: built contour by contour, right or wrong. */
final class TestStructureSet {
  static final String CLOSED = "CLOSED_PLANAR";
  static final String XOR = "CLOSEDPLANAR_XOR";

  private final GridGeometry grid;
  final Attributes attributes = new Attributes();
  final Sequence regions = attributes.newSequence(Tag.StructureSetROISequence, 1);
  final Sequence contours = attributes.newSequence(Tag.ROIContourSequence, 1);

  TestStructureSet(GridGeometry grid) {
    this.grid = grid;
    attributes.setString(Tag.SOPClassUID, VR.UI, "1.2.840.10008.5.1.4.1.1.481.3");
    attributes.setString(Tag.SOPInstanceUID, VR.UI, "2.25.501");
    attributes.setString(Tag.StudyInstanceUID, VR.UI, "2.25.11");
  }

  /** Adds a region without contours. */
  TestStructureSet region(int number, String name) {
    Attributes region = new Attributes();
    region.setInt(Tag.ROINumber, VR.IS, number);
    region.setString(Tag.ROIName, VR.LO, name);
    region.setString(Tag.ReferencedFrameOfReferenceUID, VR.UI, grid.frameOfReference().value());
    regions.add(region);
    Attributes contour = new Attributes();
    contour.setInt(Tag.ReferencedROINumber, VR.IS, number);
    contour.newSequence(Tag.ContourSequence, 1);
    contours.add(contour);
    return this;
  }

  /** Adds a contour to the last region: column, row and slice of each point, continuous. */
  TestStructureSet contour(String type, double... indices) {
    String[] data = new String[indices.length];
    for (int i = 0; i < indices.length; i += 3) {
      Vector3 point = grid.toPatient(indices[i], indices[i + 1], indices[i + 2]);
      System.arraycopy(DecimalString.of(point.x(), point.y(), point.z()), 0, data, i, 3);
    }
    Attributes item = new Attributes();
    item.setString(Tag.ContourGeometricType, VR.CS, type);
    item.setInt(Tag.NumberOfContourPoints, VR.IS, indices.length / 3);
    item.setString(Tag.ContourData, VR.DS, data);
    contours.get(contours.size() - 1).getSequence(Tag.ContourSequence).add(item);
    return this;
  }

  /** A rectangle of whole pixels in a slice, from the first to the last of each. */
  TestStructureSet rectangle(
      String type, int firstColumn, int firstRow, int lastColumn, int lastRow, double slice) {
    double left = firstColumn - 0.5;
    double top = firstRow - 0.5;
    double right = lastColumn + 0.5;
    double bottom = lastRow + 0.5;
    return contour(
        type, left, top, slice, right, top, slice, right, bottom, slice, left, bottom, slice);
  }

  StructureSet read() {
    byte[] file = file(UID.ExplicitVRLittleEndian);
    return StructureSetReader.read(() -> new ByteArrayInputStream(file));
  }

  byte[] file(String transferSyntax) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DicomOutputStream(bytes, UID.ExplicitVRLittleEndian)) {
      out.writeDataset(
          Attributes.createFileMetaInformation(
              "2.25.501", "1.2.840.10008.5.1.4.1.1.481.3", transferSyntax),
          attributes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static Attributes attributes(byte[] file) throws IOException {
    try (var in = new DicomInputStream(new ByteArrayInputStream(file))) {
      return in.readDataset(-1, -1);
    }
  }
}

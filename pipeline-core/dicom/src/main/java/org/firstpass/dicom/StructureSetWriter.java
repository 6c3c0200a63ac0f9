package org.firstpass.dicom;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.UID;
import org.dcm4che3.io.DicomOutputStream;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.segment.Segment;
import org.firstpass.study.SopClassUid;
import org.firstpass.study.TransferSyntaxUid;
import org.firstpass.volume.LabelMap;

/**
 * Writes a label map as an RT Structure Set.
 *
 * <p>It has a region (ROI) for every segment with voxels, numbered as in the schema; if there are
 * none at all, one of the last segment without a contour, so that "nothing found" is an object. A
 * contour is CLOSED_PLANAR, lies in the plane of an image of the source and runs along the faces of
 * the voxels ({@link org.firstpass.volume.contour.BoundaryContours}), so that filling it at voxel
 * centres is exact; contours through the centres of the outermost voxels, or half way between
 * voxels, would leave it to each reader on which side a centre falls, and lose volume.
 *
 * <p>Holes are keyholes, which is how the standard lets CLOSED_PLANAR have them. Readers that unite
 * the contours of a plane fill in a hole that is a contour of its own, and many do not know
 * CLOSEDPLANAR_XOR yet; a keyhole is read alike by them and by those that combine contours by XOR.
 *
 * <p>Implicit VR Little Endian, which every reader takes, and no value is too long for an explicit
 * transfer syntax. The same input gives the same bytes.
 *
 * @see "PS3.3 A.19, C.8.8.5, C.8.8.6, C.8.8.6.3, C.8.8.8"
 */
public final class StructureSetWriter {
  private static final int BUFFER = 1 << 16;

  private StructureSetWriter() {}

  /**
   * Writes one file (PS3.10) and leaves the stream open.
   *
   * @return what reading the contours back gives, which also stands in each ROI Description
   * @throws StudyRefused NO_PATIENT_GEOMETRY if the source has no position in patient space;
   *     TOO_LARGE if there are more than {@value ContourBudget#MOST_CONTOURS} contours, or more
   *     than {@value ContourBudget#MOST_BYTES} bytes of them: noise, no structures
   * @throws IllegalArgumentException if the label map is on another grid than the source
   * @throws org.firstpass.failure.Defect UNEXPECTED if it has a label that is not of the schema
   * @throws UncheckedIOException if the stream fails
   */
  public static ContourFidelity write(
      SourceSeries source, LabelMap labels, SegmentationContent content, OutputStream out) {
    if (!source.patientGeometry()) {
      throw new StudyRefused(
          ReasonCode.NO_PATIENT_GEOMETRY,
          "contours lie in patient space, which series "
              + source.reference().series()
              + " does not");
    }
    GridGeometry.requireSameGrid(source.geometry(), labels.geometry());
    Attributes attributes = StructureSetHeader.of(source, content);
    ContourFidelity fidelity = addRegions(attributes, source, labels, content);
    try {
      write(attributes, content.identity(), out);
    } catch (IOException e) {
      throw new UncheckedIOException("a structure set cannot be written", e);
    }
    return fidelity;
  }

  private static ContourFidelity addRegions(
      Attributes attributes, SourceSeries source, LabelMap labels, SegmentationContent content) {
    List<Segment> segments =
        content.schema().segments().stream()
            .sorted(Comparator.comparingInt(Segment::number))
            .toList();
    LabelRuns runs = LabelRuns.of(labels, segments);
    var items = new StructureSetItems(source, content, attributes);
    List<ContourFidelity.OfRegion> regions = new ArrayList<>();
    var budget = new ContourBudget();
    for (int i = 0; i < segments.size(); i++) {
      var written = WrittenContours.of(source, runs, i, budget);
      // The last one stands for all if none has voxels.
      boolean nothingFound = i == segments.size() - 1 && regions.isEmpty();
      if (!written.contours().isEmpty() || nothingFound) {
        ContourFidelity.OfRegion region = written.fidelity(labels, segments.get(i).number());
        items.add(segments.get(i), written, region);
        regions.add(region);
      }
    }
    return new ContourFidelity(regions);
  }

  private static void write(
      Attributes attributes, SegmentationIdentity identity, OutputStream target)
      throws IOException {
    var buffered = new BufferedOutputStream(target, BUFFER);
    buffered.write(
        Part10.header(
            new SopClassUid(SopClasses.RT_STRUCTURE_SET),
            identity.instance(),
            new TransferSyntaxUid(UID.ImplicitVRLittleEndian)));
    // Not closed: that would close the caller's stream.
    @SuppressWarnings("resource")
    var out = new DicomOutputStream(buffered, UID.ImplicitVRLittleEndian);
    out.writeDataset(null, attributes);
    out.flush();
    buffered.flush();
  }
}

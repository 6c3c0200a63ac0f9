package org.firstpass.dicom;

import java.util.HashSet;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.firstpass.geometry.Axes;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.Vector3;
import org.firstpass.study.DicomUid;
import org.firstpass.study.NameBasedUuid;

/**
 * The shared and per-frame functional groups of a SEG object on its source's grid.
 *
 * <p>Position, orientation and spacing are written so that they read as the source's numbers.
 *
 * @see "PS3.3 C.7.6.16, C.7.6.17"
 */
final class FrameGroups {
  private static final Concept SEGMENTATION = new Concept("113076", "DCM", "Segmentation");
  private static final Concept PROCESSED =
      new Concept("121322", "DCM", "Source image for image processing operation");

  /** An orientation as the source writes it is used if it is this near to the grid's. */
  private static final double SAME_DIRECTION = 1e-4;

  private final SourceSeries source;
  private final Attributes sourceHeader;
  private final SegmentFrames frames;
  private final SegmentationIdentity identity;

  FrameGroups(
      SourceSeries source,
      Attributes sourceHeader,
      SegmentFrames frames,
      SegmentationIdentity identity) {
    this.source = source;
    this.sourceHeader = sourceHeader;
    this.frames = frames;
    this.identity = identity;
  }

  void addTo(Attributes attributes) {
    addDimensions(attributes);
    attributes.newSequence(Tag.SharedFunctionalGroupsSequence, 1).add(shared());
    Sequence perFrame =
        attributes.newSequence(Tag.PerFrameFunctionalGroupsSequence, frames.frames().size());
    for (SegmentFrames.Frame frame : frames.frames()) {
      perFrame.add(perFrame(frame));
    }
  }

  private void addDimensions(Attributes attributes) {
    String organization =
        DicomUid.of(NameBasedUuid.of("dimension organization", identity.instance().value()));
    Attributes item = new Attributes();
    item.setString(Tag.DimensionOrganizationUID, VR.UI, organization);
    attributes.newSequence(Tag.DimensionOrganizationSequence, 1).add(item);
    Sequence indices = attributes.newSequence(Tag.DimensionIndexSequence, 2);
    if (frames.perSegment()) {
      indices.add(
          dimension(
              organization,
              Tag.ReferencedSegmentNumber,
              Tag.SegmentIdentificationSequence,
              "Segment Number"));
    }
    indices.add(
        dimension(
            organization,
            Tag.ImagePositionPatient,
            Tag.PlanePositionSequence,
            "Image Position Patient"));
  }

  private static Attributes dimension(String organization, int pointer, int group, String label) {
    Attributes item = new Attributes();
    item.setString(Tag.DimensionOrganizationUID, VR.UI, organization);
    item.setInt(Tag.DimensionIndexPointer, VR.AT, pointer);
    item.setInt(Tag.FunctionalGroupPointer, VR.AT, group);
    item.setString(Tag.DimensionDescriptionLabel, VR.LO, label);
    return item;
  }

  private Attributes shared() {
    GridGeometry grid = source.geometry();
    Attributes measures = new Attributes();
    measures.setString(
        Tag.PixelSpacing, VR.DS, DecimalString.of(grid.spacing().row(), grid.spacing().column()));
    double thickness = sourceHeader.getDouble(Tag.SliceThickness, 0);
    measures.setString(
        Tag.SliceThickness,
        VR.DS,
        DecimalString.of(thickness > 0 ? thickness : grid.spacing().slice()));
    measures.setString(Tag.SpacingBetweenSlices, VR.DS, DecimalString.of(grid.spacing().slice()));
    Attributes orientation = new Attributes();
    orientation.setString(
        Tag.ImageOrientationPatient, VR.DS, DecimalString.of(orientation(grid.axes())));
    Attributes item = new Attributes();
    item.newSequence(Tag.PixelMeasuresSequence, 1).add(measures);
    item.newSequence(Tag.PlaneOrientationSequence, 1).add(orientation);
    return item;
  }

  private double[] orientation(Axes axes) {
    double[] ofGrid = {
      axes.column().x(), axes.column().y(), axes.column().z(),
      axes.row().x(), axes.row().y(), axes.row().z()
    };
    double[] ofSource = sourceHeader.getDoubles(Tag.ImageOrientationPatient);
    if (ofSource == null || ofSource.length != ofGrid.length) {
      return ofGrid;
    }
    for (int i = 0; i < ofGrid.length; i++) {
      if (!(Math.abs(ofGrid[i] - ofSource[i]) <= SAME_DIRECTION)) {
        return ofGrid;
      }
    }
    return ofSource;
  }

  private Attributes perFrame(SegmentFrames.Frame frame) {
    SourceFrame sourceFrame = source.frames().get(frame.slice());
    Attributes content = new Attributes();
    int position = frames.positionIndex(frame.slice());
    content.setInt(
        Tag.DimensionIndexValues,
        VR.UL,
        frames.perSegment() ? new int[] {frame.segment() + 1, position} : new int[] {position});
    Vector3 at = sourceFrame.position();
    Attributes plane = new Attributes();
    plane.setString(Tag.ImagePositionPatient, VR.DS, DecimalString.of(at.x(), at.y(), at.z()));
    Attributes item = new Attributes();
    item.newSequence(Tag.DerivationImageSequence, 1).add(derivation(sourceFrame));
    item.newSequence(Tag.FrameContentSequence, 1).add(content);
    item.newSequence(Tag.PlanePositionSequence, 1).add(plane);
    if (frames.perSegment()) {
      Attributes segment = new Attributes();
      segment.setInt(Tag.ReferencedSegmentNumber, VR.US, frames.number(frame.segment()));
      item.newSequence(Tag.SegmentIdentificationSequence, 1).add(segment);
    }
    return item;
  }

  private static Attributes derivation(SourceFrame frame) {
    Attributes image = new Attributes();
    image.setString(Tag.ReferencedSOPClassUID, VR.UI, frame.sopClass().value());
    image.setString(Tag.ReferencedSOPInstanceUID, VR.UI, frame.instance().value());
    if (frame.frameNumber() > 0) {
      image.setInt(Tag.ReferencedFrameNumber, VR.IS, frame.frameNumber());
    }
    image.setString(Tag.SpatialLocationsPreserved, VR.CS, "YES");
    image.newSequence(Tag.PurposeOfReferenceCodeSequence, 1).add(PROCESSED.toItem());
    Attributes derivation = new Attributes();
    derivation.newSequence(Tag.SourceImageSequence, 1).add(image);
    derivation.newSequence(Tag.DerivationCodeSequence, 1).add(SEGMENTATION.toItem());
    return derivation;
  }

  /** The source instances, once each, for the Referenced Series Sequence. */
  static void addReferences(Attributes attributes, SourceSeries source) {
    Attributes series = new Attributes();
    series.setString(Tag.SeriesInstanceUID, VR.UI, source.reference().series().value());
    List<SourceFrame> frames = source.frames();
    Sequence instances = series.newSequence(Tag.ReferencedInstanceSequence, frames.size());
    var seen = new HashSet<String>();
    for (SourceFrame frame : frames) {
      if (seen.add(frame.instance().value())) {
        Attributes item = new Attributes();
        item.setString(Tag.ReferencedSOPClassUID, VR.UI, frame.sopClass().value());
        item.setString(Tag.ReferencedSOPInstanceUID, VR.UI, frame.instance().value());
        instances.add(item);
      }
    }
    attributes.newSequence(Tag.ReferencedSeriesSequence, 1).add(series);
  }
}

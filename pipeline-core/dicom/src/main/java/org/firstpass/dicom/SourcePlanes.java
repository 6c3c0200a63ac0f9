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

/**
 * Where the frames of an object lie that has the grid of its source, as items of functional groups,
 * and from which source frame each was made.
 *
 * <p>Position, orientation and spacing are written so that they read as the source's numbers.
 *
 * @see "PS3.3 C.7.6.16.2"
 */
final class SourcePlanes {
  private static final Concept PROCESSED =
      new Concept("121322", "DCM", "Source image for image processing operation");

  /** An orientation as the source writes it is used if it is this near to the grid's. */
  private static final double SAME_DIRECTION = 1e-4;

  private final SourceSeries source;
  private final Attributes sourceHeader;

  SourcePlanes(SourceSeries source, Attributes sourceHeader) {
    this.source = source;
    this.sourceHeader = sourceHeader;
  }

  /** Whether frames have a place in patient space, and not on their images alone. */
  boolean inPatientSpace() {
    return source.patientGeometry();
  }

  /** Adds the Pixel Measures and Plane Orientation that all frames share. */
  void addShared(Attributes shared) {
    GridGeometry grid = source.geometry();
    if (!inPatientSpace()) {
      addSize(shared, grid);
      return;
    }
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
    shared.newSequence(Tag.PixelMeasuresSequence, 1).add(measures);
    shared.newSequence(Tag.PlaneOrientationSequence, 1).add(orientation);
  }

  /** Adds the Plane Position of a slice, and of which source image its frame was made and how. */
  void addFrame(Attributes frame, int slice, Concept derivation) {
    SourceFrame sourceFrame = source.frames().get(slice);
    frame.newSequence(Tag.DerivationImageSequence, 1).add(derivation(sourceFrame, derivation));
    if (!inPatientSpace()) {
      return;
    }
    Vector3 at = sourceFrame.requirePosition();
    Attributes position = new Attributes();
    position.setString(Tag.ImagePositionPatient, VR.DS, DecimalString.of(at.x(), at.y(), at.z()));
    frame.newSequence(Tag.PlanePositionSequence, 1).add(position);
  }

  /** The source instances, once each, for the Referenced Series Sequence. */
  static void addReferences(Attributes attributes, SourceSeries source) {
    Attributes series = new Attributes();
    series.setString(Tag.SeriesInstanceUID, VR.UI, source.reference().series().value());
    addInstances(series.newSequence(Tag.ReferencedInstanceSequence, 16), source.frames());
    attributes.newSequence(Tag.ReferencedSeriesSequence, 1).add(series);
  }

  /** Adds a reference to each instance of the frames, once. */
  static void addInstances(Sequence references, List<SourceFrame> frames) {
    var seen = new HashSet<String>();
    for (SourceFrame frame : frames) {
      if (seen.add(frame.instance().value())) {
        Attributes item = new Attributes();
        item.setString(Tag.ReferencedSOPClassUID, VR.UI, frame.sopClass().value());
        item.setString(Tag.ReferencedSOPInstanceUID, VR.UI, frame.instance().value());
        references.add(item);
      }
    }
  }

  /** The size of pixels, if it is known; there is no distance between frames. */
  private static void addSize(Attributes shared, GridGeometry grid) {
    if (grid.space().hasMillimetres()) {
      Attributes measures = new Attributes();
      measures.setString(
          Tag.PixelSpacing, VR.DS, DecimalString.of(grid.spacing().row(), grid.spacing().column()));
      shared.newSequence(Tag.PixelMeasuresSequence, 1).add(measures);
    }
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

  private static Attributes derivation(SourceFrame frame, Concept how) {
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
    derivation.newSequence(Tag.DerivationCodeSequence, 1).add(how.toItem());
    return derivation;
  }
}

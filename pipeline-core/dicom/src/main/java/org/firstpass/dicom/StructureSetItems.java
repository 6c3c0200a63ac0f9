package org.firstpass.dicom;

import java.util.HashSet;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.firstpass.segment.Segment;
import org.firstpass.segment.SegmentAlgorithmType;

/**
 * The regions of a structure set in its three sequences: what they are, their contours, and what is
 * known of them. Their ROI Numbers are the numbers of the schema.
 *
 * @see "PS3.3 C.8.8.5, C.8.8.6, C.8.8.8"
 */
final class StructureSetItems {
  static final String CLOSED_PLANAR = "CLOSED_PLANAR";
  static final String CLOSED_PLANAR_XOR = "CLOSEDPLANAR_XOR";

  private static final int LONG_STRING = 64;
  private static final double MM3_PER_ML = 1000;

  /** Of the study, which no SOP class has any more; readers expect this one. */
  private static final String DETACHED_STUDY = "1.2.840.10008.3.1.2.3.1";

  private final SourceSeries source;
  private final SegmentationContent content;
  private final Sequence regions;
  private final Sequence contours;
  private final Sequence observations;

  StructureSetItems(SourceSeries source, SegmentationContent content, Attributes attributes) {
    this.source = source;
    this.content = content;
    this.regions = attributes.newSequence(Tag.StructureSetROISequence, 8);
    this.contours = attributes.newSequence(Tag.ROIContourSequence, 8);
    this.observations = attributes.newSequence(Tag.RTROIObservationsSequence, 8);
  }

  void add(Segment segment, WrittenContours written, ContourFidelity.OfRegion fidelity) {
    regions.add(region(segment, fidelity));
    contours.add(contours(segment, written));
    observations.add(observation(segment));
  }

  private Attributes region(Segment segment, ContourFidelity.OfRegion fidelity) {
    SegmentAlgorithmType type = content.algorithmType(segment);
    Attributes item = new Attributes();
    item.setInt(Tag.ROINumber, VR.IS, segment.number());
    item.setString(
        Tag.ReferencedFrameOfReferenceUID, VR.UI, source.geometry().frameOfReference().value());
    item.setString(Tag.ROIName, VR.LO, segment.label());
    item.setString(Tag.ROIDescription, VR.ST, fidelity.description());
    double volume = fidelity.voxels() * source.geometry().voxelVolumeMm3() / MM3_PER_ML;
    item.setString(Tag.ROIVolume, VR.DS, DecimalString.of(volume));
    item.setString(Tag.ROIGenerationAlgorithm, VR.CS, type.name());
    if (type != SegmentAlgorithmType.MANUAL) {
      AlgorithmIdentification algorithm = content.algorithm();
      String text = algorithm.name() + " " + algorithm.version();
      item.setString(
          Tag.ROIGenerationDescription,
          VR.LO,
          text.substring(0, Math.min(LONG_STRING, text.length())));
      item.newSequence(Tag.ROIDerivationAlgorithmIdentificationSequence, 1)
          .add(SegmentItems.identification(algorithm));
    }
    return item;
  }

  private Attributes contours(Segment segment, WrittenContours written) {
    Attributes item = new Attributes();
    item.setInt(Tag.ROIDisplayColor, VR.IS, rgb(segment.colour()));
    item.setInt(Tag.ReferencedROINumber, VR.IS, segment.number());
    if (written.contours().isEmpty()) {
      return item;
    }
    Sequence items = item.newSequence(Tag.ContourSequence, written.contours().size());
    for (WrittenContour contour : written.contours()) {
      Attributes contourItem = new Attributes(5);
      contourItem
          .newSequence(Tag.ContourImageSequence, 1)
          .add(frame(source.frames().get(contour.slice())));
      contourItem.setString(Tag.ContourGeometricType, VR.CS, CLOSED_PLANAR);
      contourItem.setInt(Tag.NumberOfContourPoints, VR.IS, contour.read().points());
      contourItem.setInt(Tag.ContourNumber, VR.IS, items.size() + 1);
      contourItem.setBytes(Tag.ContourData, VR.DS, contour.data());
      items.add(contourItem);
    }
    return item;
  }

  private Attributes observation(Segment segment) {
    Attributes item = new Attributes();
    item.setInt(Tag.ObservationNumber, VR.IS, segment.number());
    item.setInt(Tag.ReferencedROINumber, VR.IS, segment.number());
    item.newSequence(Tag.SegmentedPropertyCategoryCodeSequence, 1)
        .add(Concept.of(segment.category()).toItem());
    Attributes type = Concept.of(segment.type()).toItem();
    segment
        .modifier()
        .ifPresent(
            modifier ->
                type.newSequence(Tag.SegmentedPropertyTypeModifierCodeSequence, 1)
                    .add(Concept.of(modifier).toItem()));
    item.newSequence(Tag.RTROIIdentificationCodeSequence, 1).add(type);
    if (PropertyCategory.isAnatomy(segment.category())) {
      item.setString(Tag.RTROIInterpretedType, VR.CS, "ORGAN");
    } else {
      item.setNull(Tag.RTROIInterpretedType, VR.CS);
    }
    String creator = content.identity().contentCreator();
    if (creator.isBlank()) {
      item.setNull(Tag.ROIInterpreter, VR.PN);
    } else {
      item.setString(Tag.ROIInterpreter, VR.PN, creator);
    }
    return item;
  }

  /** The images on which the regions lie, in the frame of reference in which they lie. */
  static void addReferences(SourceSeries source, Attributes attributes) {
    Attributes series = new Attributes();
    series.setString(Tag.SeriesInstanceUID, VR.UI, source.reference().series().value());
    List<SourceFrame> frames = source.frames();
    Sequence images = series.newSequence(Tag.ContourImageSequence, frames.size());
    var seen = new HashSet<String>();
    for (SourceFrame frame : frames) {
      if (seen.add(frame.instance().value())) {
        images.add(image(frame));
      }
    }
    Attributes study = new Attributes();
    study.setString(Tag.ReferencedSOPClassUID, VR.UI, DETACHED_STUDY);
    study.setString(Tag.ReferencedSOPInstanceUID, VR.UI, source.reference().study().value());
    study.newSequence(Tag.RTReferencedSeriesSequence, 1).add(series);
    Attributes space = new Attributes();
    space.setString(Tag.FrameOfReferenceUID, VR.UI, source.geometry().frameOfReference().value());
    space.newSequence(Tag.RTReferencedStudySequence, 1).add(study);
    attributes.newSequence(Tag.ReferencedFrameOfReferenceSequence, 1).add(space);
  }

  private static Attributes image(SourceFrame frame) {
    Attributes image = new Attributes(3);
    image.setString(Tag.ReferencedSOPClassUID, VR.UI, frame.sopClass().value());
    image.setString(Tag.ReferencedSOPInstanceUID, VR.UI, frame.instance().value());
    return image;
  }

  private static Attributes frame(SourceFrame frame) {
    Attributes image = image(frame);
    if (frame.frameNumber() > 0) {
      image.setInt(Tag.ReferencedFrameNumber, VR.IS, frame.frameNumber());
    }
    return image;
  }

  private static int[] rgb(String colour) {
    int value = Integer.parseInt(colour.substring(1), 16);
    return new int[] {value >> 16, value >> 8 & 0xff, value & 0xff};
  }
}

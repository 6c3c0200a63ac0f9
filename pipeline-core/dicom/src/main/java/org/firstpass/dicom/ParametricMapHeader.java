package org.firstpass.dicom;

import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.firstpass.geometry.GridSize;
import org.firstpass.study.DicomUid;
import org.firstpass.study.NameBasedUuid;
import org.firstpass.study.SopClassUid;

/**
 * Every attribute of a parametric map but the pixel data.
 *
 * @see "PS3.3 A.75, C.8.32, C.7.6.16.2.11"
 */
final class ParametricMapHeader {
  private static final int SERIES_NUMBER = 1004;
  private static final int LAST_VALUE = 255;
  private static final String[] IMAGE_TYPE = {"DERIVED", "PRIMARY", "VOLUME", "QUANTITY"};
  private static final Concept DERIVED =
      new Concept("network", ReportConcepts.OWN_SCHEME, "Estimated by a neural network");
  private static final Concept QUANTITY = new Concept("246205007", "SCT", "Quantity");

  private final SourceSeries source;
  private final ParametricMapContent content;
  private final DerivedHeader header;
  private final Attributes attributes;

  private ParametricMapHeader(SourceSeries source, ParametricMapContent content) {
    this.source = source;
    this.content = content;
    this.header =
        new DerivedHeader(source, content.identity())
            .of(
                new SopClassUid(SopClasses.PARAMETRIC_MAP),
                "OT",
                SERIES_NUMBER,
                content.explanation())
            .dated(Tag.ContentDate, Tag.ContentTime)
            .withFrameOfReference();
    this.attributes = header.attributes();
  }

  static Attributes of(SourceSeries source, ParametricMapContent content) {
    var map = new ParametricMapHeader(source, content);
    map.describeContent();
    map.describeImage();
    InheritedAttributes.copyCompression(map.header.sourceHeader(), map.attributes);
    map.addDimensions();
    map.addFrames();
    SourcePlanes.addReferences(map.attributes, source);
    ReportConcepts.describeOwnScheme(map.attributes);
    return map.attributes;
  }

  private void describeContent() {
    attributes.setString(Tag.ContentLabel, VR.CS, "UNCERTAINTY");
    attributes.setString(Tag.ContentDescription, VR.LO, content.explanation());
    attributes.setNull(Tag.ContentCreatorName, VR.PN);
    attributes.setString(Tag.ContentQualification, VR.CS, "RESEARCH");
    attributes.setNull(Tag.AcquisitionContextSequence, VR.SQ);
    InheritedAttributes.copyLaterality(header.sourceHeader(), attributes);
  }

  private void describeImage() {
    GridSize size = source.geometry().size();
    attributes.setString(Tag.ImageType, VR.CS, IMAGE_TYPE);
    attributes.setInt(Tag.SamplesPerPixel, VR.US, 1);
    attributes.setString(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME2");
    attributes.setString(Tag.PixelPresentation, VR.CS, "MONOCHROME");
    attributes.setInt(Tag.NumberOfFrames, VR.IS, size.slices());
    attributes.setInt(Tag.Rows, VR.US, size.rows());
    attributes.setInt(Tag.Columns, VR.US, size.columns());
    attributes.setInt(Tag.BitsAllocated, VR.US, 16);
    attributes.setInt(Tag.BitsStored, VR.US, 16);
    attributes.setInt(Tag.HighBit, VR.US, 15);
    attributes.setInt(Tag.PixelRepresentation, VR.US, 0);
    attributes.setString(Tag.PresentationLUTShape, VR.CS, "IDENTITY");
    attributes.setString(Tag.BurnedInAnnotation, VR.CS, "NO");
    attributes.setString(Tag.RecognizableVisualFeatures, VR.CS, "NO");
  }

  private void addDimensions() {
    String organization =
        DicomUid.of(
            NameBasedUuid.of("dimension organization", content.identity().instance().value()));
    Attributes item = new Attributes();
    item.setString(Tag.DimensionOrganizationUID, VR.UI, organization);
    attributes.newSequence(Tag.DimensionOrganizationSequence, 1).add(item);
    Attributes index = new Attributes();
    index.setString(Tag.DimensionOrganizationUID, VR.UI, organization);
    index.setInt(Tag.DimensionIndexPointer, VR.AT, Tag.ImagePositionPatient);
    index.setInt(Tag.FunctionalGroupPointer, VR.AT, Tag.PlanePositionSequence);
    index.setString(Tag.DimensionDescriptionLabel, VR.LO, "Image Position Patient");
    attributes.newSequence(Tag.DimensionIndexSequence, 1).add(index);
  }

  private void addFrames() {
    var planes = new SourcePlanes(source, header.sourceHeader());
    Attributes shared = new Attributes();
    planes.addShared(shared);
    addTransformations(shared);
    attributes.newSequence(Tag.SharedFunctionalGroupsSequence, 1).add(shared);
    int slices = source.geometry().size().slices();
    Sequence frames = attributes.newSequence(Tag.PerFrameFunctionalGroupsSequence, slices);
    for (int slice = 0; slice < slices; slice++) {
      Attributes position = new Attributes();
      position.setInt(Tag.DimensionIndexValues, VR.UL, slice + 1);
      Attributes frame = new Attributes();
      frame.newSequence(Tag.FrameContentSequence, 1).add(position);
      planes.addFrame(frame, slice, DERIVED);
      frames.add(frame);
    }
  }

  private void addTransformations(Attributes shared) {
    Attributes type = new Attributes();
    type.setString(Tag.FrameType, VR.CS, IMAGE_TYPE);
    shared.newSequence(Tag.ParametricMapFrameTypeSequence, 1).add(type);
    Attributes identity = new Attributes();
    identity.setString(Tag.RescaleIntercept, VR.DS, "0");
    identity.setString(Tag.RescaleSlope, VR.DS, "1");
    identity.setString(Tag.RescaleType, VR.LO, "US");
    shared.newSequence(Tag.PixelValueTransformationSequence, 1).add(identity);
    Attributes window = new Attributes();
    window.setString(Tag.WindowCenter, VR.DS, "128");
    window.setString(Tag.WindowWidth, VR.DS, "256");
    shared.newSequence(Tag.FrameVOILUTSequence, 1).add(window);
    shared.newSequence(Tag.RealWorldValueMappingSequence, 1).add(mapping());
  }

  private Attributes mapping() {
    Attributes quantity = new Attributes();
    quantity.setString(Tag.ValueType, VR.CS, "CODE");
    quantity.newSequence(Tag.ConceptNameCodeSequence, 1).add(QUANTITY.toItem());
    quantity.newSequence(Tag.ConceptCodeSequence, 1).add(Concept.of(content.quantity()).toItem());
    Attributes mapping = new Attributes();
    mapping.setInt(Tag.RealWorldValueFirstValueMapped, VR.US, 0);
    mapping.setInt(Tag.RealWorldValueLastValueMapped, VR.US, LAST_VALUE);
    mapping.setDouble(Tag.RealWorldValueIntercept, VR.FD, 0);
    mapping.setDouble(Tag.RealWorldValueSlope, VR.FD, content.maximum() / LAST_VALUE);
    mapping.setString(Tag.LUTExplanation, VR.LO, content.explanation());
    mapping.setString(Tag.LUTLabel, VR.SH, content.label());
    mapping.newSequence(Tag.MeasurementUnitsCodeSequence, 1).add(ReportConcepts.NO_UNIT.toItem());
    mapping.newSequence(Tag.QuantityDefinitionSequence, 1).add(quantity);
    return mapping;
  }
}

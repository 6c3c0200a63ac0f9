package org.firstpass.dicom;

import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.firstpass.geometry.GridSize;

/**
 * Every attribute of a SEG object but the pixel data.
 *
 * @see "PS3.3 A.51, C.8.20.2"
 */
final class SegmentationHeader {
  private static final int SERIES_NUMBER = 1000;
  private static final int LONG_STRING = 64;

  private final Attributes sourceHeader;
  private final Attributes attributes;

  private SegmentationHeader(DerivedHeader derived) {
    this.sourceHeader = derived.sourceHeader();
    this.attributes = derived.attributes();
  }

  static Attributes of(
      SourceSeries source, SegmentFrames frames, FrameFormat format, SegmentationContent content) {
    var header =
        new SegmentationHeader(
            new DerivedHeader(source, content.identity().derived())
                .of(format.sopClass(), "SEG", SERIES_NUMBER, description(content))
                .dated(Tag.ContentDate, Tag.ContentTime));
    header.describeImage(source.geometry().size(), frames.frames().size());
    header.describePixels(format);
    if (!source.patientGeometry()) {
      InheritedAttributes.copyOrientation(header.sourceHeader, header.attributes);
    }
    InheritedAttributes.copyCompression(header.sourceHeader, header.attributes);
    new SegmentItems(content, source.reference().series()).addTo(header.attributes, frames);
    var planes = new SourcePlanes(source, header.sourceHeader);
    new FrameGroups(planes, frames, content.identity()).addTo(header.attributes);
    SourcePlanes.addReferences(header.attributes, source);
    new SegmentationOrigin(content, header.attributes).describe(header.institution());
    return header.attributes;
  }

  private static String description(SegmentationContent content) {
    String description = "Segmentation " + content.schema().name();
    return description.replace('\\', '/').substring(0, Math.min(LONG_STRING, description.length()));
  }

  private String institution() {
    String name = sourceHeader.getString(Tag.InstitutionName, "").strip();
    return name.length() <= LONG_STRING && name.indexOf('\\') < 0 ? name : "";
  }

  private void describeImage(GridSize size, int frames) {
    attributes.setString(Tag.ContentLabel, VR.CS, "SEGMENTATION");
    attributes.setNull(Tag.ContentDescription, VR.LO);
    attributes.setString(Tag.ImageType, VR.CS, "DERIVED", "PRIMARY");
    attributes.setInt(Tag.SamplesPerPixel, VR.US, 1);
    attributes.setString(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME2");
    attributes.setInt(Tag.NumberOfFrames, VR.IS, frames);
    attributes.setInt(Tag.Rows, VR.US, size.rows());
    attributes.setInt(Tag.Columns, VR.US, size.columns());
    attributes.setInt(Tag.PixelRepresentation, VR.US, 0);
    attributes.setString(Tag.BurnedInAnnotation, VR.CS, "NO");
  }

  private void describePixels(FrameFormat format) {
    attributes.setString(Tag.SegmentationType, VR.CS, format.type().name());
    attributes.setString(Tag.SegmentsOverlap, VR.CS, format.overlap().name());
    attributes.setInt(Tag.BitsAllocated, VR.US, format.bitsAllocated());
    attributes.setInt(Tag.BitsStored, VR.US, format.bitsAllocated());
    attributes.setInt(Tag.HighBit, VR.US, format.bitsAllocated() - 1);
    switch (format.type()) {
      case BINARY -> {}
      case FRACTIONAL -> {
        attributes.setString(Tag.SegmentationFractionalType, VR.CS, "PROBABILITY");
        attributes.setInt(Tag.MaximumFractionalValue, VR.US, FractionFrames.CERTAIN);
      }
      case LABELMAP -> attributes.setInt(Tag.PixelPaddingValue, VR.US, 0);
    }
  }
}

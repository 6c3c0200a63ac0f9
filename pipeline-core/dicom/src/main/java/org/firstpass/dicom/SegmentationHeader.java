package org.firstpass.dicom;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
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
  private static final String CHARACTER_SET = "ISO_IR 192";
  private static final int SERIES_NUMBER = 1000;
  private static final int LONG_STRING = 64;
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss");

  private final SourceSeries source;
  private final Attributes sourceHeader;
  private final SegmentationContent content;
  private final Attributes attributes = new Attributes();

  private SegmentationHeader(SourceSeries source, SegmentationContent content) {
    this.source = source;
    this.sourceHeader = source.patientStudyAttributes();
    this.content = content;
  }

  static Attributes of(
      SourceSeries source, SegmentFrames frames, FrameFormat format, SegmentationContent content) {
    var header = new SegmentationHeader(source, content);
    // Before any text, so that all of it is encoded so.
    header.attributes.setString(Tag.SpecificCharacterSet, VR.CS, CHARACTER_SET);
    InheritedAttributes.copy(
        header.sourceHeader, source.geometry().frameOfReference(), header.attributes);
    header.describeInstance(format);
    header.describeSeries();
    header.describeImage(source.geometry().size(), frames.frames().size());
    header.describePixels(format);
    InheritedAttributes.copyCompression(header.sourceHeader, header.attributes);
    OwnEquipment.describe(header.attributes);
    new SegmentItems(content, source.reference().series()).addTo(header.attributes, frames);
    var planes = new SourcePlanes(source, header.sourceHeader);
    new FrameGroups(planes, frames, content.identity()).addTo(header.attributes);
    SourcePlanes.addReferences(header.attributes, source);
    new SegmentationOrigin(content, header.attributes).describe(header.institution());
    return header.attributes;
  }

  private void describeInstance(FrameFormat format) {
    SegmentationIdentity identity = content.identity();
    attributes.setString(Tag.SOPClassUID, VR.UI, format.sopClass().value());
    attributes.setString(Tag.SOPInstanceUID, VR.UI, identity.instance().value());
    attributes.setString(Tag.StudyInstanceUID, VR.UI, source.reference().study().value());
    attributes.setString(Tag.SeriesInstanceUID, VR.UI, identity.series().value());
    var created = identity.created().atOffset(offset());
    for (int tag : new int[] {Tag.InstanceCreationDate, Tag.ContentDate, Tag.SeriesDate}) {
      attributes.setString(tag, VR.DA, DATE.format(created));
    }
    for (int tag : new int[] {Tag.InstanceCreationTime, Tag.ContentTime, Tag.SeriesTime}) {
      attributes.setString(tag, VR.TM, TIME.format(created));
    }
  }

  private ZoneOffset offset() {
    String stated = attributes.getString(Tag.TimezoneOffsetFromUTC, "");
    if (!stated.matches("[+-](0\\d|1[0-4])[0-5]\\d")) {
      attributes.remove(Tag.TimezoneOffsetFromUTC);
      return ZoneOffset.UTC;
    }
    return ZoneOffset.of(stated);
  }

  private void describeSeries() {
    attributes.setString(Tag.Modality, VR.CS, "SEG");
    attributes.setInt(Tag.SeriesNumber, VR.IS, SERIES_NUMBER);
    attributes.setInt(Tag.InstanceNumber, VR.IS, 1);
    String description = "Segmentation " + content.schema().name();
    attributes.setString(
        Tag.SeriesDescription,
        VR.LO,
        description.replace('\\', '/').substring(0, Math.min(LONG_STRING, description.length())));
    attributes.setString(Tag.ContentLabel, VR.CS, "SEGMENTATION");
    attributes.setNull(Tag.ContentDescription, VR.LO);
  }

  private String institution() {
    String name = sourceHeader.getString(Tag.InstitutionName, "").strip();
    return name.length() <= LONG_STRING && name.indexOf('\\') < 0 ? name : "";
  }

  private void describeImage(GridSize size, int frames) {
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

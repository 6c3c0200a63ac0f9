package org.firstpass.dicom;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;

/**
 * Every attribute of a structure set but those of its regions.
 *
 * @see "PS3.3 A.19, C.8.8.1, C.8.8.5, C.8.8.16"
 */
final class StructureSetHeader {
  private static final String CHARACTER_SET = "ISO_IR 192";
  private static final int SERIES_NUMBER = 1001;
  private static final int LONG_STRING = 64;
  private static final int SHORT_STRING = 16;
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss");

  private StructureSetHeader() {}

  static Attributes of(SourceSeries source, SegmentationContent content) {
    Attributes attributes = new Attributes();
    // Before any text, so that all of it is encoded so.
    attributes.setString(Tag.SpecificCharacterSet, VR.CS, CHARACTER_SET);
    InheritedAttributes.copy(
        source.patientStudyAttributes(), source.geometry().frameOfReference(), attributes);
    requireFrameOfReference(attributes, source);
    describeInstance(attributes, source, content.identity());
    describeSeries(attributes, content.schema().name());
    OwnEquipment.describe(attributes);
    OwnEquipment.contribute(attributes);
    StructureSetItems.addReferences(source, attributes);
    return attributes;
  }

  /**
   * Contours always name one: that of the grid, which is derived from the series if it has none.
   */
  private static void requireFrameOfReference(Attributes attributes, SourceSeries source) {
    if (!attributes.containsValue(Tag.FrameOfReferenceUID)) {
      attributes.setString(
          Tag.FrameOfReferenceUID, VR.UI, source.geometry().frameOfReference().value());
      attributes.setNull(Tag.PositionReferenceIndicator, VR.LO);
    }
  }

  private static void describeInstance(
      Attributes attributes, SourceSeries source, SegmentationIdentity identity) {
    attributes.setString(Tag.SOPClassUID, VR.UI, SopClasses.RT_STRUCTURE_SET);
    attributes.setString(Tag.SOPInstanceUID, VR.UI, identity.instance().value());
    attributes.setString(Tag.StudyInstanceUID, VR.UI, source.reference().study().value());
    attributes.setString(Tag.SeriesInstanceUID, VR.UI, identity.series().value());
    OffsetDateTime created = identity.created().atOffset(offset(attributes));
    for (int tag : new int[] {Tag.InstanceCreationDate, Tag.StructureSetDate, Tag.SeriesDate}) {
      attributes.setString(tag, VR.DA, DATE.format(created));
    }
    for (int tag : new int[] {Tag.InstanceCreationTime, Tag.StructureSetTime, Tag.SeriesTime}) {
      attributes.setString(tag, VR.TM, TIME.format(created));
    }
  }

  private static ZoneOffset offset(Attributes attributes) {
    String stated = attributes.getString(Tag.TimezoneOffsetFromUTC, "");
    if (!stated.matches("[+-](0\\d|1[0-4])[0-5]\\d")) {
      attributes.remove(Tag.TimezoneOffsetFromUTC);
      return ZoneOffset.UTC;
    }
    return ZoneOffset.of(stated);
  }

  private static void describeSeries(Attributes attributes, String schema) {
    String name = schema.replace('\\', '/');
    attributes.setString(Tag.Modality, VR.CS, "RTSTRUCT");
    attributes.setInt(Tag.SeriesNumber, VR.IS, SERIES_NUMBER);
    attributes.setInt(Tag.InstanceNumber, VR.IS, 1);
    attributes.setString(
        Tag.SeriesDescription, VR.LO, shortened("Structure set " + name, LONG_STRING));
    attributes.setNull(Tag.OperatorsName, VR.PN);
    attributes.setString(Tag.StructureSetLabel, VR.SH, shortened(name, SHORT_STRING));
    attributes.setString(Tag.StructureSetName, VR.LO, shortened(name, LONG_STRING));
    attributes.setString(Tag.ApprovalStatus, VR.CS, "UNAPPROVED");
  }

  private static String shortened(String text, int length) {
    return text.substring(0, Math.min(length, text.length())).strip();
  }
}

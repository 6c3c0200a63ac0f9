package org.firstpass.dicom;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.firstpass.study.SopClassUid;

/**
 * What every object that was made of a series states: patient, study, which object it is and when
 * and by whom it was made.
 *
 * @see "PS3.3 C.7.1.1, C.7.2.1, C.7.3.1, C.7.5.2, C.12.1"
 */
final class DerivedHeader {
  private static final String CHARACTER_SET = "ISO_IR 192";
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss");
  private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");
  private static final DateTimeFormatter OFFSET = DateTimeFormatter.ofPattern("xx");

  private final SourceSeries source;
  private final DerivedIdentity identity;
  private final Attributes sourceHeader;
  private final Attributes attributes = new Attributes();

  DerivedHeader(SourceSeries source, DerivedIdentity identity) {
    this.source = source;
    this.identity = identity;
    this.sourceHeader = source.patientStudyAttributes();
    // Before any text, so that all of it is encoded so.
    attributes.setString(Tag.SpecificCharacterSet, VR.CS, CHARACTER_SET);
    InheritedAttributes.copy(sourceHeader, source.geometry().frameOfReference(), attributes);
    if (!source.patientGeometry()) {
      withoutFrameOfReference();
    }
    describeInstance();
    OwnEquipment.describe(attributes);
    OwnEquipment.contribute(attributes);
  }

  /** The data set that is being filled. */
  Attributes attributes() {
    return attributes;
  }

  /** The attributes of the source's first instance. */
  Attributes sourceHeader() {
    return sourceHeader;
  }

  /** States what kind of object it is; its Instance Number is 1. */
  DerivedHeader of(SopClassUid sopClass, String modality, int seriesNumber, String description) {
    attributes.setString(Tag.SOPClassUID, VR.UI, sopClass.value());
    attributes.setString(Tag.Modality, VR.CS, modality);
    attributes.setInt(Tag.SeriesNumber, VR.IS, seriesNumber);
    attributes.setInt(Tag.InstanceNumber, VR.IS, 1);
    attributes.setString(Tag.SeriesDescription, VR.LO, description);
    return this;
  }

  /** States in another pair of attributes, too, when the object was made. */
  DerivedHeader dated(int date, int time) {
    date(date, time, local(identity.created()));
    return this;
  }

  /**
   * States a frame of reference even if the source has none: that of the grid, which is then
   * derived from the series.
   */
  DerivedHeader withFrameOfReference() {
    if (!attributes.containsValue(Tag.FrameOfReferenceUID)) {
      attributes.setString(
          Tag.FrameOfReferenceUID, VR.UI, source.geometry().frameOfReference().value());
      attributes.setNull(Tag.PositionReferenceIndicator, VR.LO);
    }
    return this;
  }

  /** Takes away what only objects in patient space have: a document has no frame of reference. */
  DerivedHeader withoutFrameOfReference() {
    attributes.remove(Tag.FrameOfReferenceUID);
    attributes.remove(Tag.PositionReferenceIndicator);
    return this;
  }

  /** A moment as DT, in the offset of the object. */
  String dateTime(Instant moment) {
    OffsetDateTime local = local(moment);
    // DCMTK 3.6.7 refuses a document with an offset of zero.
    boolean utc = local.getOffset().equals(ZoneOffset.UTC);
    return DATE_TIME.format(local) + (utc ? "" : OFFSET.format(local));
  }

  private void describeInstance() {
    attributes.setString(Tag.SOPInstanceUID, VR.UI, identity.instance().value());
    attributes.setString(Tag.StudyInstanceUID, VR.UI, source.reference().study().value());
    attributes.setString(Tag.SeriesInstanceUID, VR.UI, identity.series().value());
    OffsetDateTime created = local(identity.created());
    date(Tag.InstanceCreationDate, Tag.InstanceCreationTime, created);
    date(Tag.SeriesDate, Tag.SeriesTime, created);
  }

  private void date(int date, int time, OffsetDateTime moment) {
    attributes.setString(date, VR.DA, DATE.format(moment));
    attributes.setString(time, VR.TM, TIME.format(moment));
  }

  private OffsetDateTime local(Instant moment) {
    String stated = attributes.getString(Tag.TimezoneOffsetFromUTC, "");
    if (!stated.matches("[+-](0\\d|1[0-4])[0-5]\\d")) {
      attributes.remove(Tag.TimezoneOffsetFromUTC);
      return moment.atOffset(ZoneOffset.UTC);
    }
    return moment.atOffset(ZoneOffset.of(stated));
  }
}

package org.firstpass.dicom;

import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;

/**
 * Who made a SEG object, with what, and from which earlier one.
 *
 * @see "PS3.3 10.1, C.7.6.1.1.4, C.12.1.1.5"
 */
final class SegmentationOrigin {
  private static final Concept PROCESSED =
      new Concept("121322", "DCM", "Source image for image processing operation");
  private static final int CODE_VALUE = 16;
  private static final int LONG_STRING = 64;

  private final SegmentationContent content;
  private final Attributes attributes;

  SegmentationOrigin(SegmentationContent content, Attributes attributes) {
    this.content = content;
    this.attributes = attributes;
  }

  void describe(String institution) {
    describeCreator(institution);
    attributes.setString(
        Tag.ContentQualification, VR.CS, content.provenance().qualification().name());
    if (content.isAlgorithmUsed()) {
      OwnEquipment.contributeModel(attributes, content.algorithm());
    }
    content.provenance().predecessor().ifPresent(this::refer);
  }

  private void describeCreator(String institution) {
    String creator = content.identity().contentCreator();
    if (creator.isBlank()) {
      attributes.setNull(Tag.ContentCreatorName, VR.PN);
    } else {
      attributes.setString(Tag.ContentCreatorName, VR.PN, creator);
    }
    String id = content.provenance().creatorId();
    if (!id.isBlank()) {
      Attributes code = new Attributes();
      boolean isLong = id.length() > CODE_VALUE;
      code.setString(isLong ? Tag.LongCodeValue : Tag.CodeValue, isLong ? VR.UC : VR.SH, id);
      code.setString(Tag.CodingSchemeDesignator, VR.SH, ReportConcepts.OWN_SCHEME);
      code.setString(Tag.CodeMeaning, VR.LO, creator.isBlank() ? id : shortened(creator));
      Attributes person = new Attributes();
      person.newSequence(Tag.PersonIdentificationCodeSequence, 1).add(code);
      // One of Institution Name and its code must be there, and the source may have none.
      person.setString(Tag.InstitutionName, VR.LO, institution.isBlank() ? "UNKNOWN" : institution);
      attributes.newSequence(Tag.ContentCreatorIdentificationCodeSequence, 1).add(person);
    }
  }

  private static String shortened(String text) {
    return text.substring(0, Math.min(LONG_STRING, text.length()));
  }

  private void refer(SegmentationProvenance.Predecessor predecessor) {
    Attributes image = reference(predecessor);
    image.newSequence(Tag.PurposeOfReferenceCodeSequence, 1).add(PROCESSED.toItem());
    attributes.newSequence(Tag.SourceImageSequence, 1).add(image);
    Attributes series = new Attributes();
    series.setString(Tag.SeriesInstanceUID, VR.UI, predecessor.series().value());
    series.newSequence(Tag.ReferencedInstanceSequence, 1).add(reference(predecessor));
    attributes.ensureSequence(Tag.ReferencedSeriesSequence, 2).add(series);
  }

  private static Attributes reference(SegmentationProvenance.Predecessor predecessor) {
    Attributes item = new Attributes();
    item.setString(Tag.ReferencedSOPClassUID, VR.UI, predecessor.sopClass().value());
    item.setString(Tag.ReferencedSOPInstanceUID, VR.UI, predecessor.instance().value());
    return item;
  }
}

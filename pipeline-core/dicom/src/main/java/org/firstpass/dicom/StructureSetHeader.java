package org.firstpass.dicom;

import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.firstpass.study.SopClassUid;

/**
 * Every attribute of a structure set but those of its regions.
 *
 * @see "PS3.3 A.19, C.8.8.1, C.8.8.5, C.8.8.16"
 */
final class StructureSetHeader {
  private static final int SERIES_NUMBER = 1001;
  private static final int LONG_STRING = 64;
  private static final int SHORT_STRING = 16;

  private StructureSetHeader() {}

  static Attributes of(SourceSeries source, SegmentationContent content) {
    String name = content.schema().name().replace('\\', '/');
    Attributes attributes =
        new DerivedHeader(source, content.identity().derived())
            .of(
                new SopClassUid(SopClasses.RT_STRUCTURE_SET),
                "RTSTRUCT",
                SERIES_NUMBER,
                shortened("Structure set " + name, LONG_STRING))
            .dated(Tag.StructureSetDate, Tag.StructureSetTime)
            // Contours always name one.
            .withFrameOfReference()
            .attributes();
    attributes.setNull(Tag.OperatorsName, VR.PN);
    attributes.setString(Tag.StructureSetLabel, VR.SH, shortened(name, SHORT_STRING));
    attributes.setString(Tag.StructureSetName, VR.LO, shortened(name, LONG_STRING));
    attributes.setString(Tag.ApprovalStatus, VR.CS, "UNAPPROVED");
    StructureSetItems.addReferences(source, attributes);
    return attributes;
  }

  private static String shortened(String text, int length) {
    return text.substring(0, Math.min(length, text.length())).strip();
  }
}

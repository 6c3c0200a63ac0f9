package org.firstpass.dicom;

import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.firstpass.segment.CodedConcept;

/** A coded concept as an item of a code sequence. */
record Concept(String value, String scheme, String meaning) {
  static Concept of(CodedConcept concept) {
    return new Concept(concept.value(), concept.scheme(), concept.meaning());
  }

  Attributes toItem() {
    Attributes item = new Attributes(3);
    item.setString(Tag.CodeValue, VR.SH, value);
    item.setString(Tag.CodingSchemeDesignator, VR.SH, scheme);
    item.setString(Tag.CodeMeaning, VR.LO, meaning);
    return item;
  }
}

package org.firstpass.dicom.conformance;

import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.firstpass.dicom.conformance.CheckedObject.Item;

/**
 * Whatever has a part of a code has all of it: value, scheme and meaning.
 *
 * @see "PS3.3 section 8.8"
 */
final class CodeRules {
  // The toolkit's dictionary may be older than these.
  private static final int LONG_CODE_VALUE = 0x00080119;
  private static final int URN_CODE_VALUE = 0x00080120;

  private CodeRules() {}

  static void check(CheckedObject object, Findings findings) {
    check(object.root(), findings);
  }

  private static void check(Item item, Findings findings) {
    for (int tag : item.attributes().tags()) {
      // This one describes schemes and has no codes.
      boolean codes = tag != Tag.CodingSchemeIdentificationSequence;
      if (codes && item.attributes().getVR(tag) == VR.SQ) {
        for (Item child : item.items(tag)) {
          checkCode(child, findings);
          check(child, findings);
        }
      }
    }
  }

  private static void checkCode(Item item, Findings findings) {
    boolean value =
        has(item, Tag.CodeValue) || has(item, LONG_CODE_VALUE) || has(item, URN_CODE_VALUE);
    boolean scheme = has(item, Tag.CodingSchemeDesignator) || has(item, URN_CODE_VALUE);
    boolean meaning = has(item, Tag.CodeMeaning);
    if ((value || scheme || meaning) && !(value && scheme && meaning)) {
      findings.add(
          "code.incomplete",
          item.path(value ? scheme ? Tag.CodeMeaning : Tag.CodingSchemeDesignator : Tag.CodeValue),
          "value, scheme and meaning (PS3.3 8.8)",
          "a part of them");
    }
  }

  private static boolean has(Item item, int tag) {
    return item.attributes().containsValue(tag);
  }
}

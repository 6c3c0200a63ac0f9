package org.firstpass.dicom.conformance;

import org.dcm4che3.data.ElementDictionary;

/** How places in an object are written: {@code SegmentSequence[2].SegmentLabel (0062,0005)}. */
final class Paths {
  private Paths() {}

  /** An attribute of the item at a path, which is empty for the data set itself. */
  static String of(String parent, int tag) {
    return parent + keyword(tag) + " (%04X,%04X)".formatted(tag >>> 16, tag & 0xffff);
  }

  /** The start of the path of everything in an item, counted from 1. */
  static String item(String parent, int tag, int index) {
    return parent + keyword(tag) + "[" + (index + 1) + "].";
  }

  private static String keyword(int tag) {
    String keyword = ElementDictionary.keywordOf(tag, null);
    return keyword == null || keyword.isEmpty() ? "Unknown" : keyword;
  }
}

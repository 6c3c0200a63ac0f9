package org.firstpass.dicom.conformance;

import org.dcm4che3.data.Tag;

/**
 * The File Meta Information names the object that follows.
 *
 * @see "PS3.10 section 7.1"
 */
final class FileRules {
  private FileRules() {}

  static void check(CheckedObject object, Findings findings) {
    same(object, Tag.MediaStorageSOPClassUID, Tag.SOPClassUID, findings);
    same(object, Tag.MediaStorageSOPInstanceUID, Tag.SOPInstanceUID, findings);
    if (object.meta().getString(Tag.TransferSyntaxUID, "").isEmpty()) {
      findings.add("file.meta", Paths.of("", Tag.TransferSyntaxUID), "type 1 (PS3.10 7.1)", "none");
    }
  }

  private static void same(CheckedObject object, int inMeta, int inDataset, Findings findings) {
    String named = object.meta().getString(inMeta, "");
    if (!named.equals(object.dataset().getString(inDataset, ""))) {
      findings.add(
          "file.meta",
          Paths.of("", inMeta),
          "the UID of the data set (PS3.10 7.1)",
          named.isEmpty() ? "none" : "another UID");
    }
  }
}

package org.firstpass.dicom;

final class HeaderReading {
  static InstanceHeader read(InstanceSource source) {
    throw new UnsupportedOperationException();
  }
}

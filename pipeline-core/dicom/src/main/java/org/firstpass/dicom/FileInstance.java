package org.firstpass.dicom;

final class FileInstance {
  static IncomingInstance open(InstanceSource source) {
    throw new UnsupportedOperationException();
  }
}

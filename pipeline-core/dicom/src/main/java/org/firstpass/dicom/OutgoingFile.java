package org.firstpass.dicom;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dcm4che3.data.Tag;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;

/** A file that is to be sent, as it is. */
record OutgoingFile(Path path, HeaderReading header, String sopClass, String instance) {
  static OutgoingFile of(Path path) {
    HeaderReading header = HeaderReading.parse(() -> Files.newInputStream(path));
    String sopClass = header.uid(Tag.SOPClassUID);
    if (!SopClasses.isStorage(sopClass)) {
      throw new StudyRefused(
          ReasonCode.NOT_AN_IMAGE, "expected a storage SOP class, found " + sopClass);
    }
    return new OutgoingFile(path, header, sopClass, header.uid(Tag.SOPInstanceUID));
  }

  /** What has to be negotiated for it. */
  Syntax syntax() {
    return new Syntax(sopClass, header.transferSyntax());
  }

  InputStream dataset() {
    return FileInstance.dataset(() -> Files.newInputStream(path), header);
  }

  /** A SOP class in a transfer syntax: one presentation context. */
  record Syntax(String sopClass, String transferSyntax) {}
}

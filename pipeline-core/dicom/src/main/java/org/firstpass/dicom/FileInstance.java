package org.firstpass.dicom;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import org.dcm4che3.data.Tag;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.failure.TryAgainLater;
import org.firstpass.study.Sender;
import org.firstpass.study.SopClassUid;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.study.TransferSyntaxUid;

/** A file as the instance that it would be if it came by an association. */
final class FileInstance {
  private FileInstance() {}

  static IncomingInstance open(InstanceSource file) {
    HeaderReading reading = HeaderReading.parse(file);
    var sopClass = new SopClassUid(reading.uid(Tag.SOPClassUID));
    var instance = new SopInstanceUid(reading.uid(Tag.SOPInstanceUID));
    var transferSyntax = new TransferSyntaxUid(reading.transferSyntax());
    if (!SopClasses.isStorage(sopClass.value())) {
      // A DICOMDIR has the shape of an instance, but is none.
      throw new StudyRefused(
          ReasonCode.NOT_AN_IMAGE, "expected a storage SOP class, found " + sopClass);
    }
    byte[] header = Part10.header(sopClass, instance, transferSyntax);
    InputStream part10 =
        new SequenceInputStream(new ByteArrayInputStream(header), dataset(file, reading));
    return new IncomingInstance(Sender.UNKNOWN, "", sopClass, instance, transferSyntax, part10);
  }

  /** The data set of a file, without preamble and File Meta Information. */
  static InputStream dataset(InstanceSource file, HeaderReading reading) {
    try {
      InputStream dataset = file.open();
      try {
        dataset.skipNBytes(reading.datasetPosition());
        return dataset;
      } catch (IOException e) {
        dataset.close();
        throw e;
      }
    } catch (IOException e) {
      throw new TryAgainLater(
          ReasonCode.STORE_UNAVAILABLE, "the bytes of an instance cannot be read", e);
    }
  }
}

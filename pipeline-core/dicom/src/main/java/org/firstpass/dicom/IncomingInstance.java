package org.firstpass.dicom;

import java.io.InputStream;
import org.firstpass.study.Sender;
import org.firstpass.study.SopClassUid;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.study.TransferSyntaxUid;

/**
 * An instance on its way in.
 *
 * <p>The UIDs are what the sender announced; the data set is read by who receives it.
 *
 * @param sender who sends it
 * @param calledAeTitle whom it was sent to, empty if it did not come by an association
 * @param part10 the instance as a DICOM file (PS3.10): the data set byte by byte as it was sent,
 *     behind File Meta Information of our own that depends on the UIDs only, so that the same data
 *     gives the same bytes whoever sends it; can be read once
 */
public record IncomingInstance(
    Sender sender,
    String calledAeTitle,
    SopClassUid sopClass,
    SopInstanceUid instance,
    TransferSyntaxUid transferSyntax,
    InputStream part10) {

  /** The same instance with its bytes as they are read through something. */
  public IncomingInstance with(InputStream bytes) {
    return new IncomingInstance(sender, calledAeTitle, sopClass, instance, transferSyntax, bytes);
  }

  /** The same instance, of whoever turned out to send it. */
  public IncomingInstance from(Sender known) {
    return new IncomingInstance(known, calledAeTitle, sopClass, instance, transferSyntax, part10);
  }

  /**
   * An instance from a file, with its File Meta Information replaced by our own, so that it has the
   * bytes that it would have had by an association. Files without a preamble are read too.
   *
   * <p>Close {@link #part10} after use.
   *
   * @throws org.firstpass.failure.StudyRefused MALFORMED_INSTANCE if it is no DICOM file
   */
  public static IncomingInstance ofFile(InstanceSource file) {
    return FileInstance.open(file);
  }
}

package org.firstpass.dicom;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.util.Arrays;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.io.DicomOutputStream;
import org.firstpass.study.Sha256;

/**
 * What an object says besides what an archive may rewrite: patient and study attributes, which it
 * coerces to those of its own database, private ones, and the File Meta Information.
 *
 * @param digest over the rest of the data set, in one encoding
 * @see "PS3.4 B.4.1.3 (coercion of attributes)"
 */
public record ArchivedContent(ObjectIdentity identity, Sha256 digest) {
  private static final int PATIENT_GROUP = 0x0010;
  private static final int[] COERCED = {
    Tag.InstanceCoercionDateTime,
    Tag.StudyDate,
    Tag.StudyTime,
    Tag.AccessionNumber,
    Tag.IssuerOfAccessionNumberSequence,
    Tag.RetrieveAETitle,
    Tag.InstanceAvailability,
    Tag.InstitutionName,
    Tag.InstitutionAddress,
    Tag.ReferringPhysicianName,
    Tag.StudyDescription,
    Tag.InstitutionalDepartmentName,
    Tag.RetrieveURL,
    Tag.StudyID,
    Tag.OriginalAttributesSequence
  };

  /**
   * Reads an object whole.
   *
   * @throws org.firstpass.failure.StudyRefused MALFORMED_INSTANCE if it is no DICOM data set
   * @throws org.firstpass.failure.TryAgainLater STORE_UNAVAILABLE if the source cannot be read
   */
  public static ArchivedContent of(InstanceSource source) {
    ObjectIdentity identity = ObjectIdentity.read(source);
    Attributes content = ObjectContent.read(source);
    leaveOut(content);
    return new ArchivedContent(identity, digest(content));
  }

  /**
   * Whether an archive gave back what it was given. Of another transfer syntax only the UIDs can be
   * compared: it may have compressed the pixel data.
   */
  public boolean isKeptAs(ArchivedContent found) {
    boolean same =
        identity.instance().equals(found.identity.instance())
            && identity.sopClass().equals(found.identity.sopClass());
    return same
        && (digest.equals(found.digest)
            || !identity.transferSyntax().equals(found.identity.transferSyntax()));
  }

  private static void leaveOut(Attributes content) {
    content.removePrivateAttributes();
    Arrays.stream(COERCED).forEach(content::remove);
    for (int tag : content.tags()) {
      if (tag >>> Short.SIZE == PATIENT_GROUP) {
        content.remove(tag);
      }
    }
  }

  private static Sha256 digest(Attributes content) {
    var digest = Sha256.newDigest();
    try (var sink = new DigestOutputStream(OutputStream.nullOutputStream(), digest);
        var out = new DicomOutputStream(sink, UID.ExplicitVRLittleEndian)) {
      out.writeDataset(null, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Sha256.from(digest.digest());
  }
}

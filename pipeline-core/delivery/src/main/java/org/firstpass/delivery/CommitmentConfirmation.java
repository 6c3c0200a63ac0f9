package org.firstpass.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.firstpass.dicom.CommitmentInbox;
import org.firstpass.dicom.CommitmentReport;
import org.firstpass.dicom.DicomPeer;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.dicom.ObjectIdentity;
import org.firstpass.dicom.StorageCommitment;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.TryAgainLater;
import org.firstpass.study.InstanceReference;
import org.firstpass.study.Sha256;

/**
 * Storage commitment: the destination takes the responsibility for the object, on the association
 * that asked it or on one that it opens to the gateway. Each attempt is a transaction of its own.
 *
 * @see "PS3.4 annex J"
 */
final class CommitmentConfirmation implements Confirmation {
  private static final int BUFFER = 1 << 16;

  private final DicomPeer peer;
  private final CommitmentInbox answers;

  CommitmentConfirmation(DicomPeer peer, CommitmentInbox answers) {
    this.peer = peer;
    this.answers = answers;
  }

  @Override
  public Answer confirm(InstanceSource sent, Duration limit) {
    try {
      CommitmentReport report =
          StorageCommitment.request(
              peer, UUID.randomUUID(), List.of(reference(sent)), answers, limit);
      return report.isComplete() ? Answer.KEPT : Answer.MISSING;
    } catch (TryAgainLater e) {
      if (e.code() == ReasonCode.COMMITMENT_UNANSWERED) {
        return Answer.NOT_YET;
      }
      throw e;
    }
  }

  private static InstanceReference reference(InstanceSource sent) {
    ObjectIdentity identity = ObjectIdentity.read(sent);
    var digest = Sha256.newDigest();
    long size = 0;
    try (InputStream in = sent.open()) {
      var buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
        size += read;
      }
    } catch (IOException e) {
      throw new TryAgainLater(ReasonCode.STORE_UNAVAILABLE, "an object cannot be read", e);
    }
    return new InstanceReference(
        identity.instance(), identity.sopClass(), Sha256.from(digest.digest()), size);
  }
}

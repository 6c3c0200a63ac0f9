package org.firstpass.proposal;

import java.util.UUID;
import org.firstpass.event.PackageReference;
import org.firstpass.study.DicomUid;
import org.firstpass.study.NameBasedUuid;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.Sha256;
import org.firstpass.study.SopInstanceUid;

/**
 * Who a proposal is: the same series revision, package and parameters give the same identity, so
 * that retries and racing workers make one object, not several.
 *
 * @param instance of its Segmentation
 * @param series of its Segmentation
 */
public record ProposalIdentity(UUID id, SopInstanceUid instance, SeriesInstanceUid series) {
  /** What this build does with any package; it changes when the same package gives other voxels. */
  public static final String PARAMETERS = "restore=linear pipeline=1";

  public static ProposalIdentity of(Sha256 revision, PackageReference model) {
    UUID id = NameBasedUuid.of("proposal", revision.hex(), model.digest().hex(), PARAMETERS);
    return new ProposalIdentity(
        id,
        new SopInstanceUid(uid("segmentation instance", id)),
        new SeriesInstanceUid(uid("segmentation series", id)));
  }

  private static String uid(String what, UUID id) {
    return DicomUid.of(NameBasedUuid.of(what, id.toString()));
  }
}

package org.firstpass.proposal;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.firstpass.event.PackageReference;
import org.firstpass.study.DicomUid;
import org.firstpass.study.NameBasedUuid;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.Sha256;
import org.firstpass.study.SopInstanceUid;

/**
 * Who a proposal is: the same series revisions, packages and parameters give the same identity, so
 * that retries and racing workers make one object, not several.
 *
 * @param instance of its Segmentation
 * @param series of its Segmentation
 */
public record ProposalIdentity(UUID id, SopInstanceUid instance, SeriesInstanceUid series) {
  /** What this build does with any package; it changes when the same package gives other voxels. */
  public static final String PARAMETERS = "restore=slabs pipeline=2";

  /** Of a package that sees one series and leans on no other package. */
  public static ProposalIdentity of(Sha256 revision, PackageReference model) {
    return of(List.of(revision), List.of(model));
  }

  /**
   * Of everything that the voxels depend on.
   *
   * @param revisions of the series of each channel, in the order of the channels; the first is the
   *     series that is segmented
   * @param models the package whose labels are proposed, then those that it leans on: the coarse
   *     one of a cascade
   */
  public static ProposalIdentity of(List<Sha256> revisions, List<PackageReference> models) {
    if (revisions.isEmpty() || models.isEmpty()) {
      throw new IllegalArgumentException("a proposal is of one series and one package at least");
    }
    List<String> parts = new ArrayList<>(List.of("proposal", PARAMETERS, "revisions"));
    revisions.forEach(revision -> parts.add(revision.hex()));
    parts.add("packages");
    models.forEach(model -> parts.add(model.digest().hex()));
    UUID id = NameBasedUuid.of(parts.toArray(String[]::new));
    return new ProposalIdentity(
        id,
        new SopInstanceUid(uid("segmentation instance", id)),
        new SeriesInstanceUid(uid("segmentation series", id)));
  }

  private static String uid(String what, UUID id) {
    return DicomUid.of(NameBasedUuid.of(what, id.toString()));
  }
}

package org.firstpass.dataset.split;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.firstpass.database.Database;
import org.firstpass.study.PatientKey;
import org.firstpass.study.Sha256;
import org.jdbi.v3.core.Handle;

/**
 * Knows an image again that comes under another patient: a study that was sent twice under two ids
 * would put one person on two sides. Safe for use by many threads and processes.
 */
public final class ImageLedger {
  private final Database database;

  /** The schema {@code dataset} must be there, see {@link SplitLedger}. */
  public ImageLedger(Database database) {
    this.database = database;
  }

  /** An image of a patient. */
  public record Seen(PatientKey patient, Sha256 revisionHash, ImageSignature signature) {}

  /** Notes the images, and links patients under whom the same one lies. */
  public void note(Collection<Seen> images) {
    database.useTransaction(
        handle -> {
          SplitLedger.takeTurns(handle);
          for (Seen image : images) {
            if (insert(handle, image)) {
              linkWhatIsAlike(handle, image);
            }
          }
        });
  }

  /** Whether the image was noted. */
  public boolean knows(PatientKey patient, Sha256 revisionHash) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    select exists (select from dataset.image_signature
                      where patient_key = :patient and revision_hash = :revision
                        and coarse is not null)
                    """)
                .bind("patient", patient.value())
                .bind("revision", revisionHash.hex())
                .mapTo(Boolean.class)
                .one());
  }

  private static boolean insert(Handle handle, Seen image) {
    ImageSignature signature = image.signature();
    return handle
            .createUpdate(
                """
                insert into dataset.image_signature as known
                  (patient_key, revision_hash, grid, mean, deviation, blocks, coarse, fine)
                values (:patient, :revision, :grid, :mean, :deviation, :blocks, :coarse, :fine)
                on conflict (patient_key, revision_hash) do update
                  set coarse = excluded.coarse, fine = excluded.fine where known.coarse is null
                """)
            .bind("patient", image.patient().value())
            .bind("revision", image.revisionHash().hex())
            .bind("grid", signature.grid())
            .bind("mean", signature.mean())
            .bind("deviation", signature.deviation())
            .bind("blocks", signature.bytes())
            .bind("coarse", bytes(signature.fingerprint().map(ImageFingerprint::coarser)))
            .bind("fine", bytes(signature.fingerprint()))
            .execute()
        > 0;
  }

  private static byte[] bytes(Optional<ImageFingerprint> fingerprint) {
    return fingerprint.map(ImageFingerprint::bytes).orElse(new byte[0]);
  }

  private static void linkWhatIsAlike(Handle handle, Seen image) {
    linkWhatIsAlikeOnItsGrid(handle, image);
    image.signature().fingerprint().ifPresent(fine -> linkWhatIsAlikeInSpace(handle, image, fine));
  }

  private record Other(PatientKey patient, String revision, ImageFingerprint coarse) {}

  /** First by the few large cubes of all others, then by the small ones of those that are left. */
  private static void linkWhatIsAlikeInSpace(Handle handle, Seen image, ImageFingerprint fine) {
    ImageFingerprint coarse = fine.coarser();
    List<Other> near =
        handle
            .createQuery(
                """
                select patient_key, revision_hash, coarse from dataset.image_signature
                where patient_key <> :patient and length(coarse) > 0
                """)
            .bind("patient", image.patient().value())
            .map(
                (row, context) ->
                    new Other(
                        new PatientKey(row.getString(1)),
                        row.getString(2),
                        ImageFingerprint.read(row.getBytes(3))))
            .stream()
            .filter(other -> coarse.isAlike(other.coarse()))
            .toList();
    for (Other other : near) {
      if (fine.isAlike(fine(handle, other))) {
        SplitLedger.link(handle, image.patient(), other.patient(), LinkReason.SAME_IMAGE);
      }
    }
  }

  private static ImageFingerprint fine(Handle handle, Other other) {
    return handle
        .createQuery(
            """
            select fine from dataset.image_signature
            where patient_key = :patient and revision_hash = :revision
            """)
        .bind("patient", other.patient().value())
        .bind("revision", other.revision())
        .map((row, context) -> ImageFingerprint.read(row.getBytes(1)))
        .one();
  }

  private static void linkWhatIsAlikeOnItsGrid(Handle handle, Seen image) {
    ImageSignature signature = image.signature();
    List<PatientKey> alike =
        handle
            .createQuery(
                """
                select patient_key, grid, mean, deviation, blocks from dataset.image_signature
                where grid = :grid and mean between :lowest and :highest
                  and patient_key <> :patient
                """)
            .bind("grid", signature.grid())
            .bind("lowest", signature.mean() - signature.reach())
            .bind("highest", signature.mean() + signature.reach())
            .bind("patient", image.patient().value())
            .map(
                (row, context) ->
                    signature.isAlikeOnItsGrid(
                            ImageSignature.read(
                                row.getString(2),
                                row.getDouble(3),
                                row.getDouble(4),
                                row.getBytes(5)))
                        ? new PatientKey(row.getString(1))
                        : image.patient())
            .list();
    for (PatientKey other : alike) {
      if (!other.equals(image.patient())) {
        SplitLedger.link(handle, image.patient(), other, LinkReason.SAME_IMAGE);
      }
    }
  }
}

package org.firstpass.dataset.split;

import java.util.Collection;
import java.util.List;
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
                      where patient_key = :patient and revision_hash = :revision)
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
                insert into dataset.image_signature
                  (patient_key, revision_hash, grid, mean, deviation, blocks)
                values (:patient, :revision, :grid, :mean, :deviation, :blocks)
                on conflict do nothing
                """)
            .bind("patient", image.patient().value())
            .bind("revision", image.revisionHash().hex())
            .bind("grid", signature.grid())
            .bind("mean", signature.mean())
            .bind("deviation", signature.deviation())
            .bind("blocks", signature.bytes())
            .execute()
        > 0;
  }

  private static void linkWhatIsAlike(Handle handle, Seen image) {
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
                    signature.isAlike(
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

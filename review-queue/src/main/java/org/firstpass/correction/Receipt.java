package org.firstpass.correction;

import java.util.Map;
import java.util.UUID;
import org.firstpass.study.Sha256;

/**
 * What the reader gets for a submission, to be compared with what was sent.
 *
 * @param correctionId the same for the same task and transaction
 * @param revision counts the revisions of this task from 1
 * @param voxels per segment of the schema, by segment number
 * @param digest SHA-256 of the accepted labels as little-endian unsigned 16-bit values in the order
 *     slice, row, column
 */
public record Receipt(UUID correctionId, int revision, Map<Integer, Long> voxels, Sha256 digest) {
  public Receipt {
    voxels = Map.copyOf(voxels);
  }
}

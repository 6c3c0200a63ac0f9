package org.firstpass.http;

import java.util.Map;
import java.util.UUID;
import org.firstpass.correction.Receipt;
import org.firstpass.correction.SubmitAnswer;
import org.firstpass.study.Sha256;

/**
 * A receipt on the wire.
 *
 * @param undoMillis for how long the submission may still be undone; 0 if it is final
 */
record ReceiptView(
    UUID correctionId, int revision, Map<Integer, Long> voxels, Sha256 digest, long undoMillis) {

  static ReceiptView of(SubmitAnswer.Accepted accepted) {
    Receipt receipt = accepted.receipt();
    return new ReceiptView(
        receipt.correctionId(),
        receipt.revision(),
        receipt.voxels(),
        receipt.digest(),
        accepted.undoFor().toMillis());
  }
}

package org.firstpass.dicom;

import java.util.List;
import java.util.Map;
import org.firstpass.failure.ReasonCode;
import org.firstpass.study.SopInstanceUid;

/**
 * How a retrieval ended that an archive has gone through.
 *
 * @param status its last word: 0000H, or B000H if some sub-operations failed
 * @param counts what the archive says; whether it is so, the gateway knows
 * @param failed Failed SOP Instance UID List, as far as the archive sent one
 * @param received what came by C-GET; nothing of a C-MOVE
 */
public record RetrieveReport(
    int status, SubOperations counts, List<SopInstanceUid> failed, Received received) {
  public RetrieveReport {
    failed = List.copyOf(failed);
  }

  /** Whether nothing failed, by the archive's account and by ours. */
  public boolean isComplete() {
    return status == 0
        && counts.failed() == 0
        && failed.isEmpty()
        && received.refused().isEmpty()
        && counts.remaining().orElse(0) == 0;
  }

  /**
   * What came on the association itself, up to {@value #MOST} instances of each kind.
   *
   * @param stored what our receiver took
   * @param unasked what was stored and is not of what was asked for
   * @param refused what our receiver did not take, and why
   */
  public record Received(
      List<SopInstanceUid> stored,
      List<SopInstanceUid> unasked,
      Map<SopInstanceUid, ReasonCode> refused) {
    static final int MOST = 100_000;
    static final Received NOTHING = new Received(List.of(), List.of(), Map.of());

    public Received {
      stored = List.copyOf(stored);
      unasked = List.copyOf(unasked);
      refused = Map.copyOf(refused);
    }
  }
}

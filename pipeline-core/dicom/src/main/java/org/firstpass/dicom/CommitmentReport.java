package org.firstpass.dicom;

import java.util.List;

/**
 * The answer to a storage commitment request.
 *
 * @param transaction Transaction UID (0008,1195) of the request
 * @param committed for which the archive takes responsibility
 * @param failed for which it does not
 * @see "PS3.4 J.3.3"
 */
public record CommitmentReport(
    String transaction, List<ReferencedInstance> committed, List<Failure> failed) {
  public CommitmentReport {
    committed = List.copyOf(committed);
    failed = List.copyOf(failed);
  }

  public boolean isComplete() {
    return failed.isEmpty();
  }

  /**
   * An instance that is not committed.
   *
   * @param reason Failure Reason (0008,1197)
   */
  public record Failure(ReferencedInstance instance, int reason) {
    /** Processing failure. */
    public static final int PROCESSING_FAILURE = 0x0110;

    /** No such object instance: it is not stored. */
    public static final int NO_SUCH_INSTANCE = 0x0112;

    /** Class or instance conflict: it is stored under another SOP class. */
    public static final int CLASS_CONFLICT = 0x0119;
  }
}

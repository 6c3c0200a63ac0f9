package org.firstpass.dicom;

import org.firstpass.failure.FirstpassFailure;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.failure.TryAgainLater;

/**
 * What the status of a C-FIND, C-MOVE or C-GET response means to us. Error Comment is not repeated:
 * it may say anything.
 *
 * @see "PS3.4 tables C.4-1, C.4-2 and C.4-3, PS3.7 annex C"
 */
final class ArchiveStatus {
  static final int SUCCESS = 0x0000;

  /** Sub-operations complete, one or more of them failed or with a warning. */
  static final int SOME_FAILED = 0xB000;

  /** Terminated due to a cancel request. */
  static final int CANCELLED = 0xFE00;

  private ArchiveStatus() {}

  static FirstpassFailure failure(DicomPeer peer, ArchiveService service, int status) {
    ReasonCode reason = reason(status);
    String message = "%s answered %s with status %04XH".formatted(peer, service.label(), status);
    return switch (reason.kind()) {
      case TRY_AGAIN -> new TryAgainLater(reason, message);
      case REFUSED, DEFECT -> new StudyRefused(reason, message);
    };
  }

  /** Why a status that is neither success nor pending is a failure. */
  static ReasonCode reason(int status) {
    return switch (status) {
      // No such SOP class, unrecognized operation.
      case 0x0122, 0x0211 -> ReasonCode.SERVICE_NOT_OFFERED;
      // Move destination unknown.
      case 0xA801 -> ReasonCode.MOVE_DESTINATION_UNKNOWN;
      // Unable to perform sub-operations.
      case 0xA702 -> ReasonCode.RETRIEVE_FAILED;
      // Processing failure, resource limitation, cancelled by somebody else.
      case 0x0110, 0x0213, CANCELLED -> ReasonCode.ARCHIVE_BUSY;
      // Out of resources; else the identifier does not match or cannot be processed.
      default -> (status & 0xFF00) == 0xA700 ? ReasonCode.ARCHIVE_BUSY : ReasonCode.QUERY_REFUSED;
    };
  }
}

package org.firstpass.dicom;

import org.firstpass.failure.FirstpassFailure;
import org.firstpass.failure.ReasonCode;

/**
 * The status of a C-STORE response, and why it was chosen.
 *
 * <table>
 * <caption>Which failure gives which status</caption>
 * <tr><td>0000</td><td>stored</td></tr>
 * <tr><td>A700</td><td>Refused, out of resources: every {@code TryAgainLater}; sending again
 *     helps</td></tr>
 * <tr><td>A900</td><td>Data set does not match SOP class: its SOP Class or Instance UID is not the
 *     announced one</td></tr>
 * <tr><td>C000</td><td>Cannot understand: every {@code StudyRefused} but the next</td></tr>
 * <tr><td>0124</td><td>Refused, not authorized: {@code OWN_OUTPUT}; what Firstpass made does not come
 *     back</td></tr>
 * <tr><td>0117</td><td>Invalid SOP Instance UID announced</td></tr>
 * <tr><td>0122</td><td>SOP class not supported: not the one of its presentation context</td></tr>
 * <tr><td>0110</td><td>Processing failure: a bug of ours</td></tr>
 * </table>
 *
 * @param code Status (0000,0900)
 * @param comment Error Comment (0000,0902): the reason code and its standing advice, nothing of the
 *     instance, since peers log it
 * @see "PS3.4 table B.2-1, PS3.7 C.5"
 */
record StoreStatus(int code, String comment) {
  static final StoreStatus SUCCESS = new StoreStatus(0x0000, "");
  static final StoreStatus BUSY =
      new StoreStatus(0xA700, commentOf(ReasonCode.GATEWAY_BUSY, ReasonCode.GATEWAY_BUSY.advice()));
  static final StoreStatus MISMATCH =
      new StoreStatus(
          0xA900, commentOf(ReasonCode.MALFORMED_INSTANCE, "UIDs are not as announced"));
  static final StoreStatus INVALID_INSTANCE =
      new StoreStatus(0x0117, commentOf(ReasonCode.MALFORMED_INSTANCE, "invalid SOP Instance UID"));
  static final StoreStatus NO_DATA_SET =
      new StoreStatus(0xC000, commentOf(ReasonCode.MALFORMED_INSTANCE, "no data set"));
  static final StoreStatus WRONG_CLASS =
      new StoreStatus(0x0122, commentOf(ReasonCode.MALFORMED_INSTANCE, "not the negotiated class"));

  private static final int COMMENT_LENGTH = 64;

  static StoreStatus of(Throwable failure) {
    ReasonCode reason =
        failure instanceof FirstpassFailure known ? known.code() : ReasonCode.UNEXPECTED;
    return new StoreStatus(statusOf(reason), commentOf(reason, reason.advice()));
  }

  boolean isSuccess() {
    return code == 0;
  }

  private static int statusOf(ReasonCode reason) {
    return switch (reason.kind()) {
      case TRY_AGAIN -> 0xA700;
      case REFUSED -> reason == ReasonCode.OWN_OUTPUT ? 0x0124 : 0xC000;
      case DEFECT -> 0x0110;
    };
  }

  static String commentOf(ReasonCode reason, String text) {
    String comment = reason.code() + " " + text;
    return comment.length() <= COMMENT_LENGTH
        ? comment
        : comment.substring(0, COMMENT_LENGTH).strip();
  }
}

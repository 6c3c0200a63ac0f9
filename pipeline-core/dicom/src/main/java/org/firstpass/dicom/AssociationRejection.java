package org.firstpass.dicom;

import org.dcm4che3.net.pdu.AAssociateRJ;

/**
 * Why an association was rejected. The wire says no more than the standard's reason; a caller that
 * is not let in is told the same whether its host, certificate or title is wrong.
 *
 * @see "PS3.8 table 9-21"
 */
public enum AssociationRejection {
  /** No AE title of ours: permanent, reason 7. */
  CALLED_AE_TITLE(1, 1, 7),
  /** Not on the list: permanent, reason 3. */
  CALLING_AE_TITLE(1, 1, 3),
  /** On the list, but not for the AE title that it called. */
  NOT_FOR_CALLER(1, 1, 3),
  /** On the list, but calls from elsewhere. */
  HOST(1, 1, 3),
  /** On the list, but does not show its certificate. */
  CERTIFICATE(1, 1, 3),
  /** Has as many associations open as it may: transient, local limit exceeded. */
  CALLER_LIMIT(2, 3, 2),
  /** As many associations are open as there may be: transient, local limit exceeded. */
  LIMIT(2, 3, 2),
  /** Speaks another protocol version or application context. */
  PROTOCOL(1, 2, 2);

  private final int result;
  private final int source;
  private final int reason;

  AssociationRejection(int result, int source, int reason) {
    this.result = result;
    this.source = source;
    this.reason = reason;
  }

  AAssociateRJ answer() {
    return new AAssociateRJ(result, source, reason);
  }
}

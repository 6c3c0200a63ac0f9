package org.firstpass.delivery;

import java.time.Duration;
import org.firstpass.dicom.InstanceSource;

/** Asks a destination whether it keeps what it acknowledged. */
interface Confirmation {
  /** What it says. */
  enum Answer {
    /** It keeps it. */
    KEPT,
    /** It does not have it. */
    MISSING,
    /** It has something else under the same name. */
    DIFFERENT,
    /** It will say so later. */
    NOT_YET
  }

  /**
   * @param sent the object, in the form that is preferred
   * @throws org.firstpass.failure.TryAgainLater if the destination does not answer within the limit
   */
  Answer confirm(InstanceSource sent, Duration limit);
}

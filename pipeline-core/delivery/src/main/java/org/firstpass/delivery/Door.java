package org.firstpass.delivery;

import java.time.Duration;
import java.util.List;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.dicom.StoreAnswer;

/** The way into a destination. */
interface Door {
  /**
   * Sends one object and waits for the answer.
   *
   * @param forms the same object in different transfer syntaxes, the preferred one first
   * @throws org.firstpass.failure.TryAgainLater if the destination does not answer within the limit
   */
  StoreAnswer store(List<InstanceSource> forms, Duration limit);
}

package org.firstpass.dataset;

import java.util.List;
import org.firstpass.event.CorrectionAccepted;

/**
 * A series with the correction that counts, and what other readers accepted on the same revision.
 *
 * @param others the last one of each other reader, sorted by id
 */
record ReadSeries(CorrectionAccepted counted, List<CorrectionAccepted> others) {
  ReadSeries {
    others = List.copyOf(others);
  }

  int readers() {
    return 1 + others.size();
  }
}

package org.firstpass.standalone;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.stream.EventReplay;
import org.firstpass.stream.Topics;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.testing.Deadline;

/** What was accepted so far, as the stream has it. */
record Corrections(Infrastructure infrastructure) {

  int count() {
    var count = new AtomicInteger();
    EventReplay.forEach(
        infrastructure.stream(), Topics.CORRECTIONS, correction -> count.incrementAndGet());
    return count.get();
  }

  /** The correction of a series, once it is told. */
  CorrectionAccepted await(SeriesInstanceUid series) {
    var found = new AtomicReference<CorrectionAccepted>();
    Deadline.await(
        "the correction is told",
        () -> {
          EventReplay.forEach(
              infrastructure.stream(),
              Topics.CORRECTIONS,
              accepted -> {
                if (accepted.series().equals(series)) {
                  found.set(accepted);
                }
              });
          return found.get() != null;
        });
    return found.get();
  }
}

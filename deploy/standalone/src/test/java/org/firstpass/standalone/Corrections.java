package org.firstpass.standalone;

import java.util.concurrent.atomic.AtomicInteger;
import org.firstpass.stream.EventReplay;
import org.firstpass.stream.Topics;

/** What was accepted so far, as the stream has it. */
record Corrections(Infrastructure infrastructure) {

  int count() {
    var count = new AtomicInteger();
    EventReplay.forEach(
        infrastructure.stream(), Topics.CORRECTIONS, correction -> count.incrementAndGet());
    return count.get();
  }
}

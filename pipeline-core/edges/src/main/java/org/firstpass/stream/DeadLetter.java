package org.firstpass.stream;

import java.util.Optional;
import org.firstpass.event.FirstpassEvent;
import org.firstpass.failure.ReasonCode;
import org.jspecify.annotations.Nullable;

/**
 * A record that nobody could handle.
 *
 * @param topic where it came from
 * @param reason what the one who gave up said of it
 * @param content the event, null if the record cannot be read as one
 */
public record DeadLetter(
    String topic, int partition, long offset, String reason, @Nullable FirstpassEvent content) {

  public Optional<FirstpassEvent> event() {
    return Optional.ofNullable(content);
  }

  /** Whether it was rejected as ours to mend, or given up after too many deliveries. */
  public ReasonCode code() {
    return reason.contains("rejected") ? ReasonCode.UNEXPECTED : ReasonCode.DELIVERY_LIMIT;
  }
}

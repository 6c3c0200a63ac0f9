package org.firstpass.stream;

import java.util.Optional;
import org.firstpass.event.FirstpassEvent;
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
}

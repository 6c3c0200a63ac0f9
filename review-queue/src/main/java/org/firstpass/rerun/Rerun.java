package org.firstpass.rerun;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.event.RequestedBox;
import org.firstpass.failure.ReasonCode;
import org.firstpass.study.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * A request to look again.
 *
 * @param answer none as long as no worker has told
 */
public record Rerun(
    UUID id, UUID task, String reader, Instant asked, RequestedBox box, Optional<Answer> answer) {

  /**
   * What a worker told.
   *
   * @param labels of the box alone, null if there are none
   * @param reason why there are none, null if there are some
   */
  public record Answer(
      @Nullable Sha256 labels, @Nullable ReasonCode reason, @Nullable String explanation) {}
}

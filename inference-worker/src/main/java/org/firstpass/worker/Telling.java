package org.firstpass.worker;

import java.time.Clock;
import java.util.UUID;
import org.firstpass.event.FirstpassEvent;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.ProposalFailed;
import org.firstpass.event.ProposalRefused;
import org.firstpass.event.SeriesInput;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.study.NameBasedUuid;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where outcomes are told. Ids of events are derived from the series revision, so that telling an
 * outcome twice tells one fact. Safe for use by many threads.
 */
final class Telling {
  private static final Logger LOG = LoggerFactory.getLogger(Telling.class);

  private final Publisher publisher;
  private final Clock clock;

  Telling(Publisher publisher, Clock clock) {
    this.publisher = publisher;
    this.clock = clock;
  }

  /** Takes events to the others. */
  interface Publisher {
    void publish(FirstpassEvent event);
  }

  void publish(FirstpassEvent event) {
    publisher.publish(event);
  }

  /**
   * A series cannot be segmented.
   *
   * @param story of its route, null if none was taken
   */
  void refused(SeriesInput input, StudyRefused refusal, @Nullable ObjectReference story) {
    var event =
        new ProposalRefused(
            id("proposal refused", input, refusal.code()),
            clock.instant(),
            input,
            refusal.code(),
            String.valueOf(refusal.getMessage()),
            story);
    publisher.publish(event);
    LOG.info(
        "refused: event {} series {} revision {} reason {} {}",
        event.id(),
        event.series(),
        input.revision(),
        refusal.code().code(),
        refusal.getMessage());
  }

  /** A package or this process failed on a series. */
  void failed(SeriesInput input, Defect defect) {
    var event =
        new ProposalFailed(
            id("proposal failed", input, defect.code()),
            clock.instant(),
            input,
            defect.code(),
            String.valueOf(defect.getMessage()));
    publisher.publish(event);
    LOG.error(
        "failed: event {} series {} revision {} reason {}",
        event.id(),
        event.series(),
        input.revision(),
        defect.code().code(),
        defect);
  }

  private static UUID id(String fact, SeriesInput input, ReasonCode code) {
    return NameBasedUuid.of(fact, input.revisionHash().hex(), code.code());
  }
}

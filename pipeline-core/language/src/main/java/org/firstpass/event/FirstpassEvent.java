package org.firstpass.event;

import java.time.Instant;
import java.util.UUID;
import org.firstpass.study.SeriesInstanceUid;

/** A fact on the wire. Handlers are idempotent by {@link #id()}. */
public sealed interface FirstpassEvent
    permits SeriesArrived,
        ProposalMade,
        ProposalRefused,
        ProposalFailed,
        ReviewTaskChanged,
        CorrectionAccepted {

  /** The identity of the fact: told twice, it has the same id. */
  UUID id();

  Instant time();

  /** The series it is about: the record key, so that one series keeps its order. */
  SeriesInstanceUid series();

  EventType type();
}

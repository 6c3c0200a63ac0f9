package org.firstpass.rerun;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.event.RerunAnswered;
import org.firstpass.event.RerunRequested;

/** Where requests to look again are kept. Each method is one transaction. */
public interface RerunLedger {

  /**
   * Keeps a request and tells workers of it, unless it is known already or the reader waits for
   * another one of the task that was asked since then.
   *
   * @return the request as it is kept, or the one that the reader waits for
   */
  Rerun ask(Rerun rerun, RerunRequested event, Instant since);

  Optional<Rerun> find(UUID task, UUID request);

  /** Told twice, the first answer stands. */
  void answered(RerunAnswered event);
}

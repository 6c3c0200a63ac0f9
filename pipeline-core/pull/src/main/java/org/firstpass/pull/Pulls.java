package org.firstpass.pull;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import org.firstpass.stream.EventLoop;
import org.firstpass.stream.EventLoopConfig;
import org.firstpass.stream.Topics;

/**
 * Fetches from archives: what was asked for, priors, backfills.
 *
 * <p>Everything that it must remember is in the database, so it may be killed at any moment, and
 * several processes may run it over one database. With no source it does nothing. Safe for use by
 * many threads.
 */
public final class Pulls implements AutoCloseable {
  private static final String GROUP = "firstpass-pull-arrivals";

  private final SourceLanes lanes;
  private final List<EventLoop> loops;

  /** Makes the room's tables if they are not there; nothing is asked for yet. */
  public Pulls(PullConfig config, PullGround ground, MeterRegistry meters, Clock clock) {
    this.lanes = new SourceLanes(config, ground, SourceLanes::archive, meters, clock);
    var loop = new EventLoopConfig(ground.stream(), Topics.ARRIVALS, GROUP);
    this.loops =
        config.sources().rules().isEmpty()
            ? List.of()
            : List.of(new EventLoop(loop, lanes::take, meters));
  }

  /** Begins to ask, and to follow what arrives. */
  public void start() {
    lanes.start();
    loops.forEach(EventLoop::start);
  }

  public boolean healthy() {
    return loops.stream().allMatch(EventLoop::healthy) && lanes.healthy();
  }

  /** Whether nothing ended without success: what did waits for somebody to look at it. */
  public boolean nothingFailed() {
    return lanes.nothingFailed();
  }

  @Override
  public void close() {
    loops.forEach(EventLoop::close);
    lanes.close();
  }
}

package org.firstpass.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that a test moves by hand. */
final class SettableClock extends Clock {
  static final Instant BEGIN = Instant.parse("2026-11-02T03:04:05.678Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(BEGIN);

  void advance(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("the tests need no other zone");
  }
}

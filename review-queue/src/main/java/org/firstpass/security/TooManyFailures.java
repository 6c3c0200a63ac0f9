package org.firstpass.security;

import java.time.Duration;

/** Too many logins failed, so that the next one is not looked at for a while. */
public final class TooManyFailures extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Duration wait;

  TooManyFailures(Duration wait) {
    super("too many failed logins; try again in " + Math.max(1, wait.toSeconds()) + " s");
    this.wait = wait;
  }

  public Duration waitFor() {
    return wait;
  }
}

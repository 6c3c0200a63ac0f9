package org.firstpass.dicom;

import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The silence of an archive as it is waited for, held against {@link Patience}. For one thread. */
final class Silence {
  private final Patience patience;
  private final long end;
  private long lastHeard = System.nanoTime();
  private long bytes = -1;
  private long signs;

  Silence(Patience patience) {
    this.patience = patience;
    this.end = lastHeard + patience.total().toNanos();
    this.signs = patience.heard().getAsLong();
  }

  /** How long to wait before it is looked at again. */
  long lookMillis(long longest) {
    return Math.max(1, Math.min(longest, patience.silence().toMillis() / 4));
  }

  /** Something was heard; says if it takes too long all the same. */
  Optional<String> heard() {
    lastHeard = System.nanoTime();
    return overdue(lastHeard);
  }

  /** What the archive does wrong by now, if anything. */
  Optional<String> look(long bytesReceived) {
    long now = System.nanoTime();
    long arrived = patience.heard().getAsLong();
    if (bytesReceived != bytes || arrived != signs) {
      bytes = bytesReceived;
      signs = arrived;
      lastHeard = now;
    }
    if (now - lastHeard > patience.silence().toNanos()) {
      return Optional.of("was silent for " + seconds(patience.silence().toMillis()));
    }
    return overdue(now);
  }

  private Optional<String> overdue(long now) {
    return now - end > 0
        ? Optional.of("took longer than " + seconds(patience.total().toMillis()))
        : Optional.empty();
  }

  private static String seconds(long millis) {
    return TimeUnit.MILLISECONDS.toSeconds(millis) + " s";
  }
}

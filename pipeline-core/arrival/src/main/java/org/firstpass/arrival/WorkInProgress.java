package org.firstpass.arrival;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A worker segments a revision now, or did so when it was heard of last.
 *
 * @param device on which the network runs
 * @param expectedReady as the worker has measured the package on its device, null if it has not
 */
public record WorkInProgress(
    int revision,
    String packageName,
    String packageVersion,
    String device,
    Instant started,
    @Nullable Instant expectedReady) {

  /** What it is, for people. */
  public String inWords() {
    return "being segmented by "
        + packageName
        + " "
        + packageVersion
        + " on "
        + device
        + " since "
        + started
        + (expectedReady == null ? "" : ", expected ready at " + expectedReady);
  }
}

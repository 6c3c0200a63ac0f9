package org.firstpass.arrival;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.firstpass.failure.ReasonCode;
import org.firstpass.study.SopInstanceUid;

/**
 * Why instances were not taken, of the latest ones: whoever asked for them may not have been told.
 * Safe for use by many threads.
 */
final class LatestRefusals {
  private static final int MOST = 10_000;

  private final Map<SopInstanceUid, ReasonCode> latest =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<SopInstanceUid, ReasonCode> eldest) {
          return size() > MOST;
        }
      };

  synchronized void add(SopInstanceUid instance, ReasonCode reason) {
    latest.remove(instance);
    latest.put(instance, reason);
  }

  synchronized Optional<ReasonCode> of(SopInstanceUid instance) {
    return Optional.ofNullable(latest.get(instance));
  }
}

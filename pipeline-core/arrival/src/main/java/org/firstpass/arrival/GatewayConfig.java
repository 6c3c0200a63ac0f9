package org.firstpass.arrival;

import java.time.Duration;
import org.firstpass.dicom.ScpConfig;
import org.firstpass.privacy.PatientPseudonyms;

/**
 * How the gateway works.
 *
 * @param quiet a series is complete when nothing came for it that long
 * @param minFreeBytes below this, instances are refused with out of resources
 * @param patients turns patients into keys
 */
public record GatewayConfig(
    ScpConfig scp, Duration quiet, long minFreeBytes, PatientPseudonyms patients) {
  public GatewayConfig {
    if (quiet.isNegative() || quiet.isZero()) {
      throw new IllegalArgumentException("quiet is longer than nothing, but is " + quiet);
    }
    if (minFreeBytes < 0) {
      throw new IllegalArgumentException("minFreeBytes is not negative, but is " + minFreeBytes);
    }
  }
}

package org.firstpass.arrival;

import java.time.Duration;
import java.util.Map;
import org.firstpass.dicom.DicomPeer;
import org.firstpass.dicom.ScpConfig;
import org.firstpass.privacy.PatientPseudonyms;

/**
 * How the gateway works.
 *
 * @param series when a series is complete
 * @param minFreeBytes below this, instances are refused with out of resources
 * @param patients turns patients into keys
 * @param requesters where storage commitment is answered, by the requester's AE title, if it does
 *     not wait for the answer on its own association
 */
public record GatewayConfig(
    ScpConfig scp,
    CompletenessRule series,
    long minFreeBytes,
    PatientPseudonyms patients,
    Map<String, DicomPeer> requesters) {
  public GatewayConfig {
    if (minFreeBytes < 0) {
      throw new IllegalArgumentException("minFreeBytes is not negative, but is " + minFreeBytes);
    }
    requesters = Map.copyOf(requesters);
  }

  /**
   * Without addresses of requesters.
   *
   * @param quiet a series is complete when nothing came for it that long
   */
  public GatewayConfig(
      ScpConfig scp, Duration quiet, long minFreeBytes, PatientPseudonyms patients) {
    this(scp, CompletenessRule.quiet(quiet), minFreeBytes, patients, Map.of());
  }
}

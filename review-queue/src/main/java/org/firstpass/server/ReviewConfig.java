package org.firstpass.server;

import java.time.Duration;
import java.util.Optional;
import org.firstpass.dicom.ProcedureStepScp;

/**
 * How the review server runs.
 *
 * @param bindAddress 127.0.0.1 unless others shall reach it
 * @param port 0 for any free one
 * @param lease how long a reader keeps a task without renewing
 * @param imageCacheBytes how much memory holds images that were opened last
 * @param maxUploadBytes of one submission
 * @param dicom where the worklist listens for DIMSE, if it does
 */
public record ReviewConfig(
    String bindAddress,
    int port,
    Duration lease,
    long imageCacheBytes,
    long maxUploadBytes,
    Optional<ProcedureStepScp.Place> dicom) {
  private static final Duration LEASE = Duration.ofMinutes(30);
  private static final long IMAGE_CACHE_BYTES = 512L << 20;
  private static final long MAX_UPLOAD_BYTES = 256L << 20;

  public ReviewConfig {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port is 0 to 65535, but is " + port);
    }
    if (lease.isNegative() || lease.isZero()) {
      throw new IllegalArgumentException("lease is longer than nothing, but is " + lease);
    }
    if (imageCacheBytes < 0 || maxUploadBytes < 1) {
      throw new IllegalArgumentException(
          "imageCacheBytes is not negative and maxUploadBytes is above zero, but are "
              + imageCacheBytes
              + " and "
              + maxUploadBytes);
    }
  }

  /** On this machine only, with a lease of half an hour. */
  public static ReviewConfig onLoopback(int port) {
    return new ReviewConfig(
        "127.0.0.1", port, LEASE, IMAGE_CACHE_BYTES, MAX_UPLOAD_BYTES, Optional.empty());
  }
}

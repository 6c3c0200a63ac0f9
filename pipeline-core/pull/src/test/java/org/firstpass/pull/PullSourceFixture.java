package org.firstpass.pull;

import org.firstpass.peer.DimseAddress;
import org.firstpass.peer.WebAddress;
import org.jspecify.annotations.Nullable;

/** Sources for tests, with little patience. */
final class PullSourceFixture {
  private PullSourceFixture() {}

  static PullSource dimse(String name, DimseAddress address, Retrieval retrieval) {
    return new PullSource(
        name, address, retrieval, null, null, PullFixture.BUDGET, "30s", null, null);
  }

  static PullSource web(String name, WebAddress address) {
    return new PullSource(name, null, null, address, null, PullFixture.BUDGET, "30s", null, null);
  }

  /** A source whose archive a test makes. */
  static PullSource made(String name, int concurrency, @Nullable BackfillLimits limits) {
    return new PullSource(
        name,
        null,
        null,
        new WebAddress("http://127.0.0.1:1/dicom-web", null),
        null,
        PullFixture.BUDGET,
        "30s",
        concurrency,
        limits);
  }
}

package org.firstpass.server;

import java.util.Optional;
import java.util.function.Function;
import org.firstpass.correction.ByteContent;
import org.firstpass.correction.PriorImages;
import org.firstpass.event.ObjectReference;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.study.SeriesInstanceUid;

/** Other images of a patient from the object store. Safe for use by many threads. */
final class StoredPriors implements PriorImages {
  private final StoredCases cases;
  private final Function<SeriesInstanceUid, Optional<ObjectReference>> manifests;
  private final AcceptedLookup accepted;

  /**
   * @param manifests the instances of the newest revision of a series
   */
  StoredPriors(
      StoredCases cases,
      Function<SeriesInstanceUid, Optional<ObjectReference>> manifests,
      AcceptedLookup accepted) {
    this.cases = cases;
    this.manifests = manifests;
    this.accepted = accepted;
  }

  @Override
  public Optional<Shown> image(SeriesInstanceUid series) {
    return manifests.apply(series).map(cases::shown);
  }

  @Override
  public Optional<Accepted> accepted(SeriesInstanceUid series) {
    // A revision that came later may have other slices than the one that was read.
    return accepted.latest(series).filter(labels -> fits(series, cases.gridOf(labels.labels())));
  }

  private boolean fits(SeriesInstanceUid series, GridGeometry labels) {
    return image(series).filter(shown -> shown.image().geometry().isSameGridAs(labels)).isPresent();
  }

  @Override
  public ByteContent labels(Accepted accepted) {
    return cases.packedLabels(accepted.labels());
  }

  @Override
  public ByteContent labelRuns(Accepted accepted) {
    return cases.labelRuns(accepted.labels());
  }
}

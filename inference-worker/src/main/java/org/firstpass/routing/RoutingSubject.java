package org.firstpass.routing;

import java.time.Instant;
import org.firstpass.dicom.SeriesDescription;
import org.firstpass.study.ProjectName;
import org.jspecify.annotations.Nullable;

/**
 * A series that wants a package.
 *
 * @param callingAeTitle who sent it, null if it did not come by DIMSE
 * @param project what it was sent for
 * @param received when it was complete
 */
public record RoutingSubject(
    SeriesDescription series,
    @Nullable String callingAeTitle,
    ProjectName project,
    Instant received) {

  /** One that was sent for no project in particular. */
  public RoutingSubject(
      SeriesDescription series, @Nullable String callingAeTitle, Instant received) {
    this(series, callingAeTitle, ProjectName.DEFAULT, received);
  }
}

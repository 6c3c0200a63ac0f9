package org.firstpass.routing;

import java.time.Instant;
import org.firstpass.dicom.SeriesDescription;
import org.jspecify.annotations.Nullable;

/**
 * A series that wants a package.
 *
 * @param callingAeTitle who sent it, null if it did not come by DIMSE
 * @param received when it was complete
 */
public record RoutingSubject(
    SeriesDescription series, @Nullable String callingAeTitle, Instant received) {}

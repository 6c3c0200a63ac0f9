package org.firstpass.postgres;

import org.firstpass.event.ObjectReference;
import org.firstpass.event.PackageReference;
import org.firstpass.event.ProposalFailed;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.ProposalRefused;
import org.firstpass.event.RouteTaken;
import org.firstpass.event.SeriesArrived;
import org.firstpass.event.SeriesEvent;
import org.firstpass.failure.ReasonCode;
import org.firstpass.intake.SeriesProgress.Kind;
import org.jspecify.annotations.Nullable;

/** What an event says of how far its series is: a row of {@code review.series_outcome}. */
record Told(
    SeriesEvent event,
    Kind kind,
    @Nullable ReasonCode reason,
    @Nullable String explanation,
    @Nullable String modality,
    @Nullable PackageReference modelPackage,
    @Nullable ObjectReference route,
    @Nullable ObjectReference manifest) {

  static Told of(SeriesArrived event) {
    ObjectReference manifest = event.input().manifest();
    return new Told(event, Kind.ARRIVED, null, null, event.modality(), null, null, manifest);
  }

  static Told of(ProposalMade event) {
    RouteTaken route = event.notes().route();
    return new Told(
        event,
        Kind.PROPOSED,
        null,
        null,
        null,
        event.modelPackage(),
        route == null ? null : route.explanation(),
        null);
  }

  static Told of(ProposalRefused event) {
    return new Told(
        event, Kind.REFUSED, event.reason(), event.explanation(), null, null, event.route(), null);
  }

  static Told of(ProposalFailed event) {
    return new Told(
        event, Kind.FAILED, event.reason(), event.explanation(), null, null, null, null);
  }
}

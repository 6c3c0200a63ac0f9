package org.firstpass.worker;

import java.util.List;
import java.util.Optional;
import org.firstpass.event.ImageFinding;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.RouteTaken;
import org.firstpass.failure.StudyRefused;
import org.firstpass.model.ModelPackage;
import org.firstpass.routing.Route;
import org.jspecify.annotations.Nullable;

/**
 * The way of a series, after all that had to be asked first.
 *
 * @param asked what packages found that were asked on the way
 * @param story the stored explanation
 */
record SeriesWay(Route route, List<ImageFinding> asked, ObjectReference story) {
  SeriesWay {
    asked = List.copyOf(asked);
  }

  /** Where it goes; nowhere if it was refused. */
  List<ModelPackage> packages() {
    return route instanceof Route.Served served ? served.packages() : List.of();
  }

  /** Why it goes nowhere; empty if it goes somewhere. */
  Optional<StudyRefused> refusal() {
    return route instanceof Route.Refused refused
        ? Optional.of(new StudyRefused(refused.code(), refused.reason()))
        : Optional.empty();
  }

  /** As an event tells it, null if it goes nowhere. */
  @Nullable RouteTaken taken() {
    return route instanceof Route.Served served
        ? new RouteTaken(served.rule(), served.protocol(), served.priority(), story)
        : null;
  }
}

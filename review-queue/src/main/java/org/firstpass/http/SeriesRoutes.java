package org.firstpass.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.firstpass.event.ObjectReference;
import org.firstpass.intake.ComingProposal;
import org.firstpass.intake.SeriesProgress;
import org.firstpass.review.ReviewState;
import org.firstpass.store.ObjectStore;
import org.firstpass.study.SeriesInstanceUid;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/series/{uid}} and {@code /api/coming}: how far series are, as review knows it, and
 * why one went where it went.
 */
public final class SeriesRoutes {
  /** Those who may see the image: the story may quote free text of its headers. */
  private static final String ROUTE_TYPE = "application/vnd.firstpass.route+json";

  private final SeriesProgress.Lookup lookup;
  private final ObjectStore store;
  private final Clock clock;

  public SeriesRoutes(SeriesProgress.Lookup lookup, ObjectStore store, Clock clock) {
    this.lookup = lookup;
    this.store = store;
    this.clock = clock;
  }

  record SeriesView(String series, List<OutcomeView> outcomes, List<TaskEntry> tasks) {}

  record OutcomeView(
      int revision,
      SeriesProgress.Kind kind,
      @Nullable String reason,
      @Nullable String explanation,
      Instant at) {}

  record TaskEntry(UUID id, int revision, String modelPackage, ReviewState state) {}

  /**
   * A series that a worker segments now.
   *
   * @param expectedReady as the worker has measured; null if it has not
   * @param late whether that time has passed
   */
  record ComingView(
      String series,
      int revision,
      @Nullable String modality,
      @JsonProperty("package") ComingPackage modelPackage,
      String device,
      Instant started,
      @Nullable Instant expectedReady,
      boolean late) {}

  record ComingPackage(String name, String version) {}

  public void install(RoutesConfig routes) {
    routes.get("/api/series/{uid}", this::series, AccessGate.allowViewers());
    routes.get("/api/series/{uid}/route", this::route, AccessGate.allowImageViewers());
    routes.get("/api/coming", this::coming, AccessGate.allowViewers());
  }

  private void coming(Context context) {
    Instant now = clock.instant();
    context.json(lookup.coming(now).stream().map(one -> view(one, now)).toList());
  }

  private static ComingView view(ComingProposal coming, Instant now) {
    return new ComingView(
        coming.series().value(),
        coming.revision(),
        coming.modality().orElse(null),
        new ComingPackage(coming.packageName(), coming.packageVersion()),
        coming.device(),
        coming.started(),
        coming.expectedReady().orElse(null),
        coming.expectedReady().filter(now::isAfter).isPresent());
  }

  private void route(Context context) {
    SeriesInstanceUid series = uid(context.pathParam("uid"));
    ObjectReference story =
        lookup
            .route(series)
            .orElseThrow(
                () ->
                    new ApiRefusal(
                        404,
                        "NO_ROUTE",
                        "no worker has told which routing rules it looked at for series "
                            + series
                            + "; it may still wait, or have been refused before"));
    context.contentType(ROUTE_TYPE).result(store.read(story.digest()));
  }

  private void series(Context context) {
    SeriesProgress progress = lookup.progress(uid(context.pathParam("uid")));
    if (progress.outcomes().isEmpty()) {
      throw new ApiRefusal(
          404, "NO_SUCH_SERIES", "no worker has said anything of series " + progress.series());
    }
    context.json(view(progress));
  }

  private static SeriesInstanceUid uid(String text) {
    try {
      return new SeriesInstanceUid(text);
    } catch (IllegalArgumentException e) {
      throw RequestParts.malformed("a series is named by its Series Instance UID");
    }
  }

  private static SeriesView view(SeriesProgress progress) {
    return new SeriesView(
        progress.series().value(),
        progress.outcomes().stream()
            .map(
                outcome ->
                    new OutcomeView(
                        outcome.revision(),
                        outcome.kind(),
                        outcome.reason().orElse(null),
                        outcome.explanation().orElse(null),
                        outcome.at()))
            .toList(),
        progress.tasks().stream()
            .map(
                task ->
                    new TaskEntry(task.id(), task.revision(), task.modelPackage(), task.state()))
            .toList());
  }
}

package org.firstpass.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.firstpass.intake.SeriesProgress;
import org.firstpass.review.ReviewState;
import org.firstpass.security.Role;
import org.firstpass.study.SeriesInstanceUid;
import org.jspecify.annotations.Nullable;

/** {@code /api/series/{uid}}: how far a series is, as review knows it. */
public final class SeriesRoutes {
  private static final Role[] VIEWERS = {
    Role.RADIOLOGIST, Role.SERVICE, Role.ADMINISTRATOR, Role.ML_ENGINEER, Role.AUDITOR
  };

  private final SeriesProgress.Lookup lookup;

  public SeriesRoutes(SeriesProgress.Lookup lookup) {
    this.lookup = lookup;
  }

  record SeriesView(String series, List<OutcomeView> outcomes, List<TaskEntry> tasks) {}

  record OutcomeView(
      int revision,
      SeriesProgress.Kind kind,
      @Nullable String reason,
      @Nullable String explanation,
      Instant at) {}

  record TaskEntry(UUID id, int revision, String modelPackage, ReviewState state) {}

  public void install(RoutesConfig routes) {
    routes.get("/api/series/{uid}", this::series, AccessGate.allow(VIEWERS));
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

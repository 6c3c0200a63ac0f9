package org.firstpass.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;
import org.firstpass.correction.AcceptedVolumes;
import org.firstpass.review.ReviewQueue;

/**
 * {@code /api/tasks/{id}/volumes}: which volumes are usual for the segments of a task. They are of
 * at least {@link org.firstpass.correction.UsualVolume#LEAST_CASES} other cases together, so that
 * none of them can be told apart.
 */
public final class VolumeRoutes {
  private final ReviewQueue queue;
  private final AcceptedVolumes volumes;

  public VolumeRoutes(ReviewQueue queue, AcceptedVolumes volumes) {
    this.queue = queue;
    this.volumes = volumes;
  }

  public void install(RoutesConfig routes) {
    routes.get("/api/tasks/{id}/volumes", this::usual, AccessGate.allowImageViewers());
  }

  private void usual(Context context) {
    var row = TaskRoutes.row(queue, RequestParts.task(context));
    var proposal = row.task().subject().proposal();
    context.json(Map.of("segments", volumes.usualFor(proposal)));
  }
}

package org.firstpass.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.firstpass.correction.CompanionImages;
import org.firstpass.event.ProposalMade;
import org.firstpass.review.ReviewQueue;
import org.firstpass.security.AuditAction;
import org.firstpass.security.AuditFact;
import org.firstpass.security.AuditTrail;
import org.firstpass.study.SeriesInstanceUid;

/**
 * {@code /api/tasks/{id}/companions}: other series of the study in the same frame of reference, on
 * the grid of the task.
 */
public final class CompanionRoutes {
  private final ReviewQueue queue;
  private final CompanionImages companions;
  private final AuditTrail audit;

  public CompanionRoutes(ReviewQueue queue, CompanionImages companions, AuditTrail audit) {
    this.queue = queue;
    this.companions = companions;
    this.audit = audit;
  }

  public void install(RoutesConfig routes) {
    String root = "/api/tasks/{id}/companions";
    var viewers = AccessGate.allowImageViewers();
    routes.get(root, this::list, viewers);
    routes.get(root + "/{series}/geometry", this::geometry, viewers);
    routes.get(root + "/{series}/image", this::image, viewers);
  }

  /** A companion on the wire. */
  private record View(String series, String modality, int slices) {}

  private void list(Context context) {
    List<View> found =
        companions.of(proposal(context)).stream()
            .map(each -> new View(each.series().value(), each.modality(), each.slices()))
            .toList();
    context.json(found);
  }

  private void geometry(Context context) {
    CompanionImages.Laid laid = laid(context);
    context.json(GeometryView.from(laid.image(), laid.media()));
  }

  private void image(Context context) throws IOException {
    CompanionImages.Laid laid = laid(context);
    audit.record(
        AuditFact.of(
            AccessGate.identity(context).subject(),
            AuditAction.TASK_OPENED,
            context.pathParam("id"),
            Map.of("companion", context.pathParam("series"))));
    ImageRoutes.sendSlices(context, laid.image().content());
  }

  private CompanionImages.Laid laid(Context context) {
    ProposalMade proposal = proposal(context);
    SeriesInstanceUid series;
    try {
      series = new SeriesInstanceUid(context.pathParam("series"));
    } catch (IllegalArgumentException e) {
      throw missing();
    }
    return companions.image(proposal, series).orElseThrow(CompanionRoutes::missing);
  }

  private static ApiRefusal missing() {
    return new ApiRefusal(
        404, "NO_COMPANION", "the study has no such image in the frame of reference of the task");
  }

  private ProposalMade proposal(Context context) {
    return TaskRoutes.row(queue, RequestParts.task(context)).task().subject().proposal();
  }
}

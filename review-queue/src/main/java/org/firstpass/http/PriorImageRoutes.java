package org.firstpass.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.correction.ByteContent;
import org.firstpass.correction.PriorImages;
import org.firstpass.correction.PriorImages.Accepted;
import org.firstpass.review.Priors;
import org.firstpass.review.Priors.Prior;
import org.firstpass.review.ReviewQueue;
import org.firstpass.review.ReviewTask;
import org.firstpass.security.AuditAction;
import org.firstpass.security.AuditFact;
import org.firstpass.security.AuditTrail;
import org.firstpass.segment.LabelSchema;
import org.firstpass.study.SeriesInstanceUid;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/tasks/{id}/priors/{series}}: another image of the patient, for the reader who holds
 * the task, and what was accepted on it.
 */
public final class PriorImageRoutes {
  private static final int MOST = 200;
  private static final String PATH = "/api/tasks/{id}/priors/{series}";

  private final ReviewQueue queue;
  private final Priors priors;
  private final PriorImages images;
  private final AuditTrail audit;

  public PriorImageRoutes(ReviewQueue queue, Priors priors, PriorImages images, AuditTrail audit) {
    this.queue = queue;
    this.priors = priors;
    this.images = images;
    this.audit = audit;
  }

  /**
   * @param accepted null if nothing was accepted on it, or on another grid
   */
  record PriorView(
      String series,
      @Nullable String modality,
      GeometryView geometry,
      @Nullable AcceptedView accepted) {}

  record AcceptedView(UUID correctionId, Instant at, LabelSchema schema) {
    static AcceptedView from(Accepted accepted) {
      return new AcceptedView(accepted.correction(), accepted.at(), accepted.schema());
    }
  }

  public void install(RoutesConfig routes) {
    routes.get(PATH, this::one, AccessGate.allowReaders());
    routes.get(PATH + "/image", this::image, AccessGate.allowReaders());
    routes.get(PATH + "/labels", this::labels, AccessGate.allowReaders());
    routes.get(PATH + "/label-runs", this::labelRuns, AccessGate.allowReaders());
  }

  private void one(Context context) {
    Prior prior = prior(context);
    var series = new SeriesInstanceUid(prior.series());
    PriorImages.Shown shown = stored(series);
    audit.record(
        AuditFact.of(
            AccessGate.identity(context).subject(),
            AuditAction.PRIOR_OPENED,
            context.pathParam("id"),
            Map.of("series", series.value())));
    context.json(
        new PriorView(
            series.value(),
            prior.modality().orElse(null),
            GeometryView.from(shown.image(), shown.media()),
            images.accepted(series).map(AcceptedView::from).orElse(null)));
  }

  private void image(Context context) throws IOException {
    var series = new SeriesInstanceUid(prior(context).series());
    ImageRoutes.sendSlices(context, stored(series).image().content());
  }

  private void labels(Context context) throws IOException {
    ImageRoutes.sendPacked(context, images.labels(accepted(context)));
  }

  private void labelRuns(Context context) throws IOException {
    ByteContent runs = images.labelRuns(accepted(context));
    ImageRoutes.sendValues(context, runs.size(), runs::writeTo);
  }

  private Accepted accepted(Context context) {
    var series = new SeriesInstanceUid(prior(context).series());
    return images
        .accepted(series)
        .orElseThrow(() -> new ApiRefusal(404, "NO_ACCEPTED_LABELS", "none of series " + series));
  }

  private PriorImages.Shown stored(SeriesInstanceUid series) {
    return images
        .image(series)
        .orElseThrow(() -> new ApiRefusal(404, "NO_SUCH_PRIOR", "nothing of " + series));
  }

  private Prior prior(Context context) {
    UUID task = RequestParts.task(context);
    requireHolder(context, task);
    String series = context.pathParam("series");
    Optional<Prior> found =
        priors.of(task, MOST).stream().filter(prior -> prior.series().equals(series)).findFirst();
    return found.orElseThrow(
        () ->
            new ApiRefusal(
                404, "NO_SUCH_PRIOR", "the patient of task " + task + " has no such other series"));
  }

  // Other images than the one that is to be read are only for the reading of it.
  private void requireHolder(Context context, UUID task) {
    boolean holds =
        TaskRoutes.row(queue, task).task() instanceof ReviewTask.Claimed claimed
            && claimed.lease().holder().equals(AccessGate.identity(context).subject());
    if (!holds) {
      throw new ApiRefusal(
          403, "NOT_YOUR_TASK", "earlier images are for the reader who holds task " + task);
    }
  }
}

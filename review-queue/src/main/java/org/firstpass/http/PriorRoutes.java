package org.firstpass.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.firstpass.review.Priors;
import org.firstpass.review.Priors.Prior;
import org.firstpass.review.Priors.PriorTask;
import org.firstpass.review.ReviewQueue;
import org.firstpass.review.ReviewState;
import org.firstpass.review.StudyIndex;
import org.firstpass.security.AuditAction;
import org.firstpass.security.AuditFact;
import org.firstpass.security.AuditTrail;
import org.firstpass.security.Role;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/tasks/{id}/priors}: what else there is of the patient. It says when and by which
 * device, and what was read of it, nothing that somebody wrote.
 */
public final class PriorRoutes {
  /** Who may know that two studies are of one patient, and when they were made. */
  private static final Role[] READERS = {Role.RADIOLOGIST, Role.SERVICE, Role.ADMINISTRATOR};

  private static final int MOST = 200;

  private final Priors priors;
  private final ReviewQueue queue;
  private final StudyIndex studies;
  private final AuditTrail audit;

  public PriorRoutes(Priors priors, ReviewQueue queue, StudyIndex studies, AuditTrail audit) {
    this.priors = priors;
    this.queue = queue;
    this.studies = studies;
    this.audit = audit;
  }

  /**
   * @param date of the study, such as 2026-11-02; null if it does not say
   * @param sameStudy whether it belongs to the task's own study
   */
  record PriorView(
      String study,
      String series,
      @Nullable String date,
      @Nullable String modality,
      Instant arrived,
      boolean sameStudy,
      List<TaskEntry> tasks) {}

  record TaskEntry(
      UUID id,
      ReviewState state,
      String modelPackage,
      @Nullable UUID correctionId,
      Instant changed) {}

  public void install(RoutesConfig routes) {
    routes.get("/api/tasks/{id}/priors", this::priors, AccessGate.allow(READERS));
  }

  private void priors(Context context) {
    UUID id = RequestParts.task(context);
    var own = TaskRoutes.row(queue, id).task().subject().proposal().input().reference();
    List<Prior> found = priors.of(id, MOST);
    audit.record(
        AuditFact.of(
            AccessGate.identity(context).subject(), AuditAction.PRIORS_LISTED, id.toString()));
    Map<String, LocalDate> dates =
        studies.dates(found.stream().map(Prior::study).distinct().toList());
    context.json(
        found.stream()
            .map(prior -> view(prior, dates.get(prior.study()), own.study().value()))
            .sorted(
                Comparator.comparing(
                        PriorView::date, Comparator.nullsFirst(Comparator.naturalOrder()))
                    .thenComparing(PriorView::arrived)
                    .reversed())
            .toList());
  }

  private static PriorView view(Prior prior, @Nullable LocalDate date, String ownStudy) {
    return new PriorView(
        prior.study(),
        prior.series(),
        date == null ? null : date.toString(),
        prior.modality().orElse(null),
        prior.arrived(),
        prior.study().equals(ownStudy),
        prior.tasks().stream().map(PriorRoutes::entry).toList());
  }

  private static TaskEntry entry(PriorTask task) {
    return new TaskEntry(
        task.id(),
        task.state(),
        task.packageName(),
        task.correction().orElse(null),
        task.changed());
  }
}

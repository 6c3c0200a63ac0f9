package org.firstpass.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.firstpass.correction.ByteContent;
import org.firstpass.correction.CaseImages;
import org.firstpass.correction.CorrectionRevision.Outcome;
import org.firstpass.correction.Revisions;
import org.firstpass.correction.Revisions.Revision;
import org.firstpass.event.ObjectReference;
import org.firstpass.finding.FindingCodec;
import org.firstpass.http.HistoryView.EntryView;
import org.firstpass.http.HistoryView.RevisionView;
import org.firstpass.review.ReviewQueue;
import org.firstpass.review.TaskHistory;
import org.firstpass.security.AuditAction;
import org.firstpass.security.AuditFact;
import org.firstpass.security.AuditTrail;
import org.firstpass.store.ObjectStore;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/tasks/{id}/history} and {@code /revisions/{revision}}: what became of a task, for
 * whoever may see its image. Nothing of it changes the task or takes a lease.
 */
public final class HistoryRoutes {
  private static final String REVISION = "/api/tasks/{id}/revisions/{revision}";

  private final Sources sources;
  private final CaseImages images;
  private final ObjectStore store;
  private final AuditTrail audit;

  /** Where it is known what became of a task. */
  public record Sources(ReviewQueue queue, TaskHistory history, Revisions revisions) {}

  public HistoryRoutes(Sources sources, CaseImages images, ObjectStore store, AuditTrail audit) {
    this.sources = sources;
    this.images = images;
    this.store = store;
    this.audit = audit;
  }

  public void install(RoutesConfig routes) {
    routes.get("/api/tasks/{id}/history", this::history, AccessGate.allowImageViewers());
    routes.get(REVISION, this::one, AccessGate.allowImageViewers());
    routes.get(REVISION + "/labels", this::labels, AccessGate.allowImageViewers());
    routes.get(REVISION + "/label-runs", this::labelRuns, AccessGate.allowImageViewers());
  }

  private void history(Context context) {
    UUID task = RequestParts.task(context);
    TaskRoutes.row(sources.queue(), task);
    record(context, AuditAction.TASK_VIEWED, Map.of());
    Scope scope = Scope.of(AccessGate.identity(context));
    context.json(
        new HistoryView(
            sources.history().of(task).stream().map(one -> EntryView.from(one, scope)).toList(),
            sources.revisions().of(task).stream().map(one -> view(context, one, null)).toList()));
  }

  private void one(Context context) {
    Revision revision = revision(context);
    record(context, AuditAction.REVISION_OPENED, Map.of("revision", revision.id().toString()));
    ObjectReference findings = revision.outcome().findings();
    // They name their readers, and comments are free text.
    boolean hidden = Scope.of(AccessGate.identity(context)) == Scope.WITHOUT_NAMES;
    context.json(
        view(
            context,
            revision,
            findings == null || hidden
                ? null
                : FindingCodec.tree(FindingCodec.decode(store.read(findings.digest())))));
  }

  private void labels(Context context) throws IOException {
    Outcome outcome = opened(context);
    if (!isKnown(context, outcome, "-l")) {
      ImageRoutes.sendPacked(context, images.labels(outcome));
    }
  }

  private void labelRuns(Context context) throws IOException {
    Outcome outcome = opened(context);
    if (!isKnown(context, outcome, "-r")) {
      ByteContent runs = images.labelRuns(outcome);
      ImageRoutes.sendValues(context, runs.size(), runs::writeTo);
    }
  }

  private Outcome opened(Context context) {
    Revision revision = revision(context);
    record(context, AuditAction.REVISION_OPENED, Map.of("revision", revision.id().toString()));
    return revision.outcome();
  }

  private static boolean isKnown(Context context, Outcome outcome, String form) {
    String digest = outcome.labels().digest().hex();
    return ImageRoutes.notModified(context, digest + form + ImageRoutes.ENCODING_VERSION);
  }

  private static RevisionView view(
      Context context, Revision revision, @Nullable JsonNode findings) {
    var identity = AccessGate.identity(context);
    return RevisionView.from(revision, Scope.of(identity), identity.subject(), findings);
  }

  private Revision revision(Context context) {
    UUID task = RequestParts.task(context);
    UUID id = RequestParts.uuid(context, "revision");
    return sources
        .revisions()
        .find(task, id)
        .orElseThrow(
            () ->
                new ApiRefusal(404, "NO_SUCH_REVISION", "task " + task + " has no revision " + id));
  }

  private void record(Context context, AuditAction action, Map<String, String> details) {
    audit.record(
        AuditFact.of(
            AccessGate.identity(context).subject(), action, context.pathParam("id"), details));
  }
}

package org.firstpass.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.firstpass.correction.ByteContent;
import org.firstpass.correction.CaseArchive;
import org.firstpass.correction.SubmittedLabels;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.ReaderEffort;
import org.firstpass.finding.FindingCodec;
import org.firstpass.journal.DraftFindings;
import org.firstpass.journal.Effort;
import org.firstpass.journal.JournalEntry;
import org.firstpass.journal.Replay;
import org.firstpass.journal.Runs;
import org.firstpass.journal.StrokeJournal;
import org.firstpass.review.ReviewQueue;
import org.firstpass.review.ReviewTask;
import org.firstpass.security.AuditAction;
import org.firstpass.security.AuditFact;
import org.firstpass.security.AuditTrail;
import org.firstpass.security.Role;
import org.firstpass.volume.LabelMap;

/**
 * {@code /api/tasks/{id}/draft}: how far the reader is who holds a task, for the lead. Other
 * readers see what somebody decided, not what somebody is still deciding.
 */
public final class DraftRoutes {
  private final ReviewQueue queue;
  private final StrokeJournal journal;
  private final CaseArchive archive;
  private final AuditTrail audit;

  public DraftRoutes(
      ReviewQueue queue, StrokeJournal journal, CaseArchive archive, AuditTrail audit) {
    this.queue = queue;
    this.journal = journal;
    this.archive = archive;
    this.audit = audit;
  }

  /**
   * How far it is.
   *
   * @param at when the last step was made
   */
  record DraftView(String reader, Instant at, int steps, ReaderEffort effort, JsonNode findings) {}

  /** The steps of who holds a task, at least one. */
  private record Draft(ProposalMade proposal, String reader, List<JournalEntry> steps) {}

  public void install(RoutesConfig routes) {
    var lead = AccessGate.allow(Role.LEAD, Role.ADMINISTRATOR);
    routes.get("/api/tasks/{id}/draft", this::one, lead);
    routes.get("/api/tasks/{id}/draft/labels", this::labels, lead);
    routes.get("/api/tasks/{id}/draft/label-runs", this::labelRuns, lead);
  }

  private void one(Context context) {
    Draft draft = draft(context);
    List<JournalEntry> steps = draft.steps();
    context.json(
        new DraftView(
            draft.reader(),
            steps.get(steps.size() - 1).at(),
            steps.size(),
            Effort.of(steps),
            FindingCodec.tree(DraftFindings.of(steps))));
  }

  private void labels(Context context) throws IOException {
    var packed = new ByteArrayOutputStream();
    SubmittedLabels.writeGzip(replayed(context), packed);
    ImageRoutes.sendPacked(context, new ByteContent(packed.toByteArray()));
  }

  private void labelRuns(Context context) throws IOException {
    var runs = new ByteContent(Runs.of(replayed(context)).toBytes());
    ImageRoutes.sendValues(context, runs.size(), runs::writeTo);
  }

  private LabelMap replayed(Context context) {
    Draft draft = draft(context);
    int highest = draft.proposal().schema().highestNumber();
    return Replay.of(archive.proposedLabels(draft.proposal()), highest, draft.steps());
  }

  private Draft draft(Context context) {
    UUID task = RequestParts.task(context);
    if (TaskRoutes.row(queue, task).task() instanceof ReviewTask.Claimed claimed) {
      String reader = claimed.lease().holder();
      List<JournalEntry> steps = journal.open(task, reader);
      if (!steps.isEmpty()) {
        audit.record(
            AuditFact.of(
                AccessGate.identity(context).subject(),
                AuditAction.TASK_VIEWED,
                task.toString(),
                Map.of("draft", reader)));
        return new Draft(claimed.subject().proposal(), reader, steps);
      }
    }
    throw new ApiRefusal(404, "NO_DRAFT", "nobody who holds task " + task + " has done anything");
  }
}

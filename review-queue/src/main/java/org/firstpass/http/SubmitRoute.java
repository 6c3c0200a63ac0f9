package org.firstpass.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.UploadedFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.correction.CaseArchive;
import org.firstpass.correction.CorrectionDesk;
import org.firstpass.correction.CorrectionRevision;
import org.firstpass.correction.InconsistentSubmission;
import org.firstpass.correction.Painting;
import org.firstpass.correction.Receipt;
import org.firstpass.correction.SegmentVerdict;
import org.firstpass.correction.Submission;
import org.firstpass.correction.SubmitAnswer;
import org.firstpass.correction.SubmittedFindings;
import org.firstpass.event.ReaderEffort;
import org.firstpass.journal.DraftFindings;
import org.firstpass.journal.Effort;
import org.firstpass.journal.JournalEntry;
import org.firstpass.journal.Replay;
import org.firstpass.journal.StrokeJournal;
import org.firstpass.review.Fence;
import org.firstpass.security.AuditAction;
import org.firstpass.security.AuditFact;
import org.firstpass.security.AuditTrail;
import org.firstpass.segment.Verdict;

/** {@code POST /api/tasks/{id}/submit}: what a reader decided, with what was painted. */
public final class SubmitRoute {
  private static final int MAX_DECISION_BYTES = 1 << 20;

  /** Instead of a verdict: what the labels say of the segment. */
  private static final String AS_PAINTED = "AS_PAINTED";

  private final CorrectionDesk desk;
  private final CaseArchive archive;
  private final StrokeJournal journal;
  private final AuditTrail audit;
  private final Duration longestGrace;

  /**
   * @param longestGrace that a submission may ask for
   */
  public SubmitRoute(
      CorrectionDesk desk,
      CaseArchive archive,
      StrokeJournal journal,
      AuditTrail audit,
      Duration longestGrace) {
    this.longestGrace = longestGrace;
    this.desk = desk;
    this.archive = archive;
    this.journal = journal;
    this.audit = audit;
  }

  public void install(RoutesConfig routes) {
    routes.post("/api/tasks/{id}/submit", this::submit, AccessGate.allowReaders());
    routes.exception(
        InconsistentSubmission.class,
        (e, context) -> ErrorAnswers.answer(context, 422, e.code(), e.getMessage()));
  }

  private void submit(Context context) throws IOException {
    UUID task = RequestParts.task(context);
    String transaction = context.queryParam("transaction");
    Fence fence = RequestParts.fence(context, transaction == null ? "" : transaction);
    JsonNode decision = RequestParts.json(decision(context));
    UploadedFile labels = context.uploadedFile("labels");
    UploadedFile segmentation = context.uploadedFile("segmentation");
    if (labels != null && segmentation != null) {
      throw RequestParts.malformed("either 'labels' or 'segmentation' is sent, not both");
    }
    SubmitAnswer answer;
    if (labels != null) {
      try (InputStream gzip = labels.content()) {
        answer = submit(task, fence, decision, Painting.values(gzip));
      }
    } else if (segmentation != null) {
      try (InputStream part10 = segmentation.content()) {
        Painting painting = Painting.segmentation(part10.readAllBytes(), archive);
        answer = submit(task, fence, decision, painting);
      }
    } else if (decision.has("journal")) {
      answer = drawn(task, fence, decision);
    } else {
      answer = submit(task, fence, decision, Painting.nothing());
    }
    answer(context, task, answer);
  }

  /** What the reader's journal leads to, if it ends with the step that the reader saw last. */
  private SubmitAnswer drawn(UUID task, Fence fence, JsonNode decision) {
    if (decision.has("findings")) {
      throw RequestParts.malformed("either 'journal' or 'findings' is sent, not both");
    }
    int last = decision.path("journal").asInt();
    UUID correction = CorrectionRevision.idOf(task, fence.transaction());
    List<JournalEntry> entries = journal.submitted(task, fence.reader(), correction);
    if (entries.size() != last) {
      throw new InconsistentSubmission(
          "the journal has " + entries.size() + " steps, but " + last + " were submitted");
    }
    Painting painting =
        (proposal, proposed) -> Replay.of(proposed, proposal.schema().highestNumber(), entries);
    SubmittedFindings findings = proposal -> DraftFindings.of(entries);
    return submit(
        task, fence, decision, new Work(painting, findings, Optional.of(Effort.of(entries))));
  }

  /** What was done: the labels, what was found beside them, and what it cost. */
  private record Work(
      Painting painting, SubmittedFindings findings, Optional<ReaderEffort> effort) {}

  private SubmitAnswer submit(UUID task, Fence fence, JsonNode decision, Painting painting) {
    SubmittedFindings findings = DecisionFindings.of(decision, fence.reader());
    return submit(task, fence, decision, new Work(painting, findings, Optional.empty()));
  }

  private SubmitAnswer submit(UUID task, Fence fence, JsonNode decision, Work work) {
    long activeMillis = decision.path("activeMillis").asLong(0);
    var verdicts = new ArrayList<SegmentVerdict>();
    var asPainted = new HashSet<Integer>();
    for (JsonNode segment : segments(decision)) {
      int number = segment.path("number").intValue();
      if (AS_PAINTED.equals(segment.path("verdict").asText(""))) {
        asPainted.add(number);
      } else {
        verdicts.add(new SegmentVerdict(number, verdict(segment.path("verdict").asText(""))));
      }
    }
    return desk.submit(
        task,
        fence,
        new Submission(
            verdicts,
            asPainted,
            work.painting(),
            work.findings(),
            activeMillis,
            grace(decision),
            work.effort()));
  }

  /** As asked for, but no longer than this installation allows. */
  private Duration grace(JsonNode decision) {
    long asked = Math.max(0, decision.path("graceMillis").asLong(0));
    return Duration.ofMillis(Math.min(asked, longestGrace.toMillis()));
  }

  /** The part may come as a form field or as a file. */
  private static String decision(Context context) throws IOException {
    if (!context.isMultipartFormData()) {
      throw RequestParts.malformed("a submission is multipart/form-data");
    }
    UploadedFile file = context.uploadedFile("decision");
    if (file != null) {
      try (InputStream in = file.content()) {
        return new String(in.readNBytes(MAX_DECISION_BYTES), StandardCharsets.UTF_8);
      }
    }
    String field = context.formParam("decision");
    if (field == null) {
      throw RequestParts.malformed("the part 'decision' is missing");
    }
    return field;
  }

  private static JsonNode segments(JsonNode decision) {
    JsonNode segments = decision.path("segments");
    if (!segments.isArray()) {
      throw RequestParts.malformed("'decision' has a list 'segments'");
    }
    for (JsonNode segment : segments) {
      if (!segment.path("number").isInt()) {
        throw RequestParts.malformed("each of 'segments' has a whole 'number'");
      }
    }
    return segments;
  }

  private static Verdict verdict(String name) {
    return Arrays.stream(Verdict.values())
        .filter(verdict -> verdict.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                RequestParts.malformed("'verdict' is one of " + Arrays.toString(Verdict.values())));
  }

  private void answer(Context context, UUID task, SubmitAnswer answer) {
    if (answer instanceof SubmitAnswer.Accepted accepted) {
      Receipt receipt = accepted.receipt();
      record(context, task, Map.of("correction", receipt.correctionId().toString()));
      context.json(ReceiptView.of(accepted));
    } else if (answer instanceof SubmitAnswer.Stale stale) {
      record(context, task, Map.of("side", stale.sideRevision().toString()));
      throw new ApiRefusal(
          409,
          "STALE_LEASE",
          "task "
              + task
              + " is "
              + stale.state()
              + " and no longer held by this transaction;"
              + " what was sent is kept as side revision "
              + stale.sideRevision(),
          Map.of("sideRevision", stale.sideRevision().toString()));
    } else if (answer instanceof SubmitAnswer.AlreadyDecided decided) {
      throw new ApiRefusal(
          409,
          "ALREADY_DECIDED",
          "this transaction was accepted with another decision, as correction "
              + decided.receipt().correctionId());
    } else if (answer instanceof SubmitAnswer.Undone undone) {
      throw new ApiRefusal(
          409,
          "UNDONE",
          "this transaction's decision was undone, as revision " + undone.receipt().revision());
    } else {
      throw TaskRoutes.unknown(task);
    }
  }

  private void record(Context context, UUID task, Map<String, String> details) {
    audit.record(
        AuditFact.of(
            AccessGate.identity(context).subject(),
            AuditAction.TASK_SUBMITTED,
            task.toString(),
            details));
  }
}

package org.firstpass.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.firstpass.correction.CaseImages;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.RequestedBox;
import org.firstpass.failure.ReasonCode;
import org.firstpass.geometry.GridSize;
import org.firstpass.journal.RunsBuilder;
import org.firstpass.rerun.Rerun;
import org.firstpass.rerun.RerunDesk;
import org.firstpass.review.ReviewQueue;
import org.firstpass.security.AuditAction;
import org.firstpass.security.AuditFact;
import org.firstpass.security.AuditTrail;
import org.firstpass.store.ObjectStore;
import org.firstpass.study.Sha256;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.LabelMapCodec;
import org.jspecify.annotations.Nullable;

/** {@code /api/tasks/{id}/reruns}: the package of a proposal looks at a box again. */
public final class RerunRoutes {
  private final ReviewQueue queue;
  private final RerunDesk desk;
  private final CaseImages images;
  private final ObjectStore store;
  private final AuditTrail audit;

  public RerunRoutes(
      ReviewQueue queue, RerunDesk desk, CaseImages images, ObjectStore store, AuditTrail audit) {
    this.queue = queue;
    this.desk = desk;
    this.images = images;
    this.store = store;
    this.audit = audit;
  }

  /**
   * How far a request is.
   *
   * @param code why there are no labels
   * @param message of that
   */
  record View(
      UUID request,
      RerunDesk.State state,
      Instant asked,
      @Nullable String code,
      @Nullable String message) {}

  public void install(RoutesConfig routes) {
    routes.post("/api/tasks/{id}/reruns", this::ask, AccessGate.allowReaders());
    routes.get("/api/tasks/{id}/reruns/{request}", this::state, AccessGate.allowReaders());
    routes.get("/api/tasks/{id}/reruns/{request}/labels", this::labels, AccessGate.allowReaders());
  }

  private void ask(Context context) {
    UUID task = RequestParts.task(context);
    JsonNode body = RequestParts.json(context.body());
    UUID request = uuid(body.path("request").asText(""));
    RequestedBox box = RequestBoxes.box(body.path("box"));
    ProposalMade proposal = TaskRoutes.row(queue, task).task().subject().proposal();
    RequestBoxes.requireWithin(box, images.image(proposal).geometry().size());
    String reader = AccessGate.identity(context).subject();
    switch (desk.ask(task, reader, request, box)) {
      case TAKEN -> {
        audit.record(AuditFact.of(reader, AuditAction.RERUN_REQUESTED, task.toString()));
        context.status(202).json(Map.of("request", request));
      }
      case NO_TASK -> throw TaskRoutes.unknown(task);
      case NOT_HELD -> throw new ApiRefusal(409, "NOT_HELD", "only who holds the task may ask");
      case TOO_LARGE ->
          throw new ApiRefusal(
              422, "BOX_TOO_LARGE", "a box has up to " + RerunDesk.MOST_VOXELS + " voxels");
      case UNDER_WAY ->
          throw new ApiRefusal(
              409, "RERUN_UNDER_WAY", "another box of this task is being looked at");
    }
  }

  private void state(Context context) {
    Rerun rerun = rerun(context);
    ReasonCode reason = rerun.answer().map(Rerun.Answer::reason).orElse(null);
    context.json(
        new View(
            rerun.id(),
            desk.stateOf(rerun),
            rerun.asked(),
            reason == null ? null : reason.code(),
            reason == null ? null : reason.advice()));
  }

  /** Every voxel of the box, those without a label too. */
  private void labels(Context context) {
    Rerun rerun = rerun(context);
    Sha256 stored = rerun.answer().map(Rerun.Answer::labels).orElse(null);
    if (stored == null) {
      throw new ApiRefusal(404, "NO_LABELS", "request " + rerun.id() + " has no labels");
    }
    ProposalMade proposal = TaskRoutes.row(queue, rerun.task()).task().subject().proposal();
    GridSize volume = images.image(proposal).geometry().size();
    context
        .contentType("application/octet-stream")
        .result(runs(LabelMapCodec.decode(store.read(stored)), rerun.box(), volume));
  }

  private static byte[] runs(LabelMap labels, RequestedBox box, GridSize volume) {
    var runs = new RunsBuilder();
    GridSize size = labels.geometry().size();
    for (int slice = 0; slice < size.slices(); slice++) {
      for (int row = 0; row < size.rows(); row++) {
        int first = volume.index(box.firstColumn(), box.firstRow() + row, box.firstSlice() + slice);
        for (int column = 0; column < size.columns(); column++) {
          runs.add(first + column, 1, labels.labelAt(column, row, slice));
        }
      }
    }
    return runs.build().toBytes();
  }

  private Rerun rerun(Context context) {
    UUID request = uuid(context.pathParam("request"));
    return desk.find(RequestParts.task(context), request)
        .orElseThrow(() -> new ApiRefusal(404, "NO_SUCH_RERUN", "nothing was asked as " + request));
  }

  private static UUID uuid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw RequestParts.malformed("'request' is a UUID of the client's");
    }
  }
}

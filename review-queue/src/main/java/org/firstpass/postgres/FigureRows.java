package org.firstpass.postgres;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.correction.CorrectionRevision;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.event.PackageReference;
import org.firstpass.event.ReaderEffort;
import org.firstpass.event.SegmentDecision;
import org.firstpass.event.SurfaceChange;
import org.firstpass.segment.Segment;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Writes what is counted of a correction, in the transaction that keeps it. */
final class FigureRows {
  private FigureRows() {}

  static void insert(Handle handle, CorrectionRevision revision, CorrectionAccepted event) {
    insertCase(handle, revision, event);
    insertSegments(handle, revision, event);
    insertTools(handle, revision.id(), revision.effort());
  }

  /** What was undone counts for nothing. */
  static void delete(Handle handle, UUID correction) {
    handle.execute("delete from review.case_figure where correction = ?", correction);
  }

  private static void insertCase(
      Handle handle, CorrectionRevision revision, CorrectionAccepted event) {
    Optional<ReaderEffort> effort = revision.effort();
    handle
        .createUpdate(
            """
            insert into review.case_figure (correction, task_id, reader, at, version, protocol,
              scanner, site, active_millis, edits, undos, taken_back, drawing_millis, path_mm)
            values (:correction, :task, :reader, :at, :version,
              coalesce((select p.event::json #>> '{notes,route,protocol}'
                        from review.proposal p where p.id = :proposal), :schema),
              :scanner, :site, :active, :edits, :undos, :takenBack, :drawing, :path)
            """)
        .bind("correction", revision.id())
        .bind("task", revision.task())
        .bind("reader", revision.by().reader())
        .bind("at", revision.at())
        .bind("version", version(event.modelPackage()))
        .bind("proposal", revision.baseProposal())
        .bind("schema", event.schema().name())
        .bind("scanner", revision.origin().scanner())
        .bind("site", revision.origin().site())
        .bind("active", revision.activeMillis())
        .bind("edits", effort.map(ReaderEffort::edits).orElse(null))
        .bind("undos", effort.map(ReaderEffort::undos).orElse(null))
        .bind("takenBack", effort.map(ReaderEffort::takenBack).orElse(null))
        .bind("drawing", effort.map(ReaderEffort::drawingMillis).orElse(null))
        .bind("path", effort.map(ReaderEffort::pathMm).orElse(null))
        .execute();
  }

  private static String version(PackageReference model) {
    return model.name() + " " + model.version();
  }

  private static void insertSegments(
      Handle handle, CorrectionRevision revision, CorrectionAccepted event) {
    PreparedBatch batch =
        handle.prepareBatch(
            """
            insert into review.segment_figure (correction, segment, label, verdict, dice,
              added_path_mm, surface_dice, mean_distance_mm, edits, drawing_millis)
            values (:correction, :segment, :label, :verdict, :dice, :path, :surface, :distance,
              :edits, :drawing)
            """);
    for (SegmentDecision decision : event.decisions()) {
      if (isThere(decision, revision)) {
        add(batch, revision, decision, label(event, decision.segmentNumber()));
      }
    }
    if (batch.size() > 0) {
      batch.execute();
    }
  }

  /** Whether the segment was proposed or is in the labels; others say nothing of the model. */
  private static boolean isThere(SegmentDecision decision, CorrectionRevision revision) {
    return decision.voxelsRemoved() > 0
        || revision.outcome().voxels().getOrDefault(decision.segmentNumber(), 0L) > 0;
  }

  private static String label(CorrectionAccepted event, int segment) {
    return event.schema().segment(segment).map(Segment::label).orElse("");
  }

  private static void add(
      PreparedBatch batch, CorrectionRevision revision, SegmentDecision decision, String label) {
    SurfaceChange surface = decision.surface();
    ReaderEffort.OfSegment work = work(revision, decision.segmentNumber());
    batch
        .bind("correction", revision.id())
        .bind("segment", decision.segmentNumber())
        .bind("label", label)
        .bind("verdict", decision.verdict().name())
        .bind("dice", decision.diceToProposal())
        .bind("path", surface == null ? null : surface.addedPathMm())
        .bind("surface", surface == null ? null : surface.surfaceDice())
        .bind("distance", surface == null ? null : surface.meanDistanceMm())
        .bind("edits", work == null ? null : work.edits())
        .bind("drawing", work == null ? null : work.drawingMillis())
        .add();
  }

  /** Nothing was drawn on a segment of a journal that does not speak of it. */
  private static ReaderEffort.@Nullable OfSegment work(CorrectionRevision revision, int segment) {
    return revision
        .effort()
        .map(
            effort ->
                effort.segments().stream()
                    .filter(one -> one.segmentNumber() == segment)
                    .findFirst()
                    .orElse(new ReaderEffort.OfSegment(segment, 0, 0, 0)))
        .orElse(null);
  }

  private static void insertTools(Handle handle, UUID correction, Optional<ReaderEffort> effort) {
    List<ReaderEffort.OfTool> tools = effort.map(ReaderEffort::tools).orElse(List.of());
    if (tools.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        handle.prepareBatch(
            """
            insert into review.tool_figure (correction, tool, edits, drawing_millis)
            values (:correction, :tool, :edits, :drawing)
            """);
    for (ReaderEffort.OfTool tool : tools) {
      batch
          .bind("correction", correction)
          .bind("tool", tool.tool())
          .bind("edits", tool.edits())
          .bind("drawing", tool.drawingMillis())
          .add();
    }
    batch.execute();
  }
}

package org.firstpass.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.firstpass.correction.Revisions;
import org.firstpass.event.ReaderEffort;
import org.firstpass.event.SegmentDecision;
import org.firstpass.review.TaskHistory;
import org.jspecify.annotations.Nullable;

/**
 * What became of a task, on the wire.
 *
 * @param entries the oldest first
 * @param revisions the first one first
 */
record HistoryView(List<EntryView> entries, List<RevisionView> revisions) {

  /**
   * Something that happened to it.
   *
   * @param by null where names are not for the caller, as {@code to} and {@code words}
   */
  record EntryView(
      TaskHistory.Kind kind,
      Instant at,
      @Nullable String by,
      @Nullable String to,
      @Nullable String words) {
    static EntryView from(TaskHistory.Entry entry, Scope scope) {
      if (scope == Scope.WITHOUT_NAMES) {
        return new EntryView(entry.kind(), entry.at(), null, null, null);
      }
      return new EntryView(
          entry.kind(),
          entry.at(),
          entry.by(),
          entry.to().orElse(null),
          entry.words().orElse(null));
    }
  }

  /**
   * A revision.
   *
   * @param author null where names are not for the caller
   * @param voxels of each segment
   * @param activeMillis null where the effort of others is not for the caller, as {@code effort}
   * @param effort null too if nothing was drawn here
   * @param findings beside the labels; only of a revision that is asked for alone, and none where
   *     names are not for the caller
   */
  record RevisionView(
      UUID id,
      int number,
      Revisions.Standing standing,
      @Nullable String author,
      Instant at,
      List<SegmentDecision> decisions,
      Map<Integer, Long> voxels,
      @Nullable Long activeMillis,
      @Nullable ReaderEffort effort,
      @Nullable JsonNode findings) {

    static RevisionView from(
        Revisions.Revision revision, Scope scope, String reader, @Nullable JsonNode findings) {
      boolean counted = scope != Scope.OWN || revision.author().equals(reader);
      return new RevisionView(
          revision.id(),
          revision.number(),
          revision.standing(),
          scope == Scope.WITHOUT_NAMES ? null : revision.author(),
          revision.at(),
          revision.outcome().decisions(),
          revision.outcome().voxels(),
          counted ? revision.activeMillis() : null,
          counted ? revision.effort().orElse(null) : null,
          findings);
    }
  }
}

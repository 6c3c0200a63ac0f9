package org.firstpass.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.event.CaseSelection.Way;
import org.firstpass.event.ImageFinding;
import org.firstpass.event.PackageReference;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.ProposalNotes;
import org.firstpass.event.RouteTaken;
import org.firstpass.event.SegmentScore;
import org.firstpass.failure.ReasonCode;
import org.firstpass.foreign.ForeignItem;
import org.firstpass.review.Flag;
import org.firstpass.review.Handover;
import org.firstpass.review.Lease;
import org.firstpass.review.PriorityScore;
import org.firstpass.review.ReviewQueue.TaskRow;
import org.firstpass.review.ReviewState;
import org.firstpass.review.ReviewTask;
import org.firstpass.segment.CodedConcept;
import org.firstpass.segment.LabelSchema;
import org.firstpass.study.StudyReference;
import org.jspecify.annotations.Nullable;

/**
 * A task on the wire. The transaction is not in it: only who claims gets it.
 *
 * @param series Series Instance UID
 * @param study Study Instance UID
 * @param revision of the series
 * @param modality of the series, if known
 * @param scores of the segments: volume, doubt, and, where the package has them, agreement of its
 *     passes, how likely it is fine, and what is unusual about its shape
 * @param findings for the whole image, as coded tags
 * @param route which routing rule sent the series to the package, if that is known
 * @param uncertaintyMap whether there is a map of the doubt per voxel to ask for
 * @param probabilityMap whether there are probabilities of the segments to ask for
 * @param sliceUncertainty the doubt per slice, only of a task that is asked for alone
 * @param score as of now, with its parts
 * @param lease only of a claimed task
 * @param ended only of one that was decided or discontinued
 * @param handedTo whom another reader handed it to, only as long as it is for that reader
 * @param handoverNote what the other reader wrote with it
 * @param flag that it is marked for discussion, if it is
 * @param way how it came to its reader
 * @param secondReading whether somebody else has read the same proposal; nothing of what was found
 * @param foreign what other programs stored for it and a reader has yet to decide on; only of a
 *     task that is asked for alone
 */
record TaskView(
    UUID id,
    ReviewState state,
    String series,
    String study,
    int revision,
    @Nullable String modality,
    @JsonProperty("package") PackageReference modelPackage,
    LabelSchema schema,
    List<SegmentScore> scores,
    List<Finding> findings,
    @Nullable Route route,
    boolean uncertaintyMap,
    boolean probabilityMap,
    @Nullable List<Double> sliceUncertainty,
    Score score,
    Proposal proposal,
    Instant arrived,
    @Nullable Held lease,
    @Nullable Ended ended,
    @Nullable String handedTo,
    @Nullable String handedBy,
    @Nullable String handoverNote,
    @Nullable Flag flag,
    @Nullable Way way,
    boolean secondReading,
    @Nullable List<Foreign> foreign) {

  record Score(String strategy, double total, List<Part> parts) {}

  record Part(String name, double weight, double value, double points, String sentence) {}

  record Proposal(UUID id, Instant time, long inferenceMillis, @Nullable String device) {}

  /** A code with its scheme and meaning, how sure the model is, and whether that is enough. */
  record Finding(String code, String scheme, String meaning, double score, boolean present) {
    static Finding from(ImageFinding finding) {
      CodedConcept code = finding.code();
      return new Finding(
          code.value(), code.scheme(), code.meaning(), finding.score(), finding.present());
    }
  }

  /** The story behind it is at {@code /api/series/{uid}/route}. */
  record Route(@Nullable String rule, @Nullable String protocol, int priority) {}

  record Held(String holder, Instant until) {}

  /**
   * How it ended.
   *
   * @param correctionId of a decision
   * @param reason of a discontinuation: a code of CID 9300
   * @param meaning of that code
   * @param explanation why a decision was returned
   */
  record Ended(
      String by,
      Instant at,
      @Nullable UUID correctionId,
      @Nullable String reason,
      @Nullable String meaning,
      @Nullable String explanation) {}

  /** An object that another program stored; more of it is at {@code /api/foreign/{id}}. */
  record Foreign(UUID id, @Nullable String sender, Instant arrived, @Nullable ReasonCode reason) {
    static Foreign of(ForeignItem item) {
      return new Foreign(
          item.id(), item.object().sender(), item.object().arrived(), item.filed().reason());
    }
  }

  /** The task with everything that is known of it. */
  static TaskView from(TaskRow row, List<ForeignItem> foreign) {
    return from(
        row,
        row.task().subject().proposal().notes().sliceUncertainty(),
        foreign.stream().map(Foreign::of).toList());
  }

  /** The task as one of many: without what has a value for each slice. */
  static TaskView listed(TaskRow row) {
    return from(row, null, null);
  }

  private static TaskView from(
      TaskRow row, @Nullable List<Double> sliceUncertainty, @Nullable List<Foreign> foreign) {
    ReviewTask task = row.task();
    ProposalMade proposal = task.subject().proposal();
    ProposalNotes notes = proposal.notes();
    StudyReference reference = proposal.input().reference();
    Optional<Handover> handover = row.marks().handover();
    return new TaskView(
        task.id(),
        task.state(),
        reference.series().value(),
        reference.study().value(),
        proposal.input().revision(),
        row.modality().orElse(null),
        proposal.modelPackage(),
        proposal.schema(),
        proposal.scores(),
        notes.findings().stream().map(Finding::from).toList(),
        route(notes.route()),
        notes.uncertaintyMap() != null,
        notes.probabilityMap() != null,
        sliceUncertainty,
        score(row.score()),
        new Proposal(proposal.id(), proposal.time(), proposal.inferenceMillis(), notes.device()),
        task.subject().arrived(),
        task instanceof ReviewTask.Claimed claimed ? held(claimed.lease()) : null,
        ended(task),
        handover.map(Handover::to).orElse(null),
        handover.map(Handover::by).orElse(null),
        handover.map(Handover::note).orElse(null),
        row.marks().flag().orElse(null),
        row.marks().way().orElse(null),
        row.marks().secondReading(),
        foreign);
  }

  private static @Nullable Route route(@Nullable RouteTaken route) {
    return route == null ? null : new Route(route.rule(), route.protocol(), route.priority());
  }

  private static Score score(PriorityScore score) {
    return new Score(
        score.strategy(),
        score.total(),
        score.parts().stream()
            .map(
                part ->
                    new Part(
                        part.name(), part.weight(), part.value(), part.points(), part.sentence()))
            .toList());
  }

  private static Held held(Lease lease) {
    return new Held(lease.holder(), lease.until());
  }

  private static @Nullable Ended ended(ReviewTask task) {
    if (task instanceof ReviewTask.Submitted submitted) {
      return decided(submitted.decision(), null);
    }
    if (task instanceof ReviewTask.Accepted accepted) {
      return decided(accepted.decision(), null);
    }
    if (task instanceof ReviewTask.Returned returned) {
      return decided(returned.decision(), returned.explanation());
    }
    return task instanceof ReviewTask.Discontinued discontinued
        ? discontinued(discontinued.why())
        : null;
  }

  private static Ended decided(ReviewTask.Decision made, @Nullable String explanation) {
    return new Ended(made.reader(), made.at(), made.correction(), null, null, explanation);
  }

  private static Ended discontinued(ReviewTask.Discontinuation why) {
    return new Ended(why.by(), why.at(), null, why.reason().code(), why.reason().meaning(), null);
  }
}

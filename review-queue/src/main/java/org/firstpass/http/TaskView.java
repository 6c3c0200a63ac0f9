package org.firstpass.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.firstpass.event.PackageReference;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.SegmentScore;
import org.firstpass.review.DiscontinuationReason;
import org.firstpass.review.Lease;
import org.firstpass.review.PriorityScore;
import org.firstpass.review.ReviewQueue.TaskRow;
import org.firstpass.review.ReviewState;
import org.firstpass.review.ReviewTask;
import org.firstpass.segment.LabelSchema;
import org.jspecify.annotations.Nullable;

/**
 * A task on the wire. The transaction is not in it: only who claims gets it.
 *
 * @param score as of now, with its parts
 * @param lease only of a claimed task
 * @param decision only of one that was submitted
 * @param discontinuation only of one that was discontinued
 */
record TaskView(
    UUID id,
    ReviewState state,
    Series series,
    @JsonProperty("package") PackageReference modelPackage,
    LabelSchema schema,
    List<SegmentScore> scores,
    Score score,
    Proposal proposal,
    Instant arrived,
    @Nullable Held lease,
    @Nullable Decision decision,
    @Nullable Discontinuation discontinuation) {

  record Series(String study, String series, int revision) {}

  record Score(String strategy, double total, List<Part> parts) {}

  record Part(String name, double weight, double value, double points, String sentence) {}

  record Proposal(UUID id, Instant time, long inferenceMillis) {}

  record Held(String holder, Instant until) {}

  record Decision(
      UUID correctionId, String reader, Instant at, @Nullable String explanation) {}

  record Discontinuation(String code, String meaning, String by, Instant at) {}

  static TaskView from(TaskRow row) {
    return from(row.task(), row.score());
  }

  static TaskView from(ReviewTask task, PriorityScore score) {
    ProposalMade proposal = task.subject().proposal();
    var reference = proposal.input().reference();
    return new TaskView(
        task.id(),
        task.state(),
        new Series(
            reference.study().value(), reference.series().value(), proposal.input().revision()),
        proposal.modelPackage(),
        proposal.schema(),
        proposal.scores(),
        score(score),
        new Proposal(proposal.id(), proposal.time(), proposal.inferenceMillis()),
        task.subject().arrived(),
        task instanceof ReviewTask.Claimed claimed ? held(claimed.lease()) : null,
        decision(task),
        task instanceof ReviewTask.Discontinued ended ? discontinuation(ended.why()) : null);
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

  private static @Nullable Decision decision(ReviewTask task) {
    if (task instanceof ReviewTask.Submitted submitted) {
      return decision(submitted.decision(), null);
    }
    if (task instanceof ReviewTask.Accepted accepted) {
      return decision(accepted.decision(), null);
    }
    return task instanceof ReviewTask.Returned returned
        ? decision(returned.decision(), returned.explanation())
        : null;
  }

  private static Decision decision(ReviewTask.Decision made, @Nullable String explanation) {
    return new Decision(made.correction(), made.reader(), made.at(), explanation);
  }

  private static Discontinuation discontinuation(ReviewTask.Discontinuation why) {
    DiscontinuationReason reason = why.reason();
    return new Discontinuation(reason.code(), reason.meaning(), why.by(), why.at());
  }
}

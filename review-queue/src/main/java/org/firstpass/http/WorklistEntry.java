package org.firstpass.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.event.CaseSelection.Way;
import org.firstpass.event.ProposalMade;
import org.firstpass.review.EffortHistory;
import org.firstpass.review.ExpectedEffort;
import org.firstpass.review.Flag;
import org.firstpass.review.ReviewState;
import org.firstpass.review.ReviewWorklist.Entry;
import org.jspecify.annotations.Nullable;

/**
 * A task as a line of the worklist.
 *
 * @param series Series Instance UID
 * @param study Study Instance UID
 * @param route which routing rule sent it to the package, if that is known
 * @param segments how many there are
 * @param findings that the model says are present
 * @param score why it is read when it is
 * @param due by when it is wanted, if somebody said so
 * @param effort how long it will probably take, if enough was read before
 * @param lease who has it until when
 * @param ended who decided or discontinued it
 * @param handedTo for whom a colleague meant it, with by whom and the note
 * @param flag that it is marked for discussion
 * @param way how it came to its reader, or would come to who asks
 * @param secondReading whether somebody else has read the same proposal
 */
record WorklistEntry(
    UUID id,
    ReviewState state,
    String series,
    String study,
    @Nullable String modality,
    @JsonProperty("package") Package modelPackage,
    TaskView.@Nullable Route route,
    int segments,
    List<TaskView.Finding> findings,
    TaskView.Score score,
    Instant arrived,
    @Nullable Instant due,
    @Nullable Effort effort,
    TaskView.@Nullable Held lease,
    TaskView.@Nullable Ended ended,
    @Nullable String handedTo,
    @Nullable String handedBy,
    @Nullable String handoverNote,
    @Nullable Flag flag,
    @Nullable Way way,
    boolean secondReading) {

  record Package(String name, String version) {}

  /**
   * @param minutes rounded up to whole ones
   * @param basis of which readings
   * @param readings how many
   */
  record Effort(long minutes, ExpectedEffort.Basis basis, int readings) {
    static Effort from(ExpectedEffort effort) {
      return new Effort(
          Math.max(1, (long) Math.ceil(effort.minutes())), effort.basis(), effort.readings());
    }
  }

  static WorklistEntry from(Entry entry, EffortHistory history) {
    TaskView task = TaskView.listed(entry.row());
    ProposalMade proposal = entry.row().task().subject().proposal();
    String protocol = task.route() == null ? null : task.route().protocol();
    return new WorklistEntry(
        task.id(),
        task.state(),
        task.series(),
        task.study(),
        task.modality(),
        new Package(proposal.modelPackage().name(), proposal.modelPackage().version()),
        task.route(),
        proposal.schema().segments().size(),
        task.findings().stream().filter(TaskView.Finding::present).toList(),
        task.score(),
        task.arrived(),
        entry.due().orElse(null),
        history
            .expected(proposal.modelPackage().name(), Optional.ofNullable(protocol))
            .map(Effort::from)
            .orElse(null),
        task.lease(),
        task.ended(),
        task.handedTo(),
        task.handedBy(),
        task.handoverNote(),
        task.flag(),
        task.way(),
        task.secondReading());
  }
}

package org.firstpass.postgres;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.database.PostgresOutbox;
import org.firstpass.event.ImageFinding;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.ReviewTaskChanged;
import org.firstpass.event.RouteTaken;
import org.firstpass.review.ReviewCase;
import org.firstpass.review.ReviewTask;
import org.firstpass.stream.Topics;
import org.firstpass.study.NameBasedUuid;
import org.jdbi.v3.core.Handle;

/** Reads a task under lock and writes the state that follows, with the event that says so. */
final class TaskWriting {
  static final String SCHEMA = "review";

  private static final String[] STATE_COLUMNS = {
    "holder",
    "transaction_uid",
    "claimed_at",
    "lease_until",
    "correction_id",
    "decided_by",
    "decided_at",
    "explanation",
    "discontinuation"
  };

  private TaskWriting() {}

  /** The task as it is now; nobody else changes it until the transaction ends. */
  static Optional<ReviewTask> locked(Handle handle, UUID task) {
    return handle
        .createQuery(
            "select"
                + TaskRowMapping.COLUMNS
                + "from review.task t join review.proposal p on p.id = t.proposal_id"
                + " where t.id = :id for update of t")
        .bind("id", task)
        .map((row, context) -> TaskRowMapping.read(row))
        .findOne();
  }

  /**
   * Adds a task that waits; 0 if it is there already.
   *
   * @param asked the points that somebody asked for, which are in the order
   */
  static int insert(Handle handle, ReviewCase subject, double orderKey, double asked) {
    ProposalMade proposal = subject.proposal();
    RouteTaken route = proposal.notes().route();
    boolean clinical = asked > 0 || route != null && route.priority() > 0;
    int inserted =
        handle
            .createUpdate(
                """
            insert into review.task (id, proposal_id, study_uid, series_uid, revision, patient_key,
              package_name, protocol, tags, modality, arrived, order_key, state, changed_at)
            values (:id, :proposal, :study, :series, :revision, :patient, :package, :protocol,
              :tags, (select modality from review.series_outcome where series_uid = :series
                and kind = 'ARRIVED' order by revision desc limit 1),
              :arrived, :order, 'WAITING', :arrived)
            on conflict (id) do nothing
            """)
            .bind("id", subject.id())
            .bind("proposal", proposal.id())
            .bind("study", proposal.input().reference().study().value())
            .bind("series", proposal.series().value())
            .bind("revision", proposal.input().revision())
            .bind("patient", proposal.input().patient().value())
            .bind("package", proposal.modelPackage().name())
            .bind("protocol", route == null ? null : route.protocol())
            .bindArray("tags", String.class, present(proposal))
            .bind("arrived", subject.arrived())
            .bind("order", clinical ? orderKey + Picks.CLINICAL : orderKey)
            .execute();
    if (inserted > 0) {
      InterestMeasuring.keep(handle, subject.id(), proposal);
    }
    return inserted;
  }

  private static List<String> present(ProposalMade proposal) {
    return proposal.notes().findings().stream()
        .filter(ImageFinding::present)
        .map(finding -> finding.code().meaning())
        .toList();
  }

  /** Writes the next state of a task that is locked. */
  static void write(Handle handle, ReviewTask from, ReviewTask to, Instant at) {
    from.state().to(to.state());
    Map<String, Object> state = columns(to);
    var update =
        handle
            .createUpdate(
                """
                update review.task set state = :state, holder = :holder,
                  transaction_uid = case when :state in ('SUBMITTED', 'ACCEPTED', 'DISCONTINUED')
                    then transaction_uid else :transaction_uid end, claimed_at = :claimed_at,
                  lease_until = :lease_until, correction_id = :correction_id,
                  decided_by = :decided_by, decided_at = :decided_at,
                  explanation = :explanation, discontinuation = :discontinuation,
                  handed_to = case when :state <> 'CLAIMED' or handed_to = :holder
                    then handed_to end,
                  changed_at = :at
                where id = :id
                """)
            .bind("id", to.id())
            .bind("state", to.state().name())
            .bind("at", at);
    for (String column : STATE_COLUMNS) {
      update.bind(column, state.get(column));
    }
    update.execute();
  }

  /** Says that the task took a new state, in the same transaction. */
  static void announce(Handle handle, ReviewTask task, String by, Instant at) {
    tell(handle, task, by, at);
    WorkitemNotices.state(handle, task);
  }

  /** As {@link #announce}, where subscribers of the worklist have nothing to hear. */
  static void tell(Handle handle, ReviewTask task, String by, Instant at) {
    UUID id =
        NameBasedUuid.of(
            "review-task-changed", task.id().toString(), task.state().name(), by, at.toString());
    PostgresOutbox.add(
        handle,
        SCHEMA,
        Topics.REVIEWS.name(),
        new ReviewTaskChanged(
            id, at, task.subject().proposal().input(), task.id(), task.state().name(), by));
  }

  private static Map<String, Object> columns(ReviewTask task) {
    var columns = new HashMap<String, Object>();
    if (task instanceof ReviewTask.Claimed claimed) {
      columns.put("holder", claimed.lease().holder());
      columns.put("transaction_uid", claimed.lease().transaction().value());
      columns.put("claimed_at", claimed.lease().claimed());
      columns.put("lease_until", claimed.lease().until());
    } else if (task instanceof ReviewTask.Submitted submitted) {
      decision(submitted.decision(), columns);
    } else if (task instanceof ReviewTask.Accepted accepted) {
      decision(accepted.decision(), columns);
    } else if (task instanceof ReviewTask.Returned returned) {
      decision(returned.decision(), columns);
      columns.put("explanation", returned.explanation());
    } else if (task instanceof ReviewTask.Discontinued discontinued) {
      columns.put("discontinuation", discontinued.why().reason().code());
      columns.put("decided_by", discontinued.why().by());
      columns.put("decided_at", discontinued.why().at());
    }
    return columns;
  }

  private static void decision(ReviewTask.Decision decision, Map<String, Object> columns) {
    columns.put("correction_id", decision.correction());
    columns.put("decided_by", decision.reader());
    columns.put("decided_at", decision.at());
  }
}

package org.firstpass.ups;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.firstpass.dicom.dataset.DataSet;
import org.firstpass.event.ProposalMade;
import org.firstpass.review.DiscontinuationReason;
import org.firstpass.review.Fence;
import org.firstpass.review.ReviewCase;
import org.firstpass.review.TaskAnswer;
import org.firstpass.study.SeriesInstanceUid;

/**
 * Where workitems are kept: the tasks of the queue and what the worklist adds to them. Each method
 * is one transaction, and whoever subscribed is told of what changed exactly if it stands.
 */
public interface WorkitemLedger {

  Optional<Workitem> find(String uid);

  Optional<Workitem> find(UUID task);

  /** Held ones first, then in the order in which they are claimed, then those that ended. */
  List<Workitem> list(Scope scope, int limit, int offset);

  /** The newest proposal of the newest revision of a series. */
  Optional<ProposalMade> newestProposal(SeriesInstanceUid series);

  /** Adds one more task; false if there is a workitem of this UID. */
  boolean create(NewWorkitem workitem);

  /**
   * Replaces attributes by those of the changes. With a fence the lease is renewed; without one the
   * task must not be held.
   */
  TaskAnswer update(UUID task, Optional<Fence> fence, DataSet changes);

  /** Ends a task that nobody holds, or tells whoever subscribed that somebody wishes its end. */
  CancelOutcome requestCancel(UUID task, CancelRequest request);

  /**
   * Which workitems.
   *
   * @param states one of these
   * @param uids one of these; empty for any
   * @param studies one of these; empty for any
   * @param now what counts as an expired lease, and as gone
   */
  record Scope(Set<UpsState> states, List<String> uids, List<String> studies, Instant now) {
    public Scope {
      states = Set.copyOf(states);
      uids = List.copyOf(uids);
      studies = List.copyOf(studies);
    }
  }

  /**
   * A reading that somebody asked for.
   *
   * @param uid what the creator calls it, if not what is derived from the task
   * @param orderKey of the queue, what was asked for included
   * @param askedPoints how much of it
   */
  record NewWorkitem(
      ReviewCase subject,
      Optional<String> uid,
      double orderKey,
      double askedPoints,
      DataSet attributes,
      String by) {}

  /**
   * A wish to end a workitem.
   *
   * @param by the subject who wishes it
   * @param report what subscribers are told, as the attributes of a UPS Cancel Requested event
   */
  record CancelRequest(String by, DiscontinuationReason reason, DataSet report) {}

  /** What became of a wish to end a workitem. */
  enum CancelOutcome {
    CANCELED,
    TOLD,
    NOBODY_TO_TELL,
    ALREADY_CANCELED,
    ALREADY_COMPLETED,
    UNKNOWN
  }
}

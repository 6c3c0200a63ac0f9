package org.firstpass.correction;

import java.util.List;
import java.util.UUID;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.review.Fence;
import org.firstpass.review.TaskAnswer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets readers undo what they submitted, and makes it final once they no longer may. Thread-safe.
 */
public final class GraceDesk {
  private static final Logger LOG = LoggerFactory.getLogger(GraceDesk.class);
  private static final int AT_ONCE = 100;

  private final GracePeriods periods;
  private final CorrectionMetrics metrics;

  public GraceDesk(GracePeriods periods, CorrectionMetrics metrics) {
    this.periods = periods;
    this.metrics = metrics;
  }

  /** See {@link GracePeriods#undo}. */
  public TaskAnswer undo(UUID task, Fence fence) {
    TaskAnswer answer = periods.undo(task, fence);
    if (answer.kind() == TaskAnswer.Kind.DONE) {
      LOG.info("submission of task {} undone by {}", task, fence.reader());
      metrics.undone();
    }
    return answer;
  }

  /** Accepts every decision whose grace is over. */
  public void acceptDue() {
    List<CorrectionAccepted> accepted = periods.acceptDue(AT_ONCE);
    while (!accepted.isEmpty()) {
      for (CorrectionAccepted correction : accepted) {
        LOG.info(
            "correction {} of task {} (series {}) is final",
            correction.id(),
            correction.taskId(),
            correction.series());
        metrics.accepted(correction.activeMillis());
      }
      accepted = periods.acceptDue(AT_ONCE);
    }
  }
}

package org.firstpass.postgres;

import java.util.UUID;
import org.firstpass.review.ReviewTask;
import org.firstpass.ups.Subscriber;
import org.firstpass.ups.UpsState;
import org.firstpass.ups.WorkitemNotice;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Word to all processes of what subscribers are to be told on event channels, and reports for those
 * that are told by DIMSE; both are there exactly if the transaction stands.
 *
 * <p>Where nobody has subscribed, nothing is said: such word makes transactions wait for each other
 * when they commit.
 */
final class WorkitemNotices {
  static final String CHANNEL = "firstpass_workitems";

  private WorkitemNotices() {}

  /** That a task took a new state. */
  static void state(Handle handle, ReviewTask task) {
    switch (task.state()) {
      case WAITING, RETURNED -> state(handle, task.id(), UpsState.SCHEDULED, null);
      case CLAIMED -> state(handle, task.id(), UpsState.IN_PROGRESS, null);
      case ACCEPTED -> state(handle, task.id(), UpsState.COMPLETED, null);
      case DISCONTINUED -> {
        String reason = ((ReviewTask.Discontinued) task).why().reason().code();
        state(handle, task.id(), UpsState.CANCELED, reason);
      }
      case SUBMITTED -> {
        // Still IN PROGRESS.
      }
    }
  }

  static void state(Handle handle, UUID task, UpsState state, @Nullable String reason) {
    tell(handle, task, WorkitemNotice.state(task, state, reason));
  }

  /** Tells whoever subscribed to a task. */
  static void tell(Handle handle, UUID task, WorkitemNotice notice) {
    handle
        .createQuery(
            """
            with subscriber as (
              select ae_title, owner from review.workitem_subscription where task_id = :task
            ), report as (
              insert into review.event_report (ae_title, notice)
              select ae_title, :notice from subscriber where owner like :entity
            )
            select pg_notify(:channel, :notice) where exists (select 1 from subscriber)
            """)
        .bind("channel", CHANNEL)
        .bind("notice", notice.toJson())
        .bind("task", task)
        .bind("entity", Subscriber.ENTITY + "%")
        .mapTo(String.class)
        .findOne();
  }

  /** Tells a new subscriber what there is: of a task, or of all that it is subscribed to. */
  static void initial(Handle handle, Subscriber to, @Nullable UUID task) {
    String notice = WorkitemNotice.initial(to, task).toJson();
    if (to.isEntity()) {
      handle.execute(
          "insert into review.event_report (ae_title, notice) values (?, ?)", to.aeTitle(), notice);
      return;
    }
    handle
        .createQuery("select pg_notify(:channel, :notice)")
        .bind("channel", CHANNEL)
        .bind("notice", notice)
        .mapTo(String.class)
        .findOne();
  }
}

package org.firstpass.ups;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns notices into event reports for the channels that are open in this process.
 *
 * <p>A report that nobody is there to take is not kept: DICOM asks for none of that, and who comes
 * back asks for the workitem. Thread-safe; notices come from one thread, in their order.
 *
 * @see "PS3.4 CC.2.4.3"
 */
public final class WorkitemEvents implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkitemEvents.class);
  private static final int PAGE = 200;
  private static final int MOST_WAITING = 100;
  private static final int MOST_GREETED = 10_000;

  private final WorkitemLedger workitems;
  private final SubscriptionLedger subscriptions;
  private final Clock clock;
  private final EventChannels channels = new EventChannels();
  private final Set<Subscriber> greeted = ConcurrentHashMap.newKeySet();

  // What a new subscriber is told of may be long, and must not keep the others from their reports.
  private final ThreadPoolExecutor initial =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_WAITING),
          work -> {
            var thread = new Thread(work, "ups-initial-reports");
            thread.setDaemon(true);
            return thread;
          });

  public WorkitemEvents(WorkitemLedger workitems, SubscriptionLedger subscriptions, Clock clock) {
    this.workitems = workitems;
    this.subscriptions = subscriptions;
    this.clock = clock;
  }

  /**
   * Opens a channel; one whose subscriptions are older than this process is told that it restarted.
   *
   * @return nothing if too many are open
   */
  public Optional<EventChannels.Channel> open(Subscriber subscriber, EventChannels.Sink sink) {
    boolean restarted = began(subscriber) && subscriptions.isSubscribed(subscriber);
    Optional<EventChannels.Channel> channel = channels.open(subscriber, sink);
    if (restarted) {
      channel.ifPresent(open -> open.send(EventReport.server(EventReport.ServerStatus.RESTARTED)));
    }
    return channel;
  }

  /**
   * Remembers that a subscriber was here since this process began: it need not be told of that.
   *
   * @return whether it is the first time
   */
  public boolean began(Subscriber subscriber) {
    if (greeted.size() >= MOST_GREETED) {
      greeted.clear();
    }
    return greeted.add(subscriber);
  }

  /** Takes a notice as it was written by whichever process. */
  public void accept(String json) {
    if (channels.isEmpty()) {
      return;
    }
    WorkitemNotice notice = WorkitemNotice.parse(json);
    if (notice.kind() == WorkitemNotice.Kind.INITIAL) {
      initial(notice);
      return;
    }
    UUID task = notice.task();
    if (task != null) {
      workitems.find(task).ifPresent(workitem -> report(notice, workitem));
    }
  }

  private void report(WorkitemNotice notice, Workitem workitem) {
    EventReport report = EventReport.of(notice, workitem, clock.instant());
    for (Subscriber subscriber : subscriptions.subscribers(workitem.id())) {
      channels.of(subscriber).forEach(channel -> channel.send(report));
    }
  }

  private void initial(WorkitemNotice notice) {
    Subscriber to = notice.to();
    if (to == null || channels.of(to).isEmpty()) {
      return;
    }
    try {
      initial.execute(() -> sendInitial(to, Optional.ofNullable(notice.task())));
    } catch (RejectedExecutionException e) {
      LOG.warn("initial reports for AE {} are left out: too many wait for theirs", to.aeTitle());
    }
  }

  private void sendInitial(Subscriber to, Optional<UUID> task) {
    try {
      if (task.isPresent()) {
        workitems.find(task.get()).ifPresent(workitem -> sendState(to, workitem));
        return;
      }
      Optional<UUID> after = Optional.empty();
      List<Workitem> page = subscriptions.subscribed(to, after, PAGE);
      while (!page.isEmpty() && page.stream().allMatch(workitem -> sendState(to, workitem))) {
        after = Optional.of(page.get(page.size() - 1).id());
        page = subscriptions.subscribed(to, after, PAGE);
      }
    } catch (RuntimeException e) {
      LOG.warn("initial reports for AE {} broke off", to.aeTitle(), e);
    }
  }

  private boolean sendState(Subscriber to, Workitem workitem) {
    EventReport report = EventReport.state(workitem.uid(), workitem.state(clock.instant()));
    boolean taken = false;
    for (EventChannels.Channel channel : channels.of(to)) {
      taken |= channel.sendPatiently(report);
    }
    return taken;
  }

  @Override
  public void close() {
    channels.sendToAll(EventReport.server(EventReport.ServerStatus.GOING_DOWN));
    initial.shutdownNow();
  }
}

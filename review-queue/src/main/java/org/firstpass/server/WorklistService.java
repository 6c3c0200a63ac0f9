package org.firstpass.server;

import io.javalin.config.RoutesConfig;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Supplier;
import org.firstpass.database.Database;
import org.firstpass.database.NoticeListener;
import org.firstpass.dicom.ProcedureStepScp;
import org.firstpass.http.ups.SubscriberRoutes;
import org.firstpass.http.ups.WorkitemRoutes;
import org.firstpass.operations.Chores;
import org.firstpass.postgres.ReportRows;
import org.firstpass.postgres.SubscriptionRows;
import org.firstpass.postgres.WorkitemRows;
import org.firstpass.review.ReviewQueue;
import org.firstpass.review.SelectionStrategy;
import org.firstpass.security.AuditTrail;
import org.firstpass.ups.Completion;
import org.firstpass.ups.ReportDelivery;
import org.firstpass.ups.StateChange;
import org.firstpass.ups.Subscriptions;
import org.firstpass.ups.WorkitemCreation;
import org.firstpass.ups.WorkitemEvents;
import org.firstpass.ups.Worklist;

/** The queue as a DICOM worklist, put together. */
final class WorklistService implements AutoCloseable {
  private static final Duration LOOK_FOR_EXPIRED = Duration.ofMillis(500);

  private final WorkitemRows workitems;
  private final WorkitemEvents events;
  private final NoticeListener notices;
  private final ReportDelivery reports;
  private final WorkitemRoutes workitemRoutes;
  private final SubscriberRoutes subscriberRoutes;
  private final Optional<ProcedureStepScp> scp;
  private final Chores chores = new Chores("worklist-chores");

  /**
   * What the worklist shares with the JSON API: one queue, and one desk behind what completes.
   *
   * @param lease for which an update renews
   */
  record Shared(
      ReviewQueue queue,
      Completion completion,
      SelectionStrategy strategy,
      Duration lease,
      AuditTrail audit,
      Clock clock) {}

  /**
   * @param dicom where it listens for DIMSE, if it does
   * @param service the URL under which DICOMweb is reached
   */
  WorklistService(
      Database database,
      StoredHeaders headers,
      Shared shared,
      ReviewConfig.Dicom dicom,
      Supplier<String> service) {
    Clock clock = shared.clock();
    this.workitems = new WorkitemRows(database, shared.strategy(), shared.lease(), clock);
    var subscribers = new SubscriptionRows(database, shared.strategy(), clock);
    this.events = new WorkitemEvents(workitems, subscribers, clock);
    this.notices = new NoticeListener(database, WorkitemRows.NOTICES, events::accept);
    var worklist = new Worklist(workitems, headers, clock);
    var creation = new WorkitemCreation(workitems, shared.strategy(), UUID::randomUUID, clock);
    var states = new StateChange(worklist, shared.queue(), shared.completion());
    this.workitemRoutes = new WorkitemRoutes(worklist, creation, states, shared.audit());
    var subscriptions = new Subscriptions(worklist, subscribers, events);
    this.subscriberRoutes = new SubscriberRoutes(subscriptions, events, shared.audit());
    this.reports =
        new ReportDelivery(
            new ReportRows(database), workitems, subscribers, dicom.receivers(), clock);
    var steps =
        new DimseWorklist(
            worklist,
            creation,
            states,
            new DimseSubscriptions(subscriptions, reports::reaches, shared.audit()),
            shared.audit(),
            service);
    this.scp = dicom.worklist().map(where -> new ProcedureStepScp(where, steps));
  }

  /** Counts the event reports that wait. */
  void bind(MeterRegistry meters) {
    reports.bind(meters);
  }

  void install(RoutesConfig routes) {
    workitemRoutes.install(routes);
    subscriberRoutes.install(routes);
  }

  void start() {
    notices.start();
    chores.later(
        LOOK_FOR_EXPIRED,
        "nobody is told of expired leases for a moment",
        workitems::tellOfExpiredLeases);
    reports.start();
    scp.ifPresent(ProcedureStepScp::start);
  }

  /** The port of its SCP, if it has one. */
  OptionalInt dicomPort() {
    return scp.map(ProcedureStepScp::port).map(OptionalInt::of).orElseGet(OptionalInt::empty);
  }

  boolean healthy() {
    return notices.healthy();
  }

  @Override
  public void close() {
    scp.ifPresent(ProcedureStepScp::close);
    reports.close();
    events.close();
    chores.close();
    notices.close();
  }
}

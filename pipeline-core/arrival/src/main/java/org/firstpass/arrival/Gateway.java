package org.firstpass.arrival;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.firstpass.database.Database;
import org.firstpass.database.PostgresOutbox;
import org.firstpass.dicom.CommitmentInbox;
import org.firstpass.dicom.CommitmentReport;
import org.firstpass.dicom.InstanceReceiver;
import org.firstpass.dicom.ScpServices;
import org.firstpass.dicom.StorageScp;
import org.firstpass.failure.ReasonCode;
import org.firstpass.operations.Chores;
import org.firstpass.store.ObjectStore;
import org.firstpass.stream.OutboxRelay;
import org.firstpass.stream.StreamConfig;
import org.firstpass.study.ProjectName;
import org.firstpass.study.SopInstanceUid;

/**
 * The way in from the PACS.
 *
 * <p>Everything that it must remember is in the database and the store, so it may be killed at any
 * moment. Safe for use by many threads.
 */
public final class Gateway implements AutoCloseable {
  private static final Duration SHORTEST_TICK = Duration.ofMillis(50);
  private static final Duration LONGEST_TICK = Duration.ofMillis(500);
  private static final int TICKS_PER_QUIET = 10;
  private static final Duration MEASURE = Duration.ofSeconds(5);
  private static final Duration FORGET = Duration.ofDays(1);
  private static final int FAILURES_TO_BE_UNHEALTHY = 5;

  private final PostgresOutbox outbox;
  private final IndexWriter index;
  private final StoringReceiver receiver;
  private final SeriesCompletion completion;
  private final SeriesOutcomes outcomes;
  private final SeriesLedger ledger;
  private final CommitmentDesk commitments;
  private final CommitmentInbox answers = new CommitmentInbox();
  private final ArrivalMetrics metrics;
  private final OutboxRelay relay;
  private final StorageScp scp;
  private final Duration quiet;
  private final Clock clock;
  private final Chores chores = new Chores("arrival-completion");
  private volatile int failuresInARow;

  /** Makes the gateway's tables if they are not there; nothing listens yet. */
  public Gateway(
      GatewayConfig config,
      ObjectStore store,
      Database database,
      StreamConfig stream,
      MeterRegistry meters,
      Clock clock) {
    this.quiet = config.series().quiet();
    this.clock = clock;
    this.metrics = new ArrivalMetrics(meters);
    this.outbox = ArrivalSchema.prepare(database);
    this.ledger = new SeriesLedger(database);
    this.index = new IndexWriter(new InstanceIndex(database));
    var receiving = new ReceivingNow();
    this.receiver = new StoringReceiver(config, store, index, receiving, metrics, clock);
    this.completion =
        new SeriesCompletion(database, store, receiving, metrics, clock, config.series());
    this.outcomes = new SeriesOutcomes(database, stream, meters, clock);
    this.relay = new OutboxRelay(stream, outbox, ArrivalSchema.NAME, meters);
    this.commitments =
        new CommitmentDesk(
            new CommitmentRows(database),
            store,
            new CommitmentCourier(this::report, config.requesters()),
            metrics,
            clock);
    var services =
        new ScpServices(receiver, commitments, answers, new Announcements(database, clock));
    this.scp = new StorageScp(config.scp(), services, metrics);
    metrics.watch(scp::openAssociations, scp::instancesUnderWay);
  }

  private boolean report(String requester, CommitmentReport report) {
    return scp.report(requester, report);
  }

  /** Listens, completes quiet series, announces them and follows what becomes of them. */
  public void start() {
    Duration tick = quiet.dividedBy(TICKS_PER_QUIET);
    tick = tick.compareTo(SHORTEST_TICK) < 0 ? SHORTEST_TICK : tick;
    tick = tick.compareTo(LONGEST_TICK) > 0 ? LONGEST_TICK : tick;
    chores.every(tick, "series cannot be completed now", this::complete);
    chores.every(
        LONGEST_TICK, "storage commitments cannot be answered now", commitments::answerDue);
    chores.every(MEASURE, "series cannot be counted now", this::measure);
    chores.every(FORGET, "answered commitments cannot be forgotten now", commitments::forget);
    relay.start();
    outcomes.start();
    scp.start();
  }

  /** Takes instances that do not come by an association, through the same door. */
  public InstanceReceiver receiver() {
    return receiver;
  }

  /** The same door, for what was fetched for a project. */
  public InstanceReceiver receiver(ProjectName project) {
    return receiver.into(project);
  }

  /** Why an instance was not taken; empty if it was, or if that was long ago. */
  public Optional<ReasonCode> refusalOf(SopInstanceUid instance) {
    return receiver.refusals().of(instance);
  }

  /** The port that it listens on. */
  public int port() {
    return scp.port();
  }

  /** The port with TLS that it listens on; empty if it has none. */
  public OptionalInt tlsPort() {
    return scp.tlsPort();
  }

  /**
   * Where answers to storage commitment requests of this process arrive that archives bring on
   * associations of their own.
   */
  public CommitmentInbox commitmentAnswers() {
    return answers;
  }

  public boolean healthy() {
    return index.healthy()
        && relay.healthy()
        && outcomes.healthy()
        && failuresInARow < FAILURES_TO_BE_UNHEALTHY;
  }

  // It stays one more if it throws.
  private void complete() {
    failuresInARow++;
    completion.completeQuiet();
    failuresInARow = 0;
  }

  private void measure() {
    long oldest =
        ledger
            .oldestUnfinished()
            .map(began -> Duration.between(began, clock.instant()).toSeconds())
            .orElse(0L);
    metrics.series(ledger.counts(), oldest);
  }

  /** Stops listening first, so that nothing is acknowledged by a gateway that is half closed. */
  @Override
  public void close() {
    scp.close();
    index.close();
    chores.close();
    commitments.close();
    outcomes.close();
    relay.close();
    outbox.close();
  }
}

package org.firstpass.postgres;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.firstpass.database.Database;
import org.firstpass.database.DatabaseConfig;
import org.firstpass.database.PostgresOutbox;
import org.firstpass.event.ProposalMade;
import org.firstpass.intake.ProposalIntake;
import org.firstpass.review.ProposalFixture;
import org.firstpass.review.TransactionUid;
import org.firstpass.review.UncertaintyFirst;
import org.firstpass.selection.Drawing;
import org.firstpass.testing.SettableClock;
import org.firstpass.testing.TestPostgres;

/** A queue in an empty database, with a clock that moves by hand. */
public final class QueueFixture implements AutoCloseable {
  public static final Duration LEASE = Duration.ofMinutes(30);

  /** As little by lot as there may be, and with this seed nothing that the tests claim. */
  public static final Drawing ORDERLY = new Drawing(Drawing.FLOOR, 1);

  private final DatabaseConfig config = emptyQueue();
  public final Database database = Database.open(config);
  public final SettableClock clock = new SettableClock(ProposalFixture.TIME);
  public final PostgresOutbox outbox;
  public final ReviewTasks queue;
  public final IntakeRows intakeRows = new IntakeRows(database);
  public final SeriesRows series = new SeriesRows(database);
  public final ProposalIntake intake;
  public final CorrectionRows corrections = new CorrectionRows(database);
  public final GraceRows grace;
  public final TaskMarkRows marks;

  public QueueFixture() {
    outbox = new PostgresOutbox(database, "review");
    var strategy = new UncertaintyFirst();
    var numbers = new AtomicLong();
    var terms =
        new ReviewTasks.LeaseTerms(
            LEASE, () -> TransactionUid.of(new UUID(7, numbers.incrementAndGet())), clock);
    queue = new ReviewTasks(database, strategy, ORDERLY, terms);
    grace = new GraceRows(database, terms);
    marks = new TaskMarkRows(database, strategy, terms);
    intake = new ProposalIntake(intakeRows, strategy, clock);
  }

  /** A new database with the tables of a queue and nothing in them. */
  public static Database emptyDatabase() {
    return Database.open(emptyQueue());
  }

  private static DatabaseConfig emptyQueue() {
    return TestPostgres.migrated("review", "org/firstpass/review/migrations");
  }

  /** What another process would have: its own connections, the same database and clock. */
  public static final class Process implements AutoCloseable {
    private final Database database;
    private final GraceRows grace;

    public Process(QueueFixture fixture) {
      database = Database.open(fixture.config);
      grace =
          new GraceRows(
              database,
              new ReviewTasks.LeaseTerms(
                  LEASE, () -> TransactionUid.of(UUID.randomUUID()), fixture.clock));
    }

    public GraceRows grace() {
      return grace;
    }

    @Override
    public void close() {
      database.close();
    }
  }

  public ProposalMade propose(int number) {
    ProposalMade proposal = ProposalFixture.proposal(number);
    intake.accept(proposal);
    return proposal;
  }

  /** Empties the queue and sets the clock back, for the next test. */
  public void clear() {
    database.useTransaction(
        handle ->
            handle.execute(
                "truncate review.task, review.proposal, review.revision, review.series_outcome,"
                    + " review.work, review.outbox, review.workitem,"
                    + " review.workitem_subscription, review.worklist_subscription, review.draft,"
                    + " review.stroke, review.grace,"
                    + " review.handover, review.draft_turn, review.flag, review.pick, review.reader_picks, review.case_embedding, review.shadow_agreement, review.case_figure, review.drift_alarm, review.second_reading cascade"));
    clock.set(ProposalFixture.TIME);
  }

  public long count(String sql) {
    return database.inTransaction(handle -> handle.createQuery(sql).mapTo(long.class).one());
  }

  @Override
  public void close() {
    outbox.close();
    database.close();
  }
}

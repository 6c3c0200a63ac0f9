package org.firstpass.server;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.firstpass.correction.CorrectionDesk;
import org.firstpass.correction.CorrectionMetrics;
import org.firstpass.correction.GraceDesk;
import org.firstpass.database.Database;
import org.firstpass.database.PostgresOutbox;
import org.firstpass.dicom.InstanceReceiver;
import org.firstpass.dicomweb.DicomWeb;
import org.firstpass.feed.TrainingFiles;
import org.firstpass.http.ClaimAnswers;
import org.firstpass.http.CompanionRoutes;
import org.firstpass.http.DraftRoutes;
import org.firstpass.http.HistoryRoutes;
import org.firstpass.http.HttpServer;
import org.firstpass.http.ImageRoutes;
import org.firstpass.http.JournalRoutes;
import org.firstpass.http.ModelRoutes;
import org.firstpass.http.PageRoutes;
import org.firstpass.http.PriorImageRoutes;
import org.firstpass.http.ProtocolRoutes;
import org.firstpass.http.PublicRoutes;
import org.firstpass.http.QualityRoutes;
import org.firstpass.http.SecurityRoutes;
import org.firstpass.http.SeriesRoutes;
import org.firstpass.http.SubmitRoute;
import org.firstpass.http.TaskMarkRoutes;
import org.firstpass.http.TaskRoutes;
import org.firstpass.http.UndoRoute;
import org.firstpass.http.ViewerOrigins;
import org.firstpass.http.VolumeRoutes;
import org.firstpass.intake.ProposalIntake;
import org.firstpass.intake.RecallIntake;
import org.firstpass.operations.Chores;
import org.firstpass.operations.Health;
import org.firstpass.postgres.AcceptedRows;
import org.firstpass.postgres.CorrectionRows;
import org.firstpass.postgres.GraceRows;
import org.firstpass.postgres.HistoryRows;
import org.firstpass.postgres.IntakeRows;
import org.firstpass.postgres.Interests;
import org.firstpass.postgres.JournalRows;
import org.firstpass.postgres.LotSeed;
import org.firstpass.postgres.PriorRows;
import org.firstpass.postgres.QualityRows;
import org.firstpass.postgres.RecallRows;
import org.firstpass.postgres.ReviewTasks;
import org.firstpass.postgres.RevisionRows;
import org.firstpass.postgres.SeriesRows;
import org.firstpass.postgres.TaskMarkRows;
import org.firstpass.postgres.VolumeRows;
import org.firstpass.refine.Refining;
import org.firstpass.refine.SiteService;
import org.firstpass.review.ReviewMetrics;
import org.firstpass.review.UidSupply;
import org.firstpass.review.UncertaintyFirst;
import org.firstpass.security.Security;
import org.firstpass.selection.Strategies;
import org.firstpass.store.ObjectStore;
import org.firstpass.stream.DeadLetterLoop;
import org.firstpass.stream.EventLoop;
import org.firstpass.stream.EventLoopConfig;
import org.firstpass.stream.OutboxRelay;
import org.firstpass.stream.StreamConfig;
import org.firstpass.stream.Topic;
import org.firstpass.stream.Topics;
import org.firstpass.ups.Completion;
import org.jspecify.annotations.Nullable;

/**
 * The review queue: it follows proposals, serves readers, and tells the topics what they decided.
 *
 * <p>Any number of them may run on one database. The object store, the database and the registry
 * are the caller's to close.
 */
public final class ReviewServer implements AutoCloseable {
  private static final String SCHEMA = "review";
  private static final String GROUP = "firstpass-review";
  private static final Duration LOOK_FOR_INTEREST = Duration.ofSeconds(1);
  private static final Duration LOOK_FOR_GRACE = Duration.ofMillis(500);

  private final Security security;
  private final StoredCases cases;
  private final PostgresOutbox outbox;
  private final EventLoop arrivals;
  private final EventLoop proposals;
  private final EventLoop recalls;
  private final DeadLetterLoop deadLetters;
  private final ForeignService foreign;
  private final GraceDesk graceDesk;
  private final Chores grace = new Chores("grace");
  private final Optional<Interests> interests;
  private final Chores interest = new Chores("interest");
  private final DriftService drift;
  private final AssistService assist;
  private final OutboxRelay relay;
  private final DicomWeb dicomWeb;
  private final Health health;
  private final AtomicReference<@Nullable Supplier<String>> models = new AtomicReference<>();
  private final AtomicReference<@Nullable TrainingFiles> training = new AtomicReference<>();
  private final WorklistService worklist;
  private final LiveWorklist live;
  private final FeedService feed;
  private final HttpServer http;

  public ReviewServer(
      ReviewConfig config,
      ObjectStore store,
      Database database,
      StreamConfig stream,
      PrometheusMeterRegistry meters,
      Clock clock) {
    database.migrate(SCHEMA, "org/firstpass/review/migrations");
    this.outbox = new PostgresOutbox(database, SCHEMA);
    this.security = new Security(database.jdbi(), clock);
    var memory = new CaseMemory(config.imageCacheBytes());
    this.cases = new StoredCases(store, memory);
    var strategy = new UncertaintyFirst();
    var terms = new ReviewTasks.LeaseTerms(config.times().lease(), UidSupply.random(), clock);
    var drawing = config.learning().choosing().drawing(new LotSeed(database)::kept);
    var queue = new ReviewTasks(database, strategy, drawing, terms);
    var intake = new ProposalIntake(new IntakeRows(database), strategy, clock);
    this.interests =
        Optional.of(config.learning().choosing().strategies())
            .filter(Strategies::askForInterest)
            .map(
                asking ->
                    new Interests(
                        database, asking, strategy, proposal -> cases.origin(proposal).scanner()));
    this.arrivals = new EventLoop(following(stream, Topics.ARRIVALS, "-arrivals"), intake, meters);
    this.deadLetters =
        new DeadLetterLoop(
            following(stream, Topics.ARRIVALS, "-dead-letters"), intake::buried, meters);
    this.relay = new OutboxRelay(stream, outbox, SCHEMA, meters);
    var corrections = new CorrectionMetrics(meters);
    var desk =
        new CorrectionDesk(
            queue, new CorrectionRows(database), cases, config.protocols(), corrections, clock);
    this.graceDesk = new GraceDesk(new GraceRows(database, terms), corrections);
    var audit = security.audit();
    var journal = new JournalRows(database, clock);
    var series = new SeriesRows(database);
    this.foreign =
        new ForeignService(
            config,
            database,
            store,
            following(stream, Topics.ARRIVALS, "-foreign"),
            new ForeignService.Shared(queue, desk, cases, audit, meters, clock));
    this.assist =
        new AssistService(
            database,
            following(stream, Topics.RERUNS, "-dead-reruns"),
            following(stream, Topics.RERUN_ANSWERS, "-rerun-answers"),
            new AssistService.Shared(queue, cases, store, audit, meters, clock));
    this.drift =
        new DriftService(database, strategy, config.learning().watching(), audit, meters, clock);
    this.dicomWeb = new DicomWeb(store, database, stream, audit, meters, clock);
    var companions = new StoredCompanions(store, series, cases, memory, dicomWeb::series);
    var headers = new StoredHeaders(store, series, dicomWeb::studies);
    var completion = new Completion(desk, cases, new ExaminedOutputs(headers, foreign.desk()));
    this.worklist =
        new WorklistService(
            database,
            headers,
            new WorklistService.Shared(
                queue, completion, strategy, config.times().lease(), audit, clock),
            config.dicom(),
            () -> "http://" + config.bindAddress() + ":" + port() + "/dicom-web");
    this.proposals =
        new EventLoop(
            following(stream, Topics.PROPOSALS, "-proposals"),
            intake.andThen(foreign::told),
            meters);
    this.recalls =
        new EventLoop(
            following(stream, Topics.MODELS, "-recalls"),
            new RecallIntake(new RecallRows(database)),
            meters);
    this.health =
        new Health()
            .with("database", database::answers)
            .with("arrivals", arrivals::healthy)
            .with("proposals", proposals::healthy)
            .with("recalls", recalls::healthy)
            .with("dead-letters", deadLetters::healthy)
            .with("foreign", foreign::healthy)
            .with("assist", assist::healthy)
            .with("relay", relay::healthy)
            .with("worklist", worklist::healthy)
            .with("dicomweb", dicomWeb::healthy);
    ReviewMetrics.bind(queue, clock, meters);
    worklist.bind(meters);
    this.live =
        new LiveWorklist(
            database,
            new LiveWorklist.Shared(
                queue, strategy, drawing, dicomWeb.index(), audit, cases::foresee, clock),
            meters);
    this.feed = new FeedService(database, SCHEMA, training::get, audit);
    var marks = new TaskMarkRows(database, strategy, terms);
    var claims = new ClaimAnswers(queue, cases, foreign.ledger(), audit);
    this.http =
        new HttpServer(
            new HttpServer.Endpoint(config.bindAddress(), config.port(), config.maxUploadBytes()),
            security,
            meters,
            List.of(
                new SecurityRoutes(security)::install,
                live::install,
                new TaskRoutes(queue, marks, claims, foreign.ledger(), audit)::install,
                new TaskMarkRoutes(marks, security.users()::readers, audit)::install,
                new ImageRoutes(queue, cases, store, audit)::install,
                new CompanionRoutes(queue, companions, audit)::install,
                new VolumeRoutes(queue, new VolumeRows(database))::install,
                new PriorImageRoutes(
                        queue,
                        new PriorRows(database),
                        new StoredPriors(cases, series::manifest, new AcceptedRows(database)),
                        audit)
                    ::install,
                new SubmitRoute(desk, cases, journal, audit, config.times().grace())::install,
                new UndoRoute(graceDesk, claims, audit)::install,
                new JournalRoutes(journal)::install,
                assist::install,
                new HistoryRoutes(
                        new HistoryRoutes.Sources(
                            queue, new HistoryRows(database), new RevisionRows(database)),
                        cases,
                        store,
                        audit)
                    ::install,
                new DraftRoutes(queue, journal, cases, audit)::install,
                new QualityRoutes(new QualityRows(database), clock)::install,
                drift::install,
                new ProtocolRoutes(queue, config.protocols())::install,
                foreign::install,
                new SeriesRoutes(series, store, clock)::install,
                worklist::install,
                new PublicRoutes(health::answers, health::warnings, meters)::install,
                new ModelRoutes(models::get)::install,
                feed::install,
                new ViewerOrigins(config.dicom().origins())::install,
                dicomWeb::install,
                new PageRoutes()::install));
  }

  private static EventLoopConfig following(StreamConfig stream, Topic<?> topic, String name) {
    return new EventLoopConfig(stream, topic, GROUP + name);
  }

  public void start() {
    security.start();
    arrivals.start();
    foreign.start();
    assist.start();
    grace.every(LOOK_FOR_GRACE, "no decision becomes final for a moment", graceDesk::acceptDue);
    interests.ifPresent(
        measured ->
            interest.every(
                LOOK_FOR_INTEREST,
                "what waits is ordered as it was a moment ago",
                measured::measure));
    drift.start();
    proposals.start();
    recalls.start();
    deadLetters.start();
    relay.start();
    dicomWeb.start();
    // Before the first subscriber can come, so that none misses anything.
    worklist.start();
    live.start();
    feed.start();
    http.start();
  }

  /** Where it listens, once started. */
  public int port() {
    return http.port();
  }

  /** Where the worklist listens for DIMSE, once started, if it does. */
  public OptionalInt worklistDicomPort() {
    return worklist.dicomPort();
  }

  /** Users, API tokens and the audit trail, for the command line. */
  public Security security() {
    return security;
  }

  /** What {@code /health} answers; a process with more roles adds their checks. */
  public Health health() {
    return health;
  }

  /**
   * Answers {@code /models} for a worker that runs in this process.
   *
   * @param json what each version of each package does there
   */
  public void showModels(Supplier<String> json) {
    models.set(json);
  }

  /** Hands out accepted corrections and their files to those who learn from them. */
  public void teachFrom(TrainingFiles files) {
    training.set(files);
  }

  /**
   * Takes what is stored by STOW-RS; without it, storing is answered with 503.
   *
   * @param door where the gateway's associations put what they receive
   */
  public void storeThrough(InstanceReceiver door) {
    dicomWeb.storeThrough(door);
  }

  /**
   * Lets clicks be refined by a model of the site's own.
   *
   * @param limit how long it may take before the standard way is gone instead
   */
  public void refineThrough(URI service, Duration limit) {
    assist.refineThrough(Refining.through(new SiteService(service, limit)));
  }

  public boolean healthy() {
    return health.healthy();
  }

  @Override
  public void close() {
    worklist.close();
    live.close();
    feed.close();
    http.close();
    proposals.close();
    recalls.close();
    deadLetters.close();
    foreign.close();
    assist.close();
    grace.close();
    interest.close();
    drift.close();
    arrivals.close();
    relay.close();
    dicomWeb.close();
    cases.close();
    security.close();
    outbox.close();
  }
}

package org.firstpass.server;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.firstpass.correction.Protocols;
import org.firstpass.database.Database;
import org.firstpass.dicom.CtSeriesDescription;
import org.firstpass.dicom.CtSeriesWriter;
import org.firstpass.dicom.InstanceHeader;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.dicom.SeriesSurvey;
import org.firstpass.event.FirstpassEvent;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.PackageReference;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.SegmentScore;
import org.firstpass.event.SeriesArrived;
import org.firstpass.event.SeriesInput;
import org.firstpass.event.SeriesRevisionCodec;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.Vector3;
import org.firstpass.postgres.QueueFixture;
import org.firstpass.security.NewUser;
import org.firstpass.security.Role;
import org.firstpass.segment.CodedConcept;
import org.firstpass.segment.LabelSchema;
import org.firstpass.segment.Segment;
import org.firstpass.store.FileObjectStore;
import org.firstpass.store.ObjectStore;
import org.firstpass.stream.EventPublisher;
import org.firstpass.stream.EventReplay;
import org.firstpass.stream.Topic;
import org.firstpass.stream.Topics;
import org.firstpass.study.InstanceReference;
import org.firstpass.study.PatientKey;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SeriesRevision;
import org.firstpass.study.Sha256;
import org.firstpass.study.StudyInstanceUid;
import org.firstpass.study.StudyReference;
import org.firstpass.testing.TestBroker;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.LabelMapCodec;
import org.firstpass.volume.Volume;

/** A real review server over a real broker and database, with one reader and cases to read. */
final class ReadingRoom implements AutoCloseable {
  static final String USER = "reader";
  static final String PASSWORD = "seven green lamps";
  static final LabelSchema SCHEMA =
      new LabelSchema(
          "landmarks", 1, List.of(segment(1, "Liver", "#c02020"), segment(2, "Spleen", "#2040d0")));

  final ReviewServer server;
  private final TestBroker broker = TestBroker.isolated();
  final Database database = QueueFixture.emptyDatabase();
  final ObjectStore store;

  /** One where a submission is final at once. */
  ReadingRoom(Path folder) {
    this(folder, Protocols.NONE);
  }

  /** One whose readers are asked for more than segments. */
  ReadingRoom(Path folder, Protocols protocols) {
    this(folder, config(Duration.ZERO).with(protocols));
  }

  /**
   * @param grace for how long a submission may be undone
   */
  ReadingRoom(Path folder, Duration grace) {
    this(folder, config(grace));
  }

  private ReadingRoom(Path folder, ReviewConfig config) {
    store = new FileObjectStore(folder);
    server =
        new ReviewServer(
            config,
            store,
            database,
            broker.config(),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
            Clock.systemUTC());
    server.start();
    server
        .security()
        .users()
        .create(
            "test",
            new NewUser(USER, "Dr. Reader", Set.of(Role.RADIOLOGIST)),
            PASSWORD.toCharArray());
  }

  private static ReviewConfig config(Duration grace) {
    ReviewConfig standard = ReviewConfig.onLoopback(0).with(ServedQueue.ORDERLY);
    return standard.with(new ReviewConfig.Times(standard.times().lease(), grace));
  }

  static UUID proposalId(int number) {
    return new UUID(0x5000L, number);
  }

  String origin() {
    return "http://127.0.0.1:" + server.port();
  }

  /** Logs its reader in. */
  void logIn(Browser browser) {
    browser.logIn(origin(), USER, PASSWORD);
  }

  /** Ends whatever session the browser has, and goes in front of the login. */
  void leave(Browser browser) {
    browser.go(origin() + "/");
    browser.forgetCookies();
    browser.go("about:blank");
    browser.go(origin() + "/");
    browser.await("#user");
  }

  /** Goes to the front door, and logs its reader in if the browser does not know who that is. */
  void arrive(Browser browser) {
    browser.go(origin() + "/");
    browser.awaitTrue("a page", "return !!document.querySelector('#user, .list[data-loaded]')");
    if (!browser.all("#user").isEmpty()) {
      browser.find("#user").sendKeys(USER);
      browser.find("#password").sendKeys(PASSWORD, Browser.enter());
    }
  }

  /**
   * Stores a series and proposes labels for it.
   *
   * @param values HU by patient position
   * @param labels the label by patient position
   * @return the labels on the grid of the series as it is read
   */
  LabelMap propose(
      int number,
      GridGeometry geometry,
      ToIntFunction<Vector3> values,
      ToIntFunction<Vector3> labels) {
    return propose(number, geometry, values, labels, (proposal, map) -> proposal);
  }

  /**
   * @param patient series of the same number are of the same patient
   */
  LabelMap propose(
      int number,
      int patient,
      GridGeometry geometry,
      ToIntFunction<Vector3> values,
      ToIntFunction<Vector3> labels,
      BiFunction<ProposalMade, LabelMap, ProposalMade> finishing) {
    return propose(new Numbers(number, patient), geometry, values, labels, finishing);
  }

  /**
   * @param finishing adds what else a package may say to the proposal, before it is told
   */
  LabelMap propose(
      int number,
      GridGeometry geometry,
      ToIntFunction<Vector3> values,
      ToIntFunction<Vector3> labels,
      BiFunction<ProposalMade, LabelMap, ProposalMade> finishing) {
    return propose(new Numbers(number, number), geometry, values, labels, finishing);
  }

  private record Numbers(int series, int patient) {}

  private LabelMap propose(
      Numbers numbers,
      GridGeometry geometry,
      ToIntFunction<Vector3> values,
      ToIntFunction<Vector3> labels,
      BiFunction<ProposalMade, LabelMap, ProposalMade> finishing) {
    int number = numbers.series();
    var reference =
        new StudyReference(
            new StudyInstanceUid("1.2.826.0.1." + number),
            new SeriesInstanceUid("1.2.826.0.1.7." + number));
    SeriesRevision revision = storeSeries(reference, geometry, values);
    List<InstanceSource> sources =
        revision.instances().stream()
            .<InstanceSource>map(instance -> () -> store.open(instance.content()))
            .toList();
    GridGeometry grid = SeriesSurvey.of(sources).read().volume().geometry();
    var map = new LabelMap(grid, sample(grid, labels));
    ObjectReference manifest =
        store.put(SeriesRevisionCodec.encode(revision), SeriesRevisionCodec.MEDIA_TYPE);
    var patient = new PatientKey("pk-" + numbers.patient());
    var input = new SeriesInput(reference, 1, revision.hash(), manifest, patient);
    ProposalMade proposal = finishing.apply(proposal(number, input, map), map);
    tell(
        Topics.ARRIVALS,
        new SeriesArrived(new UUID(0x4000L, number), proposal.time(), input, "CT", 1));
    tell(Topics.PROPOSALS, proposal);
    return map;
  }

  <E extends FirstpassEvent> void tell(Topic<E> topic, E event) {
    try (var publisher = new EventPublisher(broker.config(), "test")) {
      publisher.publish(topic, event);
    }
  }

  /** Everything that a topic holds so far. */
  <E extends FirstpassEvent> void replay(Topic<E> topic, Consumer<E> reader) {
    EventReplay.forEach(broker.config(), topic, reader);
  }

  private ProposalMade proposal(int number, SeriesInput input, LabelMap map) {
    long[] voxels = map.histogram();
    double millilitres = map.geometry().voxelVolumeMm3() / 1000;
    List<SegmentScore> scores = new ArrayList<>();
    for (Segment segment : SCHEMA.segments()) {
      long count = segment.number() < voxels.length ? voxels[segment.number()] : 0;
      scores.add(
          new SegmentScore(segment.number(), count, count * millilitres, 0.5 / segment.number()));
    }
    return new ProposalMade(
        proposalId(number),
        Instant.parse("2026-11-02T08:00:00Z"),
        input,
        new PackageReference("landmarks", "1.0.0", Sha256.of(new byte[] {1})),
        SCHEMA,
        store.put(new byte[] {0}, "application/dicom"),
        store.put(LabelMapCodec.encode(map), LabelMapCodec.MEDIA_TYPE),
        scores,
        1200);
  }

  private SeriesRevision storeSeries(
      StudyReference reference, GridGeometry geometry, ToIntFunction<Vector3> values) {
    short[] sampled = sample(geometry, values);
    var floats = new float[sampled.length];
    for (int at = 0; at < sampled.length; at++) {
      floats[at] = sampled[at];
    }
    var description =
        new CtSeriesDescription(
            reference, "P-1", "Phantom^Browser", "ABDOMEN", "landmarks", Instant.EPOCH);
    List<InstanceReference> instances = new ArrayList<>();
    for (byte[] file : CtSeriesWriter.write(description, Volume.ofValues(geometry, floats))) {
      InstanceHeader header = InstanceHeader.read(() -> new java.io.ByteArrayInputStream(file));
      ObjectReference stored = store.put(file, "application/dicom");
      instances.add(
          new InstanceReference(
              header.instance(), header.sopClass(), stored.digest(), stored.size()));
    }
    return new SeriesRevision(reference, 1, instances);
  }

  private static short[] sample(GridGeometry grid, ToIntFunction<Vector3> at) {
    var values = new short[grid.size().voxels()];
    for (int slice = 0; slice < grid.size().slices(); slice++) {
      for (int row = 0; row < grid.size().rows(); row++) {
        for (int column = 0; column < grid.size().columns(); column++) {
          values[grid.size().index(column, row, slice)] =
              (short) at.applyAsInt(grid.toPatient(column, row, slice));
        }
      }
    }
    return values;
  }

  private static Segment segment(int number, String label, String colour) {
    return new Segment(
        number,
        label,
        new CodedConcept("123037004", "SCT", "Anatomical Structure"),
        new CodedConcept(number == 1 ? "10200004" : "78961009", "SCT", label),
        null,
        colour);
  }

  @Override
  public void close() {
    server.close();
    database.close();
    broker.close();
  }
}

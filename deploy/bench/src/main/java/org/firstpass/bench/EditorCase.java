package org.firstpass.bench;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.firstpass.database.Database;
import org.firstpass.database.DatabaseConfig;
import org.firstpass.dicom.InstanceHeader;
import org.firstpass.embedded.EmbeddedBroker;
import org.firstpass.embedded.EmbeddedPostgres;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.PackageReference;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.SegmentScore;
import org.firstpass.event.SeriesArrived;
import org.firstpass.event.SeriesInput;
import org.firstpass.event.SeriesRevisionCodec;
import org.firstpass.security.NewUser;
import org.firstpass.security.Role;
import org.firstpass.segment.CodedConcept;
import org.firstpass.segment.LabelSchema;
import org.firstpass.segment.Segment;
import org.firstpass.server.ReviewConfig;
import org.firstpass.server.ReviewServer;
import org.firstpass.store.FileObjectStore;
import org.firstpass.store.ObjectStore;
import org.firstpass.stream.EventPublisher;
import org.firstpass.stream.StreamConfig;
import org.firstpass.stream.TopicCreation;
import org.firstpass.stream.Topics;
import org.firstpass.study.InstanceReference;
import org.firstpass.study.PatientKey;
import org.firstpass.study.SeriesRevision;
import org.firstpass.study.Sha256;
import org.firstpass.study.StudyReference;
import org.firstpass.volume.LabelMapCodec;

/** A review server in this process with one reader and one case that nobody has opened yet. */
final class EditorCase implements AutoCloseable {
  static final String USER = "reader";
  static final String PASSWORD = "seven green lamps";
  static final String STUDY = SampleCt.reference("editor", 1).study().value();

  private static final LabelSchema SCHEMA =
      new LabelSchema(
          "sample",
          1,
          List.of(
              segment(1, "Liver", "10200004", "#c02020"),
              segment(2, "Spleen", "78961009", "#2040d0"),
              segment(3, "Kidney", "64033007", "#20a060")));

  /** Of another case, which was looked at before: a server has been up for a while. */
  private static final int OTHER_SLICES = 64;

  private final List<AutoCloseable> open = new ArrayList<>();
  private final ReviewServer server;
  private final ObjectStore store;

  EditorCase(Scratch scratch, SampleCt sample) throws Exception {
    this.store = new FileObjectStore(scratch.folder("store"));
    var postgres = keep(EmbeddedPostgres.start(scratch.folder("postgres"), 0, "bench"));
    var database =
        keep(
            Database.open(
                new DatabaseConfig(postgres.jdbcUrl(), EmbeddedPostgres.USER, "bench", 8)));
    var broker = keep(EmbeddedBroker.start(scratch.folder("kafka"), 0));
    var kafka = new StreamConfig(broker.bootstrapServers(), Map.of());
    TopicCreation.ensure(kafka, 1, (short) 1);
    this.server =
        keep(
            new ReviewServer(
                ReviewConfig.onLoopback(0),
                store,
                database,
                kafka,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                Clock.systemUTC()));
    server.start();
    server
        .security()
        .users()
        .create(
            "bench", new NewUser(USER, "Reader", Set.of(Role.RADIOLOGIST)), PASSWORD.toCharArray());
    var other = SampleCt.reference("editor", 2);
    tell(kafka, new SampleCt(sample.geometry().size().columns(), OTHER_SLICES), other, 2);
    ReviewApi.login(server.port(), USER, PASSWORD).look(other.series());
    tell(kafka, sample, SampleCt.reference("editor", 1), 1);
  }

  String origin() {
    return "http://127.0.0.1:" + server.port();
  }

  /** The reader's, for programs. */
  String token() throws IOException, InterruptedException {
    return ReviewApi.login(server.port(), USER, PASSWORD).token();
  }

  /** The higher the number, the later it comes. */
  private void tell(StreamConfig kafka, SampleCt sample, StudyReference reference, int number) {
    SeriesRevision revision = store(sample, reference);
    ObjectReference manifest =
        store.put(SeriesRevisionCodec.encode(revision), SeriesRevisionCodec.MEDIA_TYPE);
    var input =
        new SeriesInput(
            revision.reference(), 1, revision.hash(), manifest, new PatientKey("pk-bench"));
    var proposal =
        new ProposalMade(
            new UUID(0x5000L, number),
            Instant.EPOCH,
            input,
            new PackageReference("sample", "1.0.0", Sha256.of(new byte[] {1})),
            SCHEMA,
            store.put(new byte[] {0}, "application/dicom"),
            store.put(LabelMapCodec.encode(sample.labels()), LabelMapCodec.MEDIA_TYPE),
            scores(sample, number),
            1);
    try (var publisher = new EventPublisher(kafka, "bench")) {
      publisher.publish(
          Topics.ARRIVALS,
          new SeriesArrived(
              new UUID(0x4000L, number), Instant.EPOCH, input, "CT", revision.instances().size()));
      publisher.publish(Topics.PROPOSALS, proposal);
    }
  }

  private SeriesRevision store(SampleCt sample, StudyReference reference) {
    List<InstanceReference> instances = new ArrayList<>();
    for (byte[] file : sample.series(reference)) {
      var header = InstanceHeader.read(() -> new ByteArrayInputStream(file));
      ObjectReference stored = store.put(file, "application/dicom");
      instances.add(
          new InstanceReference(
              header.instance(), header.sopClass(), stored.digest(), stored.size()));
    }
    return new SeriesRevision(reference, 1, instances);
  }

  private static List<SegmentScore> scores(SampleCt sample, int number) {
    long[] voxels = sample.labels().histogram();
    double millilitres = sample.geometry().voxelVolumeMm3() / 1000;
    return SCHEMA.segments().stream()
        .map(
            segment -> {
              long count = voxels[segment.number()];
              return new SegmentScore(
                  segment.number(), count, count * millilitres, .5 / segment.number() / number);
            })
        .toList();
  }

  private static Segment segment(int number, String label, String code, String colour) {
    return new Segment(
        number,
        label,
        new CodedConcept("123037004", "SCT", "Anatomical Structure"),
        new CodedConcept(code, "SCT", label),
        null,
        colour);
  }

  private <T extends AutoCloseable> T keep(T part) {
    open.add(part);
    return part;
  }

  @Override
  public void close() throws Exception {
    for (int at = open.size() - 1; at >= 0; at--) {
      open.get(at).close();
    }
  }
}

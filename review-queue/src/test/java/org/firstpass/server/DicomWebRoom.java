package org.firstpass.server;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.firstpass.database.Database;
import org.firstpass.dicom.InstanceHeader;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.SeriesArrived;
import org.firstpass.event.SeriesInput;
import org.firstpass.event.SeriesRevisionCodec;
import org.firstpass.postgres.QueueFixture;
import org.firstpass.review.ProposalFixture;
import org.firstpass.security.NewToken;
import org.firstpass.security.NewUser;
import org.firstpass.security.Role;
import org.firstpass.stream.EventPublisher;
import org.firstpass.stream.Topics;
import org.firstpass.study.InstanceReference;
import org.firstpass.study.NameBasedUuid;
import org.firstpass.study.PatientKey;
import org.firstpass.study.SeriesRevision;
import org.firstpass.testing.Deadline;
import org.firstpass.testing.TestBroker;

/** A review server with a broker and a database, into whose DICOMweb index series can be put. */
final class DicomWebRoom implements AutoCloseable {
  final CaseFixture cases;
  final ReviewServer server;
  final DicomWebClient reader;
  final Database database = QueueFixture.emptyDatabase();
  private final TestBroker broker = TestBroker.isolated();
  private final EventPublisher publisher =
      new EventPublisher(broker.config(), "/firstpass/gateway");

  DicomWebRoom(Path folder) {
    this(folder, Set.of());
  }

  /**
   * @param origins whose pages may call it
   */
  DicomWebRoom(Path folder, Set<String> origins) {
    cases = new CaseFixture(folder);
    ReviewConfig standard = ReviewConfig.onLoopback(0).with(ServedQueue.ORDERLY);
    server =
        new ReviewServer(
            new ReviewConfig(
                standard.bindAddress(),
                standard.port(),
                standard.times(),
                standard.imageCacheBytes(),
                standard.maxUploadBytes(),
                new ReviewConfig.Dicom(Optional.empty(), Map.of(), Map.of(), origins)),
            cases.store,
            database,
            broker.config(),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
            Clock.systemUTC());
    server.start();
    reader = client("rosa", Role.RADIOLOGIST);
  }

  /** Somebody with an API token for the password. */
  DicomWebClient client(String name, Role role) {
    server
        .security()
        .users()
        .create(
            "test",
            new NewUser(name, name, Set.of(role)),
            "correct horse battery staple".toCharArray());
    String token =
        server
            .security()
            .tokens()
            .create("test", new NewToken(name, "viewer", Set.of(role), Duration.ofDays(1)))
            .secret();
    return new DicomWebClient(server.port(), name, token);
  }

  /** A series of the fixture arrives; returns when it is found. */
  SeriesArrived arrive(String name) {
    SeriesArrived arrived = cases.arrived(name);
    publish(arrived, 4);
    return arrived;
  }

  /** Files of one series arrive; returns when they are found. */
  SeriesArrived arrive(String name, List<byte[]> files) {
    List<InstanceReference> instances = new ArrayList<>();
    InstanceHeader header = null;
    for (byte[] file : files) {
      ObjectReference object = cases.store.put(file, "application/dicom");
      header = InstanceHeader.read(() -> cases.store.open(object.digest()));
      instances.add(
          new InstanceReference(
              header.instance(), header.sopClass(), object.digest(), object.size()));
    }
    var revision =
        new SeriesRevision(java.util.Objects.requireNonNull(header).reference(), 1, instances);
    ObjectReference manifest =
        cases.store.put(SeriesRevisionCodec.encode(revision), SeriesRevisionCodec.MEDIA_TYPE);
    var input =
        new SeriesInput(
            revision.reference(), 1, revision.hash(), manifest, new PatientKey("pk-" + name));
    var arrived =
        new SeriesArrived(
            NameBasedUuid.of("arrived", name),
            ProposalFixture.TIME,
            input,
            header.modality(),
            files.size());
    publish(arrived, files.size());
    return arrived;
  }

  private void publish(SeriesArrived arrived, int instances) {
    publisher.publish(Topics.ARRIVALS, arrived);
    String path = "/instances?SeriesInstanceUID=" + arrived.series();
    Deadline.await("the series is found", () -> count(path) == instances);
  }

  private int count(String path) {
    try {
      return reader.query(path).size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    publisher.close();
    server.close();
    database.close();
    broker.close();
  }
}

package org.firstpass.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.firstpass.arrival.Gateway;
import org.firstpass.arrival.GatewayConfig;
import org.firstpass.arrival.SeriesHistory;
import org.firstpass.arrival.SeriesLedger;
import org.firstpass.database.Database;
import org.firstpass.database.DatabaseConfig;
import org.firstpass.dicom.DicomPeer;
import org.firstpass.dicom.ScpConfig;
import org.firstpass.embedded.EmbeddedBroker;
import org.firstpass.embedded.EmbeddedPostgres;
import org.firstpass.privacy.PatientPseudonyms;
import org.firstpass.store.FileObjectStore;
import org.firstpass.stream.StreamConfig;
import org.firstpass.stream.TopicCreation;
import org.firstpass.study.SeriesInstanceUid;

/** The gateway with the store, the database and the broker that the standalone has. */
final class FirstpassReceiver implements Receiver {
  private static final Duration QUIET = Duration.ofSeconds(3);

  private final EmbeddedPostgres postgres;
  private final EmbeddedBroker broker;
  private final Database database;
  private final Gateway gateway;
  private final SeriesLedger ledger;

  FirstpassReceiver(Path folder) {
    postgres = EmbeddedPostgres.start(folder.resolve("postgres"), 0, "bench");
    broker = EmbeddedBroker.start(folder.resolve("kafka"), 0);
    var stream = new StreamConfig(broker.bootstrapServers(), Map.of());
    TopicCreation.ensure(stream, 4, (short) 1);
    database =
        Database.open(new DatabaseConfig(postgres.jdbcUrl(), EmbeddedPostgres.USER, "bench", 16));
    gateway =
        new Gateway(
            new GatewayConfig(
                new ScpConfig("FIRSTPASS", "127.0.0.1", 0, Set.of()),
                QUIET,
                0,
                new PatientPseudonyms(new byte[32])),
            new FileObjectStore(folder.resolve("objects")),
            database,
            stream,
            new SimpleMeterRegistry(),
            Clock.systemUTC());
    ledger = new SeriesLedger(database);
    gateway.start();
  }

  @Override
  public DicomPeer peer() {
    return new DicomPeer("127.0.0.1", gateway.port(), "FIRSTPASS", "BENCH");
  }

  /** The series is complete and announced, so that its completion takes nothing from others. */
  @Override
  public long settled(SeriesInstanceUid series) throws Exception {
    Receiver.await("the announcement of " + series, () -> isAnnounced(series));
    return ledger.find(series).map(SeriesHistory::instances).orElse(0);
  }

  private boolean isAnnounced(SeriesInstanceUid series) {
    return ledger.find(series).stream()
        .flatMap(history -> history.revisions().stream())
        .anyMatch(revision -> revision.published() != null);
  }

  @Override
  public void close() {
    gateway.close();
    database.close();
    broker.close();
    postgres.close();
  }
}

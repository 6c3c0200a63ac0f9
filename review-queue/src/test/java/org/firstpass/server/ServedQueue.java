package org.firstpass.server;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.OptionalLong;
import java.util.Set;
import org.firstpass.database.Database;
import org.firstpass.postgres.QueueFixture;
import org.firstpass.security.NewUser;
import org.firstpass.security.Role;
import org.firstpass.selection.Drawing;
import org.firstpass.selection.Strategies;
import org.firstpass.stream.EventPublisher;
import org.firstpass.testing.TestBroker;

/** A review server over a real broker, database and store, and the voice of the workers. */
final class ServedQueue implements AutoCloseable {
  /** As little by lot as there may be, and with this seed nothing that the tests claim. */
  static final ReviewConfig.Learning ORDERLY =
      new ReviewConfig.Learning(
          new ReviewConfig.Choosing(Strategies.UNCERTAINTY, Drawing.FLOOR, OptionalLong.of(1)),
          ReviewConfig.Watching.STANDARD);

  private static final String PASSWORD = "correct horse battery staple";

  final TestBroker broker = TestBroker.isolated();
  final Database database = QueueFixture.emptyDatabase();
  final CaseFixture cases;
  final ReviewServer server;
  final EventPublisher publisher;

  ServedQueue(Path folder, Clock clock) {
    this.cases = new CaseFixture(folder);
    this.server =
        new ReviewServer(
            ReviewConfig.onLoopback(0).with(ORDERLY),
            cases.store,
            database,
            broker.config(),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
            clock);
    server.start();
    this.publisher = new EventPublisher(broker.config(), "/firstpass/worker");
  }

  /** A new user with a role, who has logged in. */
  ApiClient user(String name, Role role) {
    server
        .security()
        .users()
        .create("test", new NewUser(name, name, Set.of(role)), PASSWORD.toCharArray());
    return ApiClient.login(server.port(), name, PASSWORD);
  }

  @Override
  public void close() {
    publisher.close();
    server.close();
    database.close();
    broker.close();
  }
}

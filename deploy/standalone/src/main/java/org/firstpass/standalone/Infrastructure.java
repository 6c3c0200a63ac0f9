package org.firstpass.standalone;

import java.util.Optional;
import org.firstpass.database.Database;
import org.firstpass.embedded.EmbeddedBroker;
import org.firstpass.embedded.EmbeddedPostgres;
import org.firstpass.failure.TryAgainLater;
import org.firstpass.store.FileObjectStore;
import org.firstpass.store.ObjectStore;
import org.firstpass.stream.StreamConfig;
import org.firstpass.stream.TopicCreation;
import org.jspecify.annotations.Nullable;

/**
 * What the roles stand on: broker, database, object store.
 *
 * <p>Hosted: what the configuration names is used, and what it does not name is started inside this
 * process. Joined: nothing is started; what another process hosts is used.
 */
final class Infrastructure implements AutoCloseable {
  private static final int EMBEDDED_PARTITIONS = 4;
  private static final short EMBEDDED_REPLICATION = 1;

  private final @Nullable EmbeddedBroker broker;
  private final @Nullable EmbeddedPostgres postgres;
  private final StreamConfig stream;
  private final Database database;
  private final String jdbcUrl;
  private final ObjectStore objects;

  private Infrastructure(
      @Nullable EmbeddedBroker broker,
      @Nullable EmbeddedPostgres postgres,
      StreamConfig stream,
      Configuration configuration,
      String jdbcUrl) {
    this.broker = broker;
    this.postgres = postgres;
    this.stream = stream;
    this.jdbcUrl = jdbcUrl;
    this.database = Database.open(configuration.database(jdbcUrl));
    this.objects = new FileObjectStore(configuration.objects());
  }

  static Infrastructure host(Configuration configuration) {
    StateFolder state = configuration.state();
    @Nullable EmbeddedPostgres postgres = null;
    @Nullable EmbeddedBroker broker = null;
    if (configuration.externalDatabase().isEmpty()) {
      postgres =
          EmbeddedPostgres.start(
              state.database(), configuration.databasePort(), state.secret("database"));
    }
    if (configuration.externalBroker().isEmpty()) {
      broker = EmbeddedBroker.start(state.broker(), configuration.brokerPort());
    }
    StreamConfig stream =
        broker != null
            ? configuration.stream(broker.bootstrapServers())
            : configuration.stream(configuration.externalBroker().orElseThrow());
    TopicCreation.ensure(
        stream,
        broker != null ? EMBEDDED_PARTITIONS : configuration.partitions(),
        broker != null ? EMBEDDED_REPLICATION : configuration.replication());
    String jdbcUrl =
        postgres != null ? postgres.jdbcUrl() : configuration.externalDatabase().orElseThrow();
    return new Infrastructure(broker, postgres, stream, configuration, jdbcUrl);
  }

  /**
   * @throws CommandFailed if neither the configuration names broker and database nor a standalone
   *     was up on this state folder
   */
  static Infrastructure join(Configuration configuration) {
    Optional<String> broker = configuration.externalBroker();
    Optional<String> database = configuration.externalDatabase();
    if (broker.isPresent() && database.isPresent()) {
      return new Infrastructure(
          null, null, configuration.stream(broker.get()), configuration, database.get());
    }
    Running running = Running.read(configuration.state().running());
    try {
      return new Infrastructure(
          null,
          null,
          configuration.stream(broker.orElse(running.bootstrapServers())),
          configuration,
          database.orElse(running.jdbcUrl()));
    } catch (TryAgainLater e) {
      if (database.isPresent()) {
        throw e;
      }
      throw new CommandFailed(
          "the Firstpass that ran on %s does not answer; start it again with 'firstpass up'"
              .formatted(configuration.state().root()),
          e);
    }
  }

  StreamConfig stream() {
    return stream;
  }

  Database database() {
    return database;
  }

  String jdbcUrl() {
    return jdbcUrl;
  }

  ObjectStore objects() {
    return objects;
  }

  boolean healthy() {
    return database.answers() && (broker == null || broker.healthy());
  }

  @Override
  public void close() {
    database.close();
    if (broker != null) {
      broker.close();
    }
    if (postgres != null) {
      postgres.close();
    }
  }
}

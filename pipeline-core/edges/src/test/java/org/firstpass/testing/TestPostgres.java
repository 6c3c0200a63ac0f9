package org.firstpass.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicInteger;
import org.firstpass.database.Database;
import org.firstpass.database.DatabaseConfig;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL server, one for the whole JVM, with a new database for whoever asks.
 *
 * <p>It flushes nothing, and it sets the JVM's default time zone to one that is not UTC, because
 * the driver hands that one to the session.
 */
public final class TestPostgres {
  private static final String TIME_ZONE = "Asia/Kathmandu";
  private static final int MAX_CONNECTIONS = 20;
  private static final AtomicInteger COUNTER = new AtomicInteger();
  private static final Map<String, String> TEMPLATES = new HashMap<>();
  private static @Nullable EmbeddedPostgres server;

  private TestPostgres() {}

  /** A new, empty database. The caller closes it. */
  public static Database database() {
    return Database.open(config());
  }

  /** How to reach a new, empty database. */
  public static synchronized DatabaseConfig config() {
    return named(create(""));
  }

  /**
   * How to reach a new database with these migrations, a copy of one that was migrated once for the
   * whole JVM.
   */
  public static synchronized DatabaseConfig migrated(String schema, String location) {
    String template =
        TEMPLATES.computeIfAbsent(
            schema + " " + location,
            key -> {
              String name = create("");
              try (Database database = Database.open(named(name))) {
                database.migrate(schema, location);
              }
              return name;
            });
    return named(create(" template " + template));
  }

  private static String create(String like) {
    String name = "test_" + COUNTER.incrementAndGet();
    try (Connection connection = start().getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name + like);
    } catch (SQLException e) {
      throw new IllegalStateException("a test database cannot be made", e);
    }
    return name;
  }

  private static DatabaseConfig named(String name) {
    return new DatabaseConfig(
        start().getJdbcUrl("postgres", name), "postgres", "postgres", MAX_CONNECTIONS);
  }

  private static EmbeddedPostgres start() {
    if (server == null) {
      TimeZone.setDefault(TimeZone.getTimeZone(TIME_ZONE));
      try {
        server =
            EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofSeconds(60))
                .setServerConfig("max_connections", "200")
                .start();
        LeftBehind.watch();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return server;
  }
}

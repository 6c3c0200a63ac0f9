package org.firstpass.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.regex.Pattern;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.TryAgainLater;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;

/**
 * One PostgreSQL database: pooled connections, migrations per schema, transactions.
 *
 * <p>Safe for use by many threads. Every room has a schema of its own in it.
 */
public final class Database implements AutoCloseable {
  private static final Pattern SCHEMA = Pattern.compile("[a-z][a-z_]{0,40}");
  private static final long CONNECTION_TIMEOUT_MILLIS = 5_000;

  private final HikariDataSource connections;
  private final Jdbi jdbi;

  private Database(HikariDataSource connections) {
    this.connections = connections;
    this.jdbi = Jdbi.create(connections);
    // The default message has the bound values: events, pseudonyms, password hashes.
    jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
  }

  /**
   * Opens the database.
   *
   * @throws TryAgainLater if it does not answer
   */
  public static Database open(DatabaseConfig config) {
    var pool = new HikariConfig();
    pool.setPoolName("firstpass");
    pool.setJdbcUrl(config.jdbcUrl());
    pool.setUsername(config.user());
    pool.setPassword(config.password());
    pool.setMaximumPoolSize(config.maxConnections());
    pool.setMinimumIdle(1);
    pool.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
    pool.addDataSourceProperty("ApplicationName", "firstpass");
    pool.addDataSourceProperty("tcpKeepAlive", "true");
    pool.addDataSourceProperty("reWriteBatchedInserts", "true");
    // The server's detail of a broken constraint has the row's values.
    pool.addDataSourceProperty("logServerErrorDetail", "false");
    try {
      return new Database(new HikariDataSource(pool));
    } catch (HikariPool.PoolInitializationException e) {
      throw new TryAgainLater(
          ReasonCode.DATABASE_UNAVAILABLE, "the database does not answer at start", e);
    }
  }

  /** Plain access. Prefer {@link #inTransaction}, which sorts failures by who can mend them. */
  public Jdbi jdbi() {
    return jdbi;
  }

  /**
   * Brings a schema to the newest version of its scripts.
   *
   * @param schema made if it is not there; it keeps its own history
   * @param location a folder on the class path with scripts named {@code V1__what.sql}
   */
  public void migrate(String schema, String location) {
    migrate(schema, location, "migrations");
  }

  /**
   * CREATE SCHEMA IF NOT EXISTS and the first row of a history fail when two processes start
   * together, so they take turns. The turn is a connection beside the pool's, which may be few.
   */
  void migrate(String schema, String location, String historyTable) {
    try (Handle turn =
        Jdbi.open(connections.getJdbcUrl(), connections.getUsername(), connections.getPassword())) {
      turn.execute("select pg_advisory_lock(hashtextextended('firstpass.schema', 0))");
      turn.execute("create schema if not exists " + requireSchema(schema));
      Flyway.configure()
          .dataSource(connections)
          .schemas(schema)
          .defaultSchema(schema)
          .table(historyTable)
          .baselineOnMigrate(true)
          .baselineVersion("0")
          .locations("classpath:" + location)
          .load()
          .migrate();
    }
  }

  /**
   * Runs the work in one transaction.
   *
   * @throws TryAgainLater with {@link ReasonCode#DATABASE_UNAVAILABLE} if the database went away or
   *     asked for another try
   */
  public <T, X extends Exception> T inTransaction(HandleCallback<T, X> work) throws X {
    try {
      return jdbi.inTransaction(work);
    } catch (JdbiException e) {
      throw sorted(e);
    }
  }

  /** {@link #inTransaction} without a result. */
  public <X extends Exception> void useTransaction(HandleConsumer<X> work) throws X {
    inTransaction(
        handle -> {
          work.useHandle(handle);
          return Boolean.TRUE;
        });
  }

  /** Whether the database answers now. */
  public boolean answers() {
    try (Connection connection = connections.getConnection()) {
      return connection.isValid(2);
    } catch (SQLException e) {
      return false;
    }
  }

  /** The failure as one that may be tried again, if its SQL state says so; otherwise as it is. */
  public static RuntimeException sorted(RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && isPassing(sql)) {
        return new TryAgainLater(
            ReasonCode.DATABASE_UNAVAILABLE,
            "the database does not answer, SQL state " + sql.getSQLState(),
            failure);
      }
    }
    return failure;
  }

  // Classes 08 (connection), 40 (serialisation, deadlock), 53 (resources), 57P (shut down).
  private static boolean isPassing(SQLException e) {
    String state = e.getSQLState();
    if (state == null) {
      return e instanceof SQLTransientException;
    }
    return state.startsWith("08")
        || state.startsWith("40")
        || state.startsWith("53")
        || state.startsWith("57P");
  }

  Connection connection() throws SQLException {
    return connections.getConnection();
  }

  void evict(Connection connection) {
    connections.evictConnection(connection);
  }

  static String requireSchema(String schema) {
    if (!SCHEMA.matcher(schema).matches()) {
      throw new IllegalArgumentException("'" + schema + "' is not a schema name");
    }
    return schema;
  }

  @Override
  public void close() {
    connections.close();
  }
}

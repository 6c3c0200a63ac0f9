package org.firstpass.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears what transactions of any process say by {@code pg_notify}, each once and in the order in
 * which they committed, as long as the connection stands. What was said while it did not is lost.
 *
 * <p>Takes one connection of the pool and one thread, on which the consumer is called.
 */
public final class NoticeListener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NoticeListener.class);
  private static final Pattern CHANNEL = Pattern.compile("[a-z][a-z_]{0,40}");
  private static final int WAIT_MILLIS = 500;
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

  private final Database database;
  private final String channel;
  private final Consumer<String> consumer;
  private final Thread thread;
  private volatile boolean running = true;
  private volatile @Nullable Connection listening;

  public NoticeListener(Database database, String channel, Consumer<String> consumer) {
    if (!CHANNEL.matcher(channel).matches()) {
      throw new IllegalArgumentException("'" + channel + "' is not a channel name");
    }
    this.database = database;
    this.channel = channel;
    this.consumer = consumer;
    this.thread = new Thread(this::run, "notices-" + channel);
    this.thread.setDaemon(true);
  }

  /** Begins to listen: whatever is said after it returned is heard, if the database answers. */
  public void start() {
    try {
      listen();
    } catch (SQLException e) {
      LOG.warn("notices on {} are not heard yet", channel, e);
    }
    thread.start();
  }

  public boolean healthy() {
    return listening != null;
  }

  private void run() {
    while (running) {
      try {
        hear(listen());
      } catch (SQLException e) {
        if (running) {
          LOG.warn("notices on {} are not heard for a moment", channel, e);
          drop();
          LockSupport.parkNanos(PAUSE.toNanos());
        }
      }
    }
    drop();
  }

  private Connection listen() throws SQLException {
    Connection known = listening;
    if (known != null) {
      return known;
    }
    Connection connection = database.connection();
    try (Statement statement = connection.createStatement()) {
      statement.execute("listen " + channel);
    } catch (SQLException e) {
      database.evict(connection);
      throw e;
    }
    listening = connection;
    return connection;
  }

  private void hear(Connection connection) throws SQLException {
    PGNotification[] notices = connection.unwrap(PGConnection.class).getNotifications(WAIT_MILLIS);
    if (notices == null) {
      return;
    }
    for (PGNotification notice : notices) {
      try {
        consumer.accept(notice.getParameter());
      } catch (RuntimeException e) {
        // One that cannot be handled must not keep the others from being heard.
        LOG.warn("a notice on {} is left out", channel, e);
      }
    }
  }

  // The subscription belongs to the session, so the session ends and does not go back to the pool.
  private void drop() {
    Connection connection = listening;
    listening = null;
    if (connection != null) {
      database.evict(connection);
    }
  }

  @Override
  public void close() {
    running = false;
    LockSupport.unpark(thread);
    try {
      thread.join(CLOSE_PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

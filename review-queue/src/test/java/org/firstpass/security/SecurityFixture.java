package org.firstpass.security;

import java.time.Instant;
import java.util.Set;
import org.firstpass.database.Database;
import org.firstpass.postgres.QueueFixture;
import org.firstpass.testing.SettableClock;
import org.jdbi.v3.core.Jdbi;

/** The security room over a real, new database, with a clock that is moved by hand. */
public final class SecurityFixture implements AutoCloseable {
  public static final String PASSWORD = "seven green lamps";

  public final SettableClock clock =
      new SettableClock(Instant.parse("2026-11-23T08:00:00.123456Z"));
  public final Security security;
  private final Database database = QueueFixture.emptyDatabase();

  public SecurityFixture() {
    security = new Security(database.jdbi(), clock);
  }

  public Jdbi jdbi() {
    return database.jdbi();
  }

  /** Makes a user with {@link #PASSWORD}. */
  public void user(String name, Role... roles) {
    security
        .users()
        .create("test", new NewUser(name, "Dr. " + name, Set.of(roles)), PASSWORD.toCharArray());
  }

  public Session login(String name) {
    return security.authenticator().login(name, PASSWORD.toCharArray()).orElseThrow();
  }

  @Override
  public void close() {
    security.close();
    database.close();
  }
}

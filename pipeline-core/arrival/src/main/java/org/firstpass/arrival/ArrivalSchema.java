package org.firstpass.arrival;

import org.firstpass.database.Database;
import org.firstpass.database.PostgresOutbox;

/** The gateway's schema in the database. */
final class ArrivalSchema {
  static final String NAME = "arrival";

  private ArrivalSchema() {}

  /** Makes the tables that are not there, and opens the outbox. */
  static PostgresOutbox prepare(Database database) {
    database.migrate(NAME, "org/firstpass/arrival/migrations");
    return new PostgresOutbox(database, NAME);
  }
}

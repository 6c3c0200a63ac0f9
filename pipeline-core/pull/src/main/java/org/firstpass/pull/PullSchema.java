package org.firstpass.pull;

import org.firstpass.database.Database;

/** The room's schema in the database. */
final class PullSchema {
  private PullSchema() {}

  /** Makes the tables that are not there. */
  static void prepare(Database database) {
    database.migrate("pull", "org/firstpass/pull/migrations");
  }
}

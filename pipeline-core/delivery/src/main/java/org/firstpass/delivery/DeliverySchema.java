package org.firstpass.delivery;

import org.firstpass.database.Database;

/** The room's schema in the database. */
final class DeliverySchema {
  private DeliverySchema() {}

  /** Makes the tables that are not there. */
  static void prepare(Database database) {
    database.migrate("delivery", "org/firstpass/delivery/migrations");
  }
}

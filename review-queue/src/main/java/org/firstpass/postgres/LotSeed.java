package org.firstpass.postgres;

import java.security.SecureRandom;
import org.firstpass.database.Database;

/** The seed of an installation's lots: whoever asks first draws it, and it stays. */
public final class LotSeed {
  private final Database database;

  public LotSeed(Database database) {
    this.database = database;
  }

  public long kept() {
    return database.inTransaction(
        handle -> {
          handle.execute(
              "insert into review.lot_seed (seed) values (?) on conflict do nothing",
              new SecureRandom().nextLong());
          return handle.createQuery("select seed from review.lot_seed").mapTo(long.class).one();
        });
  }
}

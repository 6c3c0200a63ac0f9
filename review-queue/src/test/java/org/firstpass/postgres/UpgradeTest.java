package org.firstpass.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import org.firstpass.database.Database;
import org.firstpass.event.ProposalMade;
import org.firstpass.review.ProposalFixture;
import org.firstpass.testing.TestPostgres;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

/** A database of the release before, with what was in it. */
final class UpgradeTest {
  private static final String MIGRATIONS = "/org/firstpass/review/migrations/";

  @Test
  void aProposalThatWasToldBeforeTheUpgradeSaysWhichPackageMadeIt() throws Exception {
    ProposalMade proposal = ProposalFixture.proposal(1);
    try (Database database = TestPostgres.database();
        Handle handle = database.jdbi().open()) {
      handle.execute("create schema review");
      handle.execute("set search_path to review");
      run(handle, "V1__review.sql");
      run(handle, "V20__security.sql");
      handle.execute(
          "insert into review.proposal (id, event, score) values (?, ?, '{}')",
          proposal.id(),
          TaskRowMapping.json(proposal));
      handle.execute(
          "insert into review.series_outcome (event_id, series_uid, revision, kind, at)"
              + " values (?, ?, 1, 'PROPOSED', now())",
          proposal.id(),
          proposal.series().value());
      run(handle, "V21__inference.sql");
      assertEquals(
          "phantom 1.0",
          handle
              .createQuery(
                  "select package_name || ' ' || package_version from review.series_outcome")
              .mapTo(String.class)
              .one());
    }
  }

  // By JDBC: the other library reads a colon as a parameter.
  private static void run(Handle handle, String script) throws SQLException, IOException {
    Connection connection = handle.getConnection();
    try (InputStream in =
            Objects.requireNonNull(UpgradeTest.class.getResourceAsStream(MIGRATIONS + script));
        Statement statement = connection.createStatement()) {
      statement.execute(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}

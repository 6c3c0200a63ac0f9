package org.firstpass.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
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

  @Test
  void aCorrectionFromBeforeTheUpgradeIsCounted() throws Exception {
    ProposalMade proposal = ProposalFixture.proposal(1);
    UUID task = UUID.fromString("00000000-0000-4000-8000-000000000001");
    UUID revision = UUID.fromString("00000000-0000-4000-8000-000000000002");
    try (Database database = TestPostgres.database();
        Handle handle = database.jdbi().open()) {
      handle.execute("create schema review");
      handle.execute("set search_path to review");
      for (String before : List.of("V1__review.sql", "V81__grace.sql")) {
        run(handle, before);
      }
      handle.execute(
          "insert into review.proposal (id, event, score) values (?, ?, '{}')",
          proposal.id(),
          TaskRowMapping.json(proposal));
      handle.execute(
          "insert into review.task (id, proposal_id, series_uid, revision, package_name, arrived,"
              + " order_key, state, correction_id, decided_by, decided_at, changed_at)"
              + " values (?, ?, '1.2', 1, 'phantom', now(), 0, 'ACCEPTED', ?, 'anna', now(), now())",
          task,
          proposal.id(),
          revision);
      handle.execute(
          "insert into review.revision (id, task_id, number, kind, base_proposal, transaction_uid,"
              + " author, at, active_millis, submission, label_digest, outcome)"
              + " values (?, ?, 1, 'ACCEPTED', ?, '2.25.1', 'anna', now(), 1500, '', '', ?)",
          revision,
          task,
          proposal.id(),
          """
          {"decisions": [
             {"segmentNumber": 1, "verdict": "MINOR", "voxelsRemoved": 2, "diceToProposal": 0.9},
             {"segmentNumber": 2, "verdict": "REJECT", "voxelsRemoved": 9, "diceToProposal": 0},
             {"segmentNumber": 3, "verdict": "ACCEPT", "voxelsRemoved": 0, "diceToProposal": 1}],
           "voxels": {"1": 40, "2": 0, "3": 0}}
          """);
      run(handle, "V83__figures.sql");
      assertEquals(
          List.of("anna phantom 1.0 abdomen  1500"),
          lines(
              handle,
              "select reader || ' ' || version || ' ' || protocol || ' ' || scanner || ' '"
                  + " || active_millis from review.case_figure"));
      assertEquals(
          List.of("Liver MINOR 0.9", "Spleen REJECT 0"),
          lines(
              handle,
              "select label || ' ' || verdict || ' ' || dice from review.segment_figure"
                  + " order by segment"));
    }
  }

  private static List<String> lines(Handle handle, String query) {
    return handle.createQuery(query).mapTo(String.class).list();
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

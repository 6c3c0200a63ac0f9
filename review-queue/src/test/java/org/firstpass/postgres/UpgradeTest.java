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

  @Test
  void whatWasKnownOfATaskBeforeTheUpgradeIsItsHistory() throws Exception {
    ProposalMade proposal = ProposalFixture.proposal(1);
    UUID task = UUID.fromString("00000000-0000-4000-8000-000000000001");
    try (Database database = TestPostgres.database();
        Handle handle = database.jdbi().open()) {
      handle.execute("create schema review");
      handle.execute("set search_path to review");
      for (String before :
          List.of("V1__review.sql", "V20__security.sql", "V80__journal.sql", "V81__grace.sql")) {
        run(handle, before);
      }
      run(handle, "V82__handover.sql");
      handle.execute(
          "insert into review.proposal (id, event, score) values (?, ?, '{}')",
          proposal.id(),
          TaskRowMapping.json(proposal));
      handle.execute(
          "insert into review.task (id, proposal_id, series_uid, revision, package_name, arrived,"
              + " order_key, state, correction_id, decided_by, decided_at, changed_at) values"
              + " (?, ?, '1.2', 1, 'phantom', now(), 0, 'ACCEPTED', ?, 'ben', now(),"
              + " '2026-11-02 08:06Z')",
          task,
          proposal.id(),
          task);
      audited(handle, task, "08:01", "TASK_CLAIMED");
      audited(handle, task, "08:02", "TASK_OPENED");
      revision(handle, task, proposal.id(), 1, "UNDONE", "anna", "08:02");
      audited(handle, task, "08:03", "TASK_SUBMISSION_UNDONE");
      handle.execute(
          "insert into review.handover (task_id, by_reader, to_reader, at)"
              + " values (?, 'anna', 'ben', '2026-11-02 08:04Z')",
          task);
      revision(handle, task, proposal.id(), 2, "ACCEPTED", "ben", "08:05");
      revision(handle, task, proposal.id(), 3, "SIDE", "carl", "08:05");
      run(handle, "V91__history.sql");
      assertEquals(
          List.of(
              "CLAIMED anna",
              "SUBMITTED anna",
              "UNDONE anna",
              "RELEASED anna",
              "SUBMITTED ben",
              "ACCEPTED ben"),
          lines(handle, "select kind || ' ' || reader from review.history order by id"));
    }
  }

  private static void audited(Handle handle, UUID task, String time, String action) {
    handle.execute(
        "insert into review.audit_entry (time, actor, action, target, details)"
            + " values (?::timestamptz, 'anna', ?, ?, '{}')",
        "2026-11-02 " + time + "Z",
        action,
        task.toString());
  }

  private static void revision(
      Handle handle, UUID task, UUID proposal, int number, String kind, String by, String time) {
    handle.execute(
        "insert into review.revision (id, task_id, number, kind, base_proposal, transaction_uid,"
            + " author, at, active_millis, submission, label_digest, outcome)"
            + " values (?, ?, ?, ?, ?, '2.25.' || ?, ?, ?::timestamptz, 0, '', '', '{}')",
        new UUID(1, number),
        task,
        number,
        kind,
        proposal,
        number,
        by,
        "2026-11-02 " + time + "Z");
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

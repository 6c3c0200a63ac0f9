package org.firstpass.arrival;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import org.firstpass.database.Database;
import org.firstpass.testing.TestPostgres;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A database of the release before, with what was in it. */
class UpgradeTest {
  private static final String MIGRATIONS = "/org/firstpass/arrival/migrations/";

  @Test
  void revisionsOfTheReleaseBeforeKnowWhoseTheyAreAndKeepTheWeightOfTheirOutcomes()
      throws Exception {
    try (Database database = TestPostgres.database();
        Handle handle = database.jdbi().open()) {
      handle.execute("create schema arrival");
      handle.execute("set search_path to arrival");
      run(handle, "V1__arrival.sql");
      handle.execute(
          "insert into series values ('1.2', '1', 'p', 'CT', 'AE', now(), now(), false, 5,"
              + " 'FAILED', 'FP3999')");
      revision(handle, 1, "PROPOSED", 4, null);
      revision(handle, 2, "REFUSED", 3, "FP1001");
      revision(handle, 3, "FAILED", 2, "FP3002");
      revision(handle, 4, "FAILED", 1, "FP3999");
      revision(handle, 5, null, 0, null);
      run(handle, "V2__siblings_and_work.sql");
      assertEquals(
          List.of("6 1 p CT", "5 1 p CT", "4 1 p CT", "3 1 p CT", "0 1 p CT"),
          handle
              .createQuery(
                  "select concat_ws(' ', outcome_rank, study_uid, patient_key, modality)"
                      + " from series_revision order by revision")
              .mapTo(String.class)
              .list());
    }
  }

  @Test
  void whatCameBeforeThereWereProjectsIsOfTheDefaultOneAndMissedNothing() throws Exception {
    try (Database database = TestPostgres.database();
        Handle handle = database.jdbi().open()) {
      handle.execute("create schema arrival");
      handle.execute("set search_path to arrival");
      run(handle, "V1__arrival.sql");
      handle.execute(
          "insert into series values ('1.2', '1', 'p', 'CT', 'AE', now(), now(), false, 1,"
              + " 'COMPLETE', null)");
      revision(handle, 1, null, 0, null);
      run(handle, "V2__siblings_and_work.sql");
      run(handle, "V3__projects_announcements_commitments.sql");
      assertEquals(
          List.of("default 0"),
          handle
              .createQuery(
                  "select s.project || ' ' || r.missing from series s"
                      + " join series_revision r on r.series_uid = s.series_uid")
              .mapTo(String.class)
              .list());
    }
  }

  private static void revision(
      Handle handle, int number, @Nullable String outcome, int rank, @Nullable String reason) {
    handle.execute(
        "insert into series_revision (series_uid, revision, revision_hash, manifest,"
            + " manifest_size, instances, completed, outcome, outcome_rank, reason)"
            + " values ('1.2', ?, 'h', 'm', 1, 1, now(), ?, ?, ?)",
        number,
        outcome,
        rank,
        reason);
  }

  private static void run(Handle handle, String script) throws SQLException, IOException {
    try (InputStream in =
            Objects.requireNonNull(UpgradeTest.class.getResourceAsStream(MIGRATIONS + script));
        Statement statement = handle.getConnection().createStatement()) {
      statement.execute(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}

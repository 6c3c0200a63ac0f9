package org.firstpass.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
  private static final String PASSWORD = "not the default";

  @TempDir Path folder;

  @Test
  void itIsDurableAndWantsThePasswordAndKeepsItsRows() throws SQLException {
    try (var server = EmbeddedPostgres.start(folder, 0, PASSWORD)) {
      assertTrue(server.healthy());
      assertEquals("on", show(server, "fsync"));
      assertEquals("on", show(server, "synchronous_commit"));
      assertThrows(
          SQLException.class,
          () -> DriverManager.getConnection(server.jdbcUrl(), EmbeddedPostgres.USER, "wrong"));
      try (Connection connection = connect(server);
          var statement = connection.createStatement()) {
        statement.execute("CREATE TABLE kept AS SELECT 7 AS value");
      }
    }
    try (var again = EmbeddedPostgres.start(folder, 0, PASSWORD)) {
      assertEquals("7", query(again, "SELECT value FROM kept"));
    }
  }

  @Test
  void aServerThatAKilledProcessLeftBehindIsStoppedFirst() throws Exception {
    Process killed = startInAnotherProcess();
    String url = readUrl(killed);
    killed.destroyForcibly().waitFor();
    try (var next = EmbeddedPostgres.start(folder, 0, PASSWORD)) {
      assertEquals("1", query(next, "SELECT 1"));
      if (!url.equals(next.jdbcUrl())) {
        assertThrows(
            SQLException.class,
            () -> DriverManager.getConnection(url, EmbeddedPostgres.USER, PASSWORD));
      }
    }
  }

  /** The other process: starts the server, says where, and waits to be killed. */
  static final class LeaveBehind {
    private LeaveBehind() {}

    public static void main(String[] arguments) throws IOException {
      var server = EmbeddedPostgres.start(Path.of(arguments[0]), 0, PASSWORD);
      System.out.println(server.jdbcUrl());
      int end = System.in.read();
      System.exit(end);
    }
  }

  private Process startInAnotherProcess() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            LeaveBehind.class.getName(),
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static String readUrl(Process process) throws IOException {
    var lines = process.inputReader();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("jdbc:")) {
        return line;
      }
    }
    throw new IOException("the other process ended before its server was up");
  }

  private static String show(EmbeddedPostgres server, String setting) throws SQLException {
    return query(server, "SHOW " + setting);
  }

  private static String query(EmbeddedPostgres server, String sql) throws SQLException {
    try (Connection connection = connect(server);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      assertTrue(rows.next());
      return rows.getString(1);
    }
  }

  private static Connection connect(EmbeddedPostgres server) throws SQLException {
    return DriverManager.getConnection(server.jdbcUrl(), EmbeddedPostgres.USER, PASSWORD);
  }
}

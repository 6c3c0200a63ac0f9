package org.firstpass.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.firstpass.dicom.StorageScu;
import org.firstpass.failure.ReasonCode;
import org.firstpass.testing.Deadline;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What a person at a terminal meets. */
class CommandLineTest {
  private static final int WRONG_USE = 2;
  private static final int SLICES = 44;
  private static final int TERMINATED = 143;
  private static final String UNKNOWN_SERIES = "1.2.3.4";
  private static final String PASSWORD = "only for a test, and long";

  @TempDir Path folder;

  @Test
  void everyCommandHasHelp() {
    List<List<String>> commands = commands();
    assertTrue(commands.size() > 12, commands::toString);
    for (List<String> command : commands) {
      CommandLineRun run = CommandLineRun.of(with(command, "--help"));
      assertEquals(0, run.status(), () -> command + run.err());
      assertTrue(
          run.out().startsWith(("Usage: firstpass " + String.join(" ", command)).strip()),
          run::out);
    }
  }

  @Test
  void aWrongOptionIsSaidToBeWrong() {
    for (List<String> command : commands()) {
      CommandLineRun run = CommandLineRun.of(with(command, "--no-such-option"));
      assertEquals(WRONG_USE, run.status(), command::toString);
      assertTrue(run.err().contains("Usage: firstpass"), run::err);
    }
  }

  @Test
  void whereNothingRunsOneLineSaysHowToStartIt() {
    String state = folder.toString();
    for (String[] command :
        List.of(
            new String[] {"status", "--state", state},
            new String[] {"explain", "--state", state, UNKNOWN_SERIES},
            new String[] {"route", "explain", "--state", state, UNKNOWN_SERIES},
            new String[] {"worker", "--state", state})) {
      requireOneLine(CommandLineRun.of(command), "firstpass up");
    }
  }

  @Test
  void aRestartKeepsUsersTasksAndSeries() throws IOException, InterruptedException {
    Path state = folder.resolve("state");
    PhantomSeries good = PhantomSeries.write(folder, 901, SLICES);
    PhantomSeries gap = PhantomSeries.write(folder, 902, SLICES).withoutASlice();
    String password;
    try (var standalone = StandaloneProcess.start(state)) {
      requireOneLine(CommandLineRun.of("up", "--state", state.toString()), "another Firstpass");
      password = standalone.administratorPassword();
      List<Path> files = new ArrayList<>(good.files());
      files.addAll(gap.files());
      assertTrue(StorageScu.send(standalone.peer(), files, 2, done -> {}).isComplete());
      var watch = new SeriesWatch(standalone.infrastructure());
      watch.awaitEnd(good.uid());
      watch.awaitEnd(gap.uid());
      ReviewClient administrator = standalone.login("admin", password);
      administrator.post("/api/users", reader());
      requireOneTask(administrator, good);
      assertEquals(TERMINATED, standalone.end(), standalone::log);
    }
    requireOneLine(CommandLineRun.of("status", "--state", state.toString()), "firstpass up");

    try (var standalone = StandaloneProcess.start(state)) {
      requireOneTask(standalone.login("reader", PASSWORD), good);
      requireOneTask(standalone.login("admin", password), good);
      requireStatus(state, good, gap);
      requireExplanation(state, gap);
      requireRoute(state, good, gap);
    }
  }

  private static void requireStatus(Path state, PhantomSeries good, PhantomSeries gap) {
    CommandLineRun status = CommandLineRun.of("status", "--state", state.toString());
    assertEquals(0, status.status(), status::err);
    for (String line :
        List.of(
            "proposed +1",
            "refused +1",
            "failed +0",
            good.uid() + " .*proposed",
            gap.uid() + " .*refused FP1002 MISSING_SLICES")) {
      assertTrue(
          status.out().lines().anyMatch(said -> said.matches(line)), () -> line + status.out());
    }
  }

  private static void requireExplanation(Path state, PhantomSeries gap) {
    CommandLineRun told =
        CommandLineRun.of("explain", "--state", state.toString(), gap.uid().value());
    assertEquals(0, told.status(), told::err);
    assertTrue(told.out().contains("refused FP1002 MISSING_SLICES"), told::out);
    assertTrue(told.out().contains(ReasonCode.MISSING_SLICES.advice()), told::out);
    requireOneLine(
        CommandLineRun.of("explain", "--state", state.toString(), UNKNOWN_SERIES),
        "nothing of series " + UNKNOWN_SERIES);
  }

  private static void requireRoute(Path state, PhantomSeries whole, PhantomSeries gap) {
    CommandLineRun served = route(state, whole.uid().value());
    assertEquals(0, served.status(), served::err);
    assertTrue(served.out().contains("goes to phantom-abdomen"), served::out);
    CommandLineRun refused = route(state, gap.uid().value());
    assertEquals(1, refused.status(), refused::err);
    assertTrue(refused.out().contains("goes nowhere: FP1002"), refused::out);
    requireOneLine(route(state, UNKNOWN_SERIES), "was never complete here");
  }

  private static CommandLineRun route(Path state, String series) {
    return CommandLineRun.of(
        "route",
        "explain",
        "--state",
        state.toString(),
        "--models",
        Repository.packages().toString(),
        series);
  }

  private static void requireOneTask(ReviewClient client, PhantomSeries series) {
    Deadline.await("one task waits", () -> Tasks.waiting(client, series.uid()).size() == 1);
  }

  private static ObjectNode reader() {
    ObjectNode user =
        new ObjectMapper()
            .createObjectNode()
            .put("name", "reader")
            .put("displayName", "A reader")
            .put("password", PASSWORD);
    user.putArray("roles").add("RADIOLOGIST");
    return user;
  }

  private static void requireOneLine(CommandLineRun run, String said) {
    assertEquals(1, run.status(), () -> run.out() + run.err());
    assertEquals(1, run.err().lines().count(), run::err);
    assertTrue(run.err().startsWith("firstpass: "), run::err);
    assertTrue(run.err().contains(said), run::err);
  }

  /** Each command's words, also those of commands in commands; the first is the program itself. */
  private static List<List<String>> commands() {
    List<List<String>> commands = new ArrayList<>();
    collect(Firstpass.commandLine(), List.of(), commands);
    return commands;
  }

  private static void collect(
      CommandLine command, List<String> words, List<List<String>> commands) {
    commands.add(words);
    command
        .getSubcommands()
        .forEach(
            (name, sub) -> {
              if (!name.equals("help")) {
                collect(sub, with(words, name), commands);
              }
            });
  }

  private static List<String> with(List<String> words, String word) {
    List<String> more = new ArrayList<>(words);
    more.add(word);
    return more;
  }
}

package org.firstpass.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.firstpass.event.ProposalMade;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of {@code deploy/docs/worklist.md}, run one after the other by curl. */
final class WorklistDocumentTest {
  private static final Path PAGE = Path.of("..", "deploy", "docs", "worklist.md");
  private static final Pattern EXAMPLE =
      Pattern.compile("```sh\n# (\\d{3})\n(.*?)```", Pattern.DOTALL);

  @TempDir static Path folder;

  private record Example(String status, String script) {}

  @Test
  void everyExampleIsAnsweredAsThePageSays() throws Exception {
    require("curl");
    List<Example> examples = examples();
    assertTrue(examples.size() >= 10, "the page has its examples");
    try (var room = new WorklistRoom(folder.resolve("objects"))) {
      ProposalMade proposal = room.propose("page");
      for (Example example : examples) {
        assertEquals(example.status(), run(room, proposal, example), example.script());
      }
      assertEquals(1, room.corrections(proposal.series()).size());
    }
  }

  private static List<Example> examples() throws IOException {
    var examples = new ArrayList<Example>();
    Matcher matcher = EXAMPLE.matcher(Files.readString(PAGE));
    while (matcher.find()) {
      examples.add(new Example(matcher.group(1), matcher.group(2)));
    }
    return examples;
  }

  private static String run(WorklistRoom room, ProposalMade proposal, Example example)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder("bash", "-c", example.script()).directory(folder.toFile());
    builder.environment().put("FIRSTPASS", "http://127.0.0.1:" + room.server.port());
    builder.environment().put("TOKEN", room.as("scheduler").token);
    builder.environment().put("WORKITEM", WorklistRoom.uid(proposal));
    builder.environment().put("SERIES", proposal.series().value());
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    return said.strip();
  }

  private static void require(String tool) {
    boolean found =
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(path -> Files.isExecutable(Path.of(path, tool)));
    if (Boolean.parseBoolean(System.getenv("FIRSTPASS_REQUIRE_TOOLS"))) {
      assertTrue(found, tool + " is not installed, but FIRSTPASS_REQUIRE_TOOLS is set");
    }
    Assumptions.assumeTrue(found, tool + " is not installed");
  }
}

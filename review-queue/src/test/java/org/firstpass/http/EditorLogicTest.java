package org.firstpass.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Has the editor's types checked, and runs the tests beside its sources, without a browser. */
class EditorLogicTest {
  private static final Path EDITOR = Path.of("editor");

  private record Ended(int status, String output) {}

  @BeforeAll
  static void toolsAreThere() throws IOException, InterruptedException {
    boolean required = "true".equals(System.getenv("FIRSTPASS_REQUIRE_TOOLS"));
    boolean node =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> new File(folder, "npm").canExecute());
    if (required) {
      Assertions.assertTrue(node, "Node 20 with npm is required");
    }
    Assumptions.assumeTrue(node, "Node 20 with npm is not installed");
    if (Files.isDirectory(EDITOR.resolve("node_modules"))) {
      return;
    }
    Ended installed = run("npm", "ci", "--no-audit", "--no-fund", "--prefer-offline");
    if (required) {
      assertEquals(0, installed.status(), installed.output());
    }
    Assumptions.assumeTrue(
        installed.status() == 0, "the editor's test tools cannot be had: " + installed.output());
  }

  @Test
  void theTypesHold() throws IOException, InterruptedException {
    Ended checked = run("npm", "run", "--silent", "check");
    assertEquals(0, checked.status(), checked.output());
  }

  @Test
  void theTestsOfTheEditorPass() throws IOException, InterruptedException {
    Ended tested = run("npm", "run", "--silent", "test");
    assertEquals(0, tested.status(), tested.output());
  }

  private static Ended run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(EDITOR.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }
}

package org.firstpass.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Runs {@code src/test/js}: the page's geometry and windows, without a browser. */
class PageLogicTest {

  @Test
  void thePagesLogicPassesItsOwnTests() throws IOException, InterruptedException {
    boolean there =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> new File(folder, "node").canExecute());
    if ("true".equals(System.getenv("FIRSTPASS_REQUIRE_TOOLS"))) {
      Assertions.assertTrue(there, "node 20 is required");
    }
    Assumptions.assumeTrue(there, "node is not installed");
    Process node =
        new ProcessBuilder("node", "--test", "src/test/js/").redirectErrorStream(true).start();
    String output = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(node.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, node.exitValue(), output);
    assertTrue(output.contains("pass 10"), output);
  }
}

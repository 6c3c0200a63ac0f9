package org.firstpass.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine itself, in its process. */
final class FuzzProcessTest {
  @TempDir Path folder;

  @Test
  void theEngineMeetsAPlantedFaultAndKeepsTheInputThatShowsIt() throws Exception {
    var process = new FuzzProcess(new PlantedFault(), folder, PlantedFault.Entry.class);
    assertNotEquals(0, process.run(2_000_000, 1), this::log);
    List<Path> findings;
    try (var files = Files.list(folder.resolve("findings"))) {
      findings = files.toList();
    }
    assertEquals(1, findings.size(), this::log);
    byte[] input = Files.readAllBytes(findings.get(0));
    assertTrue(input.length > 5 && input[3] == 'M' && input[4] == 'x');
  }

  @Test
  void aRunGoesOnWhereTheLastOneStopped() throws Exception {
    FuzzTarget target = Targets.named("multipart");
    assertEquals(0, new FuzzProcess(target, folder).run(500, 1), this::log);
    long first = new FuzzProcess(target, folder).tally().inputs();
    assertTrue(first >= 500, first + " inputs");
    assertEquals(0, new FuzzProcess(target, folder).run(first, 1));
    assertEquals(first, new FuzzProcess(target, folder).tally().inputs());
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("log"));
    } catch (java.io.IOException e) {
      return "no log: " + e;
    }
  }
}

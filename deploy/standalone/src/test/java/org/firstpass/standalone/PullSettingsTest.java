package org.firstpass.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.firstpass.pull.PullConfig;
import org.firstpass.pull.PullSources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings of fetching reach their places. */
class PullSettingsTest {
  private static final String MOVING =
      """
      {"format": 1, "sources": [
        {"name": "pacs", "retrieve": "MOVE", "project": "%s",
         "dimse": {"host": "127.0.0.1", "port": 104, "called": "PACS", "calling": "FIRSTPASS"}}]}
      """;

  @TempDir private Path folder;

  private PullConfig config(Map<String, String> chosen) {
    return Configuration.of(StateFolder.at(folder.resolve("state")), chosen).pull();
  }

  private String sources(String project) throws IOException {
    return Files.writeString(folder.resolve("sources.json"), MOVING.formatted(project)).toString();
  }

  @Test
  void byDefaultNothingIsFetched() {
    PullConfig config = config(Map.of());
    assertEquals(PullSources.NONE, config.sources());
    assertEquals(200, config.mostUnfinished());
    assertEquals(4L << 30, config.leastFree());
  }

  @Test
  void everyKeyReachesItsPlace() throws IOException {
    PullConfig config =
        config(
            Map.of(
                "pull.sources", sources("default"),
                "pull.unfinished", "7",
                "gateway.min-free", "1GiB"));
    assertEquals("pacs", config.sources().sources().get(0).title());
    assertEquals(7, config.mostUnfinished());
    assertEquals(2L << 30, config.leastFree());
  }

  @Test
  void whatCannotWorkIsNamedBeforeAnythingStarts() throws IOException {
    Map<String, String> chosen = Map.of("pull.sources", sources("liver"));
    var refusal = assertThrows(CommandFailed.class, () -> config(chosen));
    assertTrue(String.valueOf(refusal.getMessage()).contains("'liver'"), refusal.getMessage());
    Map<String, String> missing = Map.of("pull.sources", folder.resolve("none.json").toString());
    assertThrows(CommandFailed.class, () -> config(missing));
  }
}

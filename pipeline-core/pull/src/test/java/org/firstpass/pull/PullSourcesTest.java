package org.firstpass.pull;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.firstpass.study.ProjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PullSourcesTest {
  private static final String WHOLE =
      """
      {
        "format": 1,
        "sources": [
          {
            "name": "pacs",
            "dimse": {"host": "pacs.example", "port": 104, "called": "PACS", "calling": "FIRSTPASS"},
            "retrieve": "MOVE",
            "timeout": "2m",
            "concurrency": 2,
            "backfill": {
              "studiesPerMinute": 6,
              "instancesPerMinute": 600,
              "hours": [{"days": ["MONDAY"], "from": "19:00", "to": "06:00"}],
              "zone": "Europe/Berlin"
            }
          },
          {"name": "archive", "web": {"url": "http://archive.example/dicom-web"}, "project": "research"}
        ],
        "priors": [
          {
            "name": "abdomen",
            "when": {"projects": ["default"], "modalities": ["CT"]},
            "source": "pacs",
            "modalities": ["CT"],
            "bodyParts": ["ABDOMEN"],
            "most": 2,
            "notOlderThan": "P5Y"
          }
        ]
      }
      """;

  @TempDir private Path folder;

  private PullSources read(String json) {
    try {
      return PullSources.read(Files.writeString(folder.resolve("sources.json"), json));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void everyFieldIsRead() {
    PullSources sources = read(WHOLE);
    PullSource pacs = sources.find("pacs").orElseThrow();
    assertTrue(pacs.moves());
    assertEquals(2, pacs.workers());
    assertEquals(Duration.ofMinutes(2), pacs.limit());
    assertEquals(Duration.ofSeconds(10), pacs.limits().perStudy());
    assertEquals(Duration.ofSeconds(3), pacs.limits().perInstances(30));
    assertEquals(
        Optional.of(Instant.parse("2026-01-05T18:00:00Z")),
        pacs.limits().opens(Instant.parse("2026-01-05T12:00:00Z")));
    assertEquals(new ProjectName("research"), sources.find("archive").orElseThrow().target());
    PriorRule rule = sources.rules().get(0);
    assertEquals(PriorRule.PRIORS, rule.target());
    assertEquals(LocalDate.of(2021, 6, 1), rule.oldest(LocalDate.of(2026, 6, 1)));
    assertTrue(rule.holds(ProjectName.DEFAULT, "CT"));
    assertTrue(!rule.holds(ProjectName.DEFAULT, "MR"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "called": "PACS"        | "caled": "PACS"         | sources[0].dimse
          "retrieve": "MOVE",     |                         | retrieve with dimse
          "timeout": "2m"         | "timeout": "soon"       | timeout must be a duration
          "concurrency": 2        | "concurrency": 9        | concurrency is 1 to 8
          "studiesPerMinute": 6   | "studiesPerMinute": 0   | studiesPerMinute is 1
          "from": "19:00"         | "from": "7 pm"          | sources[0].backfill.hours[0]
          "Europe/Berlin"         | "Europe/Nowhere"        | zone must be a time zone
          "name": "archive"       | "name": "pacs"          | two sources have the name
          "source": "pacs"        | "source": "nowhere"     | which there is not
          "notOlderThan": "P5Y"   | "notOlderThan": "5 yr"  | notOlderThan must be a period
          "most": 2               | "most": 0               | most is 1 to 50
          "format": 1             | "format": 2             | format of sources must be 1
          """)
  void whatIsWrongIsNamed(String right, String wrong, String complaint) {
    String json = WHOLE.replace(right, wrong == null ? "" : wrong);
    var refusal = assertThrows(IllegalArgumentException.class, () -> read(json));
    assertTrue(
        String.valueOf(refusal.getMessage()).contains(complaint), () -> refusal.getMessage());
  }

  @Test
  void anArchiveThatMovesNeedsAnAeTitleForEachProject() {
    PullSources sources = read(WHOLE);
    var titles = Map.of("FIRSTPASS", ProjectName.DEFAULT);
    var refusal =
        assertThrows(IllegalArgumentException.class, () -> new PullConfig(sources, titles, 0, 1));
    assertTrue(String.valueOf(refusal.getMessage()).contains("'priors'"));
    new PullConfig(
        sources, Map.of("FIRSTPASS", ProjectName.DEFAULT, "FP_P", PriorRule.PRIORS), 0, 1);
  }
}

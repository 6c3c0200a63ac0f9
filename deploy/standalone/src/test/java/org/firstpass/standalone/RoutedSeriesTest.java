package org.firstpass.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.firstpass.failure.ReasonCode;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.testing.Deadline;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A site's rules decide, and everybody can see why. */
@ExtendWith(ModelsInstallation.One.class)
class RoutedSeriesTest {
  @TempDir Path folder;

  @Test
  void aRuleThatNamesTwoPackagesMakesTwoTasks(ModelsInstallation on) throws IOException {
    on.bring(folder, "way-one", "1.0.0", "two-ways", SmallNetwork.threshold(0));
    on.bring(folder, "way-two", "1.0.0", "two-ways", SmallNetwork.threshold(60));
    SmallSeries series = SmallSeries.write(folder, "two-ways of one");
    assertTrue(on.up().send(series.files()).isComplete());
    on.up().watch().awaitEnd(series.uid());
    ReviewClient reader = on.up().administrator();
    Deadline.await("it has two tasks", () -> Tasks.waiting(reader, series.uid()).size() == 2);
    Set<String> packages = new TreeSet<>();
    for (JsonNode waiting : Tasks.waiting(reader, series.uid())) {
      JsonNode task = reader.get("/api/tasks/" + waiting.path("id").asText());
      packages.add(task.path("package").path("name").asText());
      assertEquals("both", task.path("route").path("rule").asText(), task::toString);
      assertEquals("double", task.path("route").path("protocol").asText());
      assertEquals(7, task.path("route").path("priority").asInt());
    }
    assertEquals(Set.of("way-one", "way-two"), packages);
    JsonNode route = route(reader, series.uid());
    assertEquals("both", route.path("rule").asText(), route::toString);
    assertEquals(2, route.path("packages").size());
    for (String subject : List.of(series.uid().value(), folder.toString())) {
      String story = explain(on, subject).out();
      assertTrue(story.contains("rule 'both': meets it"), story);
      assertTrue(story.contains("goes to way-one 1.0.0 and way-two 1.0.0"), story);
      assertTrue(story.contains("protocol double, priority 7"), story);
    }
  }

  @Test
  void whatARuleRefusesEndsWithItsCodeAndItsStory(ModelsInstallation on) throws IOException {
    SmallSeries series = SmallSeries.write(folder, "unwanted phantom");
    assertTrue(on.up().send(series.files(), "UNWANTED").isComplete());
    assertEquals(ReasonCode.ROUTED_NOWHERE, on.reason(series));
    String told = on.command("explain", series.uid().value()).out();
    assertTrue(told.contains("FP1022 ROUTED_NOWHERE"), told);
    assertTrue(told.contains("not from there"), told);
    CommandLineRun explained = explain(on, series.uid().value());
    assertEquals(1, explained.status());
    assertTrue(explained.out().contains("goes nowhere: FP1022"), explained::out);
    JsonNode route = route(on.up().administrator(), series.uid());
    assertEquals("FP1022", route.path("refused").asText(), route::toString);
    // Sent by another one it is served.
    CommandLineRun another = explain(on, folder.toString());
    assertTrue(another.out().contains("goes to phantom-abdomen"), another::out);
  }

  private static JsonNode route(ReviewClient reader, SeriesInstanceUid series) {
    String path = "/api/series/" + series + "/route";
    Deadline.await("the route is kept", () -> reader.find(path).isPresent());
    return reader.get(path);
  }

  private static CommandLineRun explain(ModelsInstallation on, String subject) {
    return on.command("route", "explain", subject, "--rules", on.rules().toString());
  }
}

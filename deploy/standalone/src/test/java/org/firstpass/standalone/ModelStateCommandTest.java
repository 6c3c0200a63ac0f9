package org.firstpass.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.firstpass.model.ModelCatalogue;
import org.firstpass.testing.Deadline;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What versions of packages do, decided at a terminal while everything runs. */
@ExtendWith(OneInstallation.class)
class ModelStateCommandTest {
  private static final String NAME = "phantom-abdomen";

  private final TestInstallation installation;
  private final String version;

  ModelStateCommandTest(TestInstallation installation) {
    this.installation = installation;
    this.version =
        ModelCatalogue.load(List.of(Repository.packages())).served().stream()
            .filter(each -> each.manifest().name().equals(NAME))
            .map(each -> each.manifest().version())
            .findFirst()
            .orElseThrow();
  }

  @BeforeEach
  @AfterEach
  void serves() {
    assertEquals(0, model("serve", NAME, version, "--by", "tester").status());
    awaitState("serving");
  }

  @Test
  void theRunningWorkerFollowsADecisionWithoutARestart() {
    assertEquals(0, model("retire", NAME, version).status());
    awaitState("retired");
    CommandLineRun states = model("states");
    assertEquals(0, states.status(), states::err);
    assertTrue(
        states.out().lines().anyMatch(line -> line.startsWith(NAME) && line.contains("retired")),
        states::out);
  }

  @Test
  void aCanaryNeedsAShareThatMakesSense() {
    assertEquals(0, model("canary", NAME, version, "--share", "0.25").status());
    awaitState("canary");
    CommandLineRun wrong = model("canary", NAME, version, "--share", "1.5");
    assertEquals(1, wrong.status());
    assertTrue(wrong.err().contains("--share is above 0 and at most 1"), wrong::err);
  }

  @Test
  void aVersionThatNoFolderHasIsRefusedWithThoseThatAreThere() {
    CommandLineRun wrong = model("serve", NAME, "99.0.0");
    assertEquals(1, wrong.status());
    assertTrue(wrong.err().contains("no model folder has " + NAME + " 99.0.0"), wrong::err);
    assertTrue(wrong.err().contains(version), wrong::err);
  }

  @Test
  void whoDecidedIsTold() {
    CommandLineRun states = model("states");
    assertTrue(
        states.out().lines().anyMatch(line -> line.startsWith(NAME) && line.contains("by tester")),
        states::out);
  }

  private CommandLineRun model(String... words) {
    List<String> all = new ArrayList<>(List.of("model"));
    all.addAll(List.of(words));
    all.addAll(
        List.of(
            "--state",
            installation.state().toString(),
            "--models",
            Repository.packages().toString()));
    return CommandLineRun.of(all);
  }

  private void awaitState(String state) {
    Deadline.await(NAME + " is " + state, () -> state.equals(stateHere()));
  }

  private String stateHere() {
    try {
      String json = Web.get(installation.standalone().address().resolve("/models").toString());
      for (JsonNode each : new ObjectMapper().readTree(json)) {
        if (each.path("name").asText().equals(NAME)
            && each.path("version").asText().equals(version)) {
          return each.path("state").asText();
        }
      }
      return "";
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}

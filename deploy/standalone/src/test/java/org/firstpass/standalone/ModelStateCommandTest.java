package org.firstpass.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.firstpass.event.ModelState;
import org.firstpass.event.ModelStateChanged;
import org.firstpass.gate.DecisionJson;
import org.firstpass.gate.GateWaiver;
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
  private static final String PASSWORD = "correct horse battery staple";

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
    CommandLineRun run = waived("serve", NAME, version);
    assertEquals(0, run.status(), run::err);
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
    assertEquals(0, waived("canary", NAME, version, "--share", "0.25").status());
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
        states
            .out()
            .lines()
            .anyMatch(line -> line.startsWith(NAME) && line.contains("by admin without the gate")),
        states::out);
  }

  @Test
  void nothingServesWithoutTheGateUnlessSomebodyWhoMaySignsAndSaysWhy() {
    int before = told().size();
    for (String command : List.of("serve", "canary")) {
      List<String> words = new ArrayList<>(List.of(command, NAME, version));
      if (command.equals("canary")) {
        words.addAll(List.of("--share", "0.5"));
      }
      assertRefused("the gate was not asked", words, List.of());
      assertRefused("somebody has to sign", words, List.of("--without-gate", "in a hurry"));
      assertRefused("user or password is wrong", words, signed("admin", "not it"));
      assertRefused("a decision is signed by one of", words, signed(user("ML_ENGINEER"), PASSWORD));
    }
    assertEquals(before, told().size());

    assertEquals(0, waived("serve", NAME, version).status());
    ModelStateChanged last = told().get(told().size() - 1);
    assertEquals(ModelState.SERVING, last.state());
    assertEquals("admin", last.decidedBy());
    assertNull(last.decision(), "the gate decided nothing");
    GateWaiver waiver =
        DecisionJson.readWaiver(
            installation.infrastructure().objects().read(last.waiver().digest()));
    assertEquals("the first of its kind", waiver.reason());
    assertEquals("admin", waiver.signer().user());
    assertEquals(version, waiver.admitted().version());
    ReviewClient auditor =
        ReviewClient.login(installation.standalone().address(), user("AUDITOR"), PASSWORD);
    assertTrue(auditor.get("/api/audit").toString().contains("MODEL_GATE_WAIVED"));
  }

  private void assertRefused(String why, List<String> command, List<String> more) {
    List<String> words = new ArrayList<>(command);
    words.addAll(more);
    CommandLineRun run = model(words.toArray(String[]::new));
    assertEquals(1, run.status(), run::out);
    assertTrue(run.err().contains(why), run::err);
  }

  private List<String> signed(String user, String password) {
    return Waiver.words(user, Waiver.password(installation, password), "in a hurry");
  }

  /** A new user with one role. */
  private String user(String role) {
    String name = "user-" + UUID.randomUUID();
    ObjectNode user = new ObjectMapper().createObjectNode().put("name", name);
    user.put("displayName", name).put("password", PASSWORD).putArray("roles").add(role);
    installation.administrator().post("/api/users", user);
    return name;
  }

  private List<ModelStateChanged> told() {
    return ModelDecisions.all(installation.infrastructure().stream());
  }

  private CommandLineRun waived(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(Waiver.words(installation));
    return model(all.toArray(String[]::new));
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

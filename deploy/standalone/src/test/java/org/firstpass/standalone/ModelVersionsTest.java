package org.firstpass.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.ShadowProposalMade;
import org.firstpass.testing.Deadline;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Versions come, go and go back while the standalone runs, and each series meets one of them. */
@ExtendWith(ModelsInstallation.One.class)
class ModelVersionsTest {
  private static final Pattern UP = Pattern.compile("Worker up; metrics on port (\\d+)");

  @TempDir Path folder;

  @Test
  void theFirstServesTheNextOneOnlyIfSomebodySaysSoAndOneCommandGoesBack(ModelsInstallation on)
      throws IOException {
    on.bring(folder, "swapped", "1.0.0", "swapped", SmallNetwork.threshold(-500));
    assertEquals("1.0.0", version(on.propose(series("swapped first"))));
    assertStates(on, "swapped 1\\.0\\.0 +serving +serving since \\S+ as the first of its name,");
    on.bring(
        SmallPackage.make(folder, "swapped", "1.1.0", "swapped", SmallNetwork.threshold(60)),
        "registered");
    assertEquals("1.0.0", version(on.propose(series("swapped unasked"))));
    on.decide("serve", "swapped", "1.1.0");
    on.await("swapped", "1.1.0", "serving");
    assertEquals("1.1.0", version(on.propose(series("swapped second"))));
    on.decide("rollback", "swapped");
    on.await("swapped", "1.0.0", "serving");
    assertStates(on, "swapped 1\\.1\\.0 +retired +retired since \\S+ by ");
    assertEquals("1.0.0", version(on.propose(series("swapped third"))));
  }

  @Test
  void aCanaryHasItsShareAndAShadowRunsBesideAndIsShownToNobody(ModelsInstallation on)
      throws IOException {
    on.bring(folder, "aside", "1.0.0", "aside", SmallNetwork.threshold(-500));
    on.decide("serve", "aside", "1.0.0");
    on.bring(
        SmallPackage.make(folder, "aside", "1.1.0", "aside", SmallNetwork.threshold(60)),
        "registered");
    on.decide("canary", "aside", "1.1.0", "--share", "1");
    on.await("aside", "1.1.0", "canary");
    assertEquals("1.1.0", version(on.propose(series("aside canary"))));
    on.decide("shadow", "aside", "1.1.0");
    on.await("aside", "1.1.0", "shadow");
    SmallSeries shadowed = series("aside shadow");
    assertEquals("1.0.0", version(on.propose(shadowed)));
    Deadline.await(
        "the shadow has told", () -> !on.told(shadowed.uid(), ShadowProposalMade.class).isEmpty());
    ShadowProposalMade shadow = on.told(shadowed.uid(), ShadowProposalMade.class).get(0);
    assertEquals("1.1.0", shadow.modelPackage().version());
    double dice = shadow.agreement().get(0).dice();
    assertTrue(dice > 0 && dice < 0.9, "the versions mark different things, but agree by " + dice);
    assertEquals(1, Tasks.waiting(on.up().administrator(), shadowed.uid()).size());
  }

  @Test
  void aPackageThatDoesNotHoldIsRefusedWithItsReasonAndTheOthersGoOn(ModelsInstallation on)
      throws IOException {
    on.bring(folder, "sound", "1.0.0", "sound", SmallNetwork.threshold(0));
    SmallPackage damaged =
        SmallPackage.make(folder, "sound", "2.0.0", "sound", SmallNetwork.threshold(1));
    Files.write(damaged.folder().resolve("model.onnx"), SmallNetwork.threshold(2));
    damaged.copyTo(on.models());
    awaitReason(on, "FP3001 sound 2.0.0: model.onnx must have SHA-256");
    Path unreadable = Files.createDirectories(on.models().resolve("unreadable/1.0.0"));
    Files.writeString(unreadable.resolve("manifest.json"), "{\"format\": 1}");
    awaitReason(on, "manifest.json: name must match");
    JsonNode health = health(on);
    assertTrue(health.path("healthy").asBoolean(), health::toString);
    assertFalse(health.path("sound").path("packages").asBoolean(true), health::toString);
    assertEquals("1.0.0", version(on.propose(series("sound still"))));
    assertTrue(on.command("model", "states").out().contains("broken: "));
  }

  @Test
  void aWorkerThatIsAddedServesTheSamePackages(ModelsInstallation on)
      throws IOException, InterruptedException {
    on.bring(folder, "for-all", "1.0.0", "for-all", SmallNetwork.threshold(0));
    String state = on.up().state().toString();
    try (var second =
        FirstpassProcess.start(folder.resolve("worker.log"), "worker", "--state", state)) {
      second.await("it is up", Duration.ofMinutes(2), () -> second.printed(UP).isPresent());
      String page = Web.get("http://127.0.0.1:" + second.printed(UP).orElseThrow() + "/models");
      assertTrue(page.contains("\"for-all\""), page);
    }
  }

  private static void assertStates(ModelsInstallation on, String line) {
    String states = on.command("model", "states").out();
    assertTrue(Pattern.compile("(?m)^" + line).matcher(states).find(), states);
  }

  private static void awaitReason(ModelsInstallation on, String words) {
    Deadline.await(
        "a package is refused with the reason " + words,
        () -> on.page().findValuesAsText("reason").stream().anyMatch(why -> why.contains(words)));
  }

  private static JsonNode health(ModelsInstallation on) {
    return on.up().administrator().get("/health");
  }

  private SmallSeries series(String description) throws IOException {
    return SmallSeries.write(folder, description);
  }

  private static String version(ProposalMade proposal) {
    return proposal.modelPackage().version();
  }
}

package org.firstpass.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.firstpass.event.ModelState;
import org.firstpass.event.ModelStateChanged;
import org.firstpass.sample.SampleManifest;
import org.firstpass.study.Sha256;
import org.firstpass.study.StudyInstanceUid;
import org.junit.jupiter.api.Test;

final class ServedPackagesTest {
  private static final Instant START = Instant.parse("2026-11-02T09:00:00Z");

  private final List<ModelStateChanged> decisions = new ArrayList<>();

  @Test
  void asLongAsNobodySaysAnythingTheNewestVersionServes() {
    assertEquals("2.0.0", serving("1.9.0", "2.0.0", "1.10.0"));
  }

  @Test
  void theVersionThatWasLastToldToServeServes() {
    decide("1.0.0", ModelState.SERVING, 0);
    decide("2.0.0", ModelState.SERVING, 0);
    assertEquals("2.0.0", serving("1.0.0", "2.0.0", "3.0.0"));
    decide("1.0.0", ModelState.SERVING, 0);
    assertEquals("1.0.0", serving("1.0.0", "2.0.0", "3.0.0"), "going back is one decision");
  }

  @Test
  void ifItCannotRunHereTheOneBeforeItServesAndNeverOneThatNobodyChose() {
    decide("1.0.0", ModelState.SERVING, 0);
    decide("2.0.0", ModelState.SERVING, 0);
    assertEquals("1.0.0", serving("1.0.0", "3.0.0"));
    assertEquals("", serving("3.0.0"));
  }

  @Test
  void whatIsOnlyRegisteredLeavesThePlaceOfTheFirstOfItsName() {
    decide("2.0.0", ModelState.REGISTERED, 0);
    ServedPackages served = served("1.0.0", "2.0.0");
    assertEquals("1.0.0", version(served.serving()));
    assertEquals("1.0.0", version(served.unsaid()));
  }

  @Test
  void afterTheFirstOfItsNameANewerOneIsGivenNothingUntilSomebodySaysSo() {
    first("1.0.0");
    ServedPackages served = served("1.0.0", "2.0.0");
    assertEquals("1.0.0", version(served.serving()));
    assertTrue(served.unsaid().isEmpty());
    assertEquals(ModelState.REGISTERED, served.versions().get(0).state());
    decide("2.0.0", ModelState.SERVING, 0);
    assertEquals("2.0.0", serving("1.0.0", "2.0.0"));
    decide("2.0.0", ModelState.RETIRED, 0);
    assertEquals("1.0.0", serving("1.0.0", "2.0.0", "3.0.0"), "the first serves again");
  }

  @Test
  void whenTheFirstIsTakenAwayNothingServesUnasked() {
    first("1.0.0");
    for (ModelState state : List.of(ModelState.RETIRED, ModelState.SHADOW)) {
      decide("1.0.0", state, 0);
      assertEquals("", serving("1.0.0", "2.0.0"), state::name);
    }
  }

  @Test
  void whatAPersonSaidCountsBeforeAFirstThatIsToldLater() {
    decide("1.0.0", ModelState.SERVING, 0);
    decide("3.0.0", ModelState.RETIRED, 0);
    first("2.0.0");
    first("3.0.0");
    assertEquals("1.0.0", serving("1.0.0", "2.0.0", "3.0.0"));
    assertEquals(ModelState.RETIRED, served("3.0.0").versions().get(0).state());
  }

  @Test
  void aRetiredVersionIsGivenNothingNotEvenByName() {
    decide("1.0.0", ModelState.RETIRED, 0);
    ServedPackages served = served("1.0.0");
    assertTrue(served.serving().isEmpty());
    assertTrue(served.available().isEmpty());
    assertTrue(served.find("sample", "1.0.0").isEmpty());
    assertEquals(1, served.versions().size());
  }

  @Test
  void aCanaryHasItsShareOfTheStudiesAlwaysTheSameOnes() {
    decide("1.0.0", ModelState.SERVING, 0);
    decide("2.0.0", ModelState.CANARY, 0.25);
    decide("3.0.0", ModelState.CANARY, 0.1);
    ServedPackages served = served("1.0.0", "2.0.0", "3.0.0");
    int[] counts = new int[4];
    for (int study = 0; study < 10_000; study++) {
      String version = version(served.servedTo(study(study)));
      counts[version.charAt(0) - '0']++;
      assertEquals(version, version(served("3.0.0", "2.0.0", "1.0.0").servedTo(study(study))));
    }
    assertEquals(6500, counts[1], 200);
    assertEquals(2500, counts[2], 200);
    assertEquals(1000, counts[3], 150);
  }

  @Test
  void aCanaryThatCannotRunKeepsItsShareSoThatNoOtherStudyChangesItsVersion() {
    decide("1.0.0", ModelState.SERVING, 0);
    decide("2.0.0", ModelState.CANARY, 0.25);
    decide("3.0.0", ModelState.CANARY, 0.1);
    ServedPackages all = served("1.0.0", "2.0.0", "3.0.0");
    ServedPackages without = served("1.0.0", "3.0.0");
    for (int study = 0; study < 1000; study++) {
      String before = version(all.servedTo(study(study)));
      String expected = before.equals("2.0.0") ? "1.0.0" : before;
      assertEquals(expected, version(without.servedTo(study(study))));
    }
  }

  @Test
  void theOrderInWhichDecisionsAreToldDoesNotMatter() {
    decide("1.0.0", ModelState.SERVING, 0);
    decide("2.0.0", ModelState.SHADOW, 0);
    decide("2.0.0", ModelState.SERVING, 0);
    decide("1.0.0", ModelState.RETIRED, 0);
    for (int seed = 0; seed < 20; seed++) {
      Collections.shuffle(decisions, new Random(seed));
      assertEquals("2.0.0", serving("1.0.0", "2.0.0"), "seed " + seed);
    }
  }

  private void decide(String version, ModelState state, double share) {
    decisions.add(
        new ModelStateChanged(
            UUID.randomUUID(),
            START.plusSeconds(decisions.size()),
            "sample",
            version,
            state,
            share,
            "tester"));
  }

  private void first(String version) {
    decisions.add(
        ModelStateChanged.firstOfItsName(
            model(version).reference(), START.plusSeconds(decisions.size())));
  }

  private String serving(String... versions) {
    return version(served(versions).serving());
  }

  private ServedPackages served(String... versions) {
    return ServedPackages.of(
        Arrays.stream(versions).map(ServedPackagesTest::model).toList(), ModelStates.of(decisions));
  }

  private static String version(List<ModelPackage> one) {
    return one.isEmpty() ? "" : one.get(0).manifest().version();
  }

  private static ModelPackage model(String version) {
    return new ModelPackage(
        Path.of(version),
        new SampleManifest().version(version).draft(),
        Sha256.of(version.getBytes(StandardCharsets.UTF_8)));
  }

  private static StudyInstanceUid study(int number) {
    return new StudyInstanceUid("1.2.840." + number);
  }
}

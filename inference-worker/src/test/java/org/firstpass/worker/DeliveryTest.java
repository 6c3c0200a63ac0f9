package org.firstpass.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.firstpass.event.FirstpassEvent;
import org.firstpass.event.ModelState;
import org.firstpass.event.ModelStateChanged;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.ProposalFailed;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.ProposalRefused;
import org.firstpass.event.ProposalStarted;
import org.firstpass.event.RouteTaken;
import org.firstpass.event.SeriesArrived;
import org.firstpass.event.ShadowProposalMade;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.geometry.GridSize;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.ModelPackage;
import org.firstpass.routing.RoutingRules;
import org.firstpass.sample.SampleManifest;
import org.firstpass.sample.SamplePackage;
import org.firstpass.sample.TinyNetwork;
import org.firstpass.store.FileObjectStore;
import org.firstpass.volume.LabelMapCodec;
import org.firstpass.volume.ProbabilityMapCodec;
import org.firstpass.volume.UncertaintyMapCodec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several packages per series, rules, first models, shadows, quarantine: what is told of them. */
final class DeliveryTest {
  private static final String SECRET = "words of a header";

  private static FileObjectStore store;
  private static SeriesArrived event;

  @TempDir private Path packages;

  @BeforeAll
  static void series(@TempDir Path folder) {
    store = new FileObjectStore(folder);
    event = SampleArrival.stored(store, "401", SampleArrival.block(), SECRET);
  }

  @Test
  void beforeTheNetworkRunsItIsToldThatItBeginsAndForHowLong() {
    threshold("one", 0);
    try (var arrivals = new HandledArrivals(store, packages)) {
      arrivals.handler().handle(event, 1);
      arrivals.handler().handle(event, 2);
      List<FirstpassEvent> told = arrivals.told();
      ProposalStarted first = assertInstanceOf(ProposalStarted.class, told.get(0));
      assertInstanceOf(ProposalMade.class, told.get(1));
      ProposalStarted again = assertInstanceOf(ProposalStarted.class, told.get(2));
      assertEquals(first.id(), again.id());
      assertEquals("cpu", first.device());
      assertNotNull(again.expectedMillis(), "the first run was measured");
    }
  }

  @Test
  void aProposalTellsRouteDeviceAndWhereTheNetworkWasUnsure() {
    threshold("one", 0);
    try (var arrivals = new HandledArrivals(store, packages)) {
      arrivals.handler().handle(event, 1);
      ProposalMade made = assertInstanceOf(ProposalMade.class, arrivals.ends().get(0));
      assertEquals("cpu", made.notes().device());
      ObjectReference map = made.notes().uncertaintyMap();
      assertNotNull(map);
      GridSize size = SampleArrival.GRID.size();
      assertEquals(
          size.voxels(), UncertaintyMapCodec.decode(store.read(map.digest()), size).length);
      assertEquals(size.slices(), made.notes().sliceUncertainty().size());
      ObjectReference probabilities = made.notes().probabilityMap();
      assertNotNull(probabilities);
      var stored = new ByteArrayInputStream(store.read(probabilities.digest()));
      assertTrue(ProbabilityMapCodec.section(stored, size, 1).isPresent());
      RouteTaken route = made.notes().route();
      assertNotNull(route);
      assertNull(route.rule());
      String story = read(route.explanation());
      assertTrue(story.contains("one 1.0.0: accepts modality 'CT'"), story);
      assertTrue(story.contains(SECRET), "the story may quote headers");
      assertFalse(arrivals.told().toString().contains(SECRET), "events may not");
    }
  }

  @Test
  void aRefusalRefersToTheStoryOfItsRoute() {
    try (var arrivals = new HandledArrivals(store, packages)) {
      arrivals.handler().handle(event, 1);
      ProposalRefused refused = assertInstanceOf(ProposalRefused.class, arrivals.ends().get(0));
      assertTrue(read(refused.route()).contains("\"refused\":\"FP1006\""));
    }
  }

  @Test
  void eachPackageOfARuleMakesAProposalInItsOrderAndAFailureKeepsNoneFromIt() throws IOException {
    threshold("one", 0);
    threshold("two", 100);
    threshold("nothing", 1e6f);
    broken("broken");
    try (var arrivals = ruled("{\"packages\":[\"two\",\"broken\",\"nothing\",\"one\"]}")) {
      arrivals.handler().handle(event, 1);
      List<FirstpassEvent> ends = arrivals.ends();
      assertEquals(4, ends.size(), ends::toString);
      ProposalMade two = assertInstanceOf(ProposalMade.class, ends.get(0));
      ProposalMade one = assertInstanceOf(ProposalMade.class, ends.get(1));
      assertEquals(
          List.of("two", "one"), List.of(two.modelPackage().name(), one.modelPackage().name()));
      assertEquals("mine", two.notes().route().rule());
      ProposalFailed failed = assertInstanceOf(ProposalFailed.class, ends.get(2));
      assertEquals(ReasonCode.OUTPUT_NOT_FINITE, failed.reason());
      ProposalRefused nothing = assertInstanceOf(ProposalRefused.class, ends.get(3));
      assertEquals(ReasonCode.NOTHING_FOUND, nothing.reason());
    }
  }

  @Test
  void whereEveryPackageFailsTheSeriesFails() throws IOException {
    broken("broken");
    threshold("nothing", 1e6f);
    try (var arrivals = ruled("{\"packages\":[\"nothing\",\"broken\"]}")) {
      Defect defect = assertThrows(Defect.class, () -> arrivals.handler().handle(event, 1));
      assertEquals(ReasonCode.OUTPUT_NOT_FINITE, defect.code());
      assertEquals(1, arrivals.ends().size());
      assertInstanceOf(ProposalFailed.class, arrivals.ends().get(0));
    }
  }

  @Test
  void aFirstModelDecidesByItsFindingAndItsFindingIsToldWithTheProposal() throws IOException {
    threshold("one", 0);
    // The mean of the block in air is far below zero, so the score is nearly 0.
    SamplePackages.finder(packages, new SampleManifest().name("finder"));
    String question =
        "\"first\":{\"model\":\"finder\",\"finding\":{\"value\":\"50960005\",\"scheme\":\"SCT\","
            + "\"meaning\":\"Bleeding\"},\"score\":{\"minimum\":0.5}},";
    try (var arrivals = ruled(question, "{\"refuse\":true}", "{\"packages\":[\"one\"]}")) {
      arrivals.handler().handle(event, 1);
      ProposalMade made = assertInstanceOf(ProposalMade.class, arrivals.ends().get(0));
      assertEquals(1, made.notes().findings().size());
      assertEquals(SamplePackages.BLEEDING, made.notes().findings().get(0).code());
      assertFalse(made.notes().findings().get(0).present());
      assertTrue(read(made.notes().route().explanation()).contains("finder 1.0.0 is asked first"));
    }
  }

  @Test
  void aFirstModelDecidesByTheVolumeOfASegmentAndIsNotRunTwice() throws IOException {
    threshold("one", 0);
    String question = "\"first\":{\"model\":\"one\",\"segment\":1,\"volumeMl\":{\"minimum\":0.1}},";
    try (var arrivals = ruled(question, "{\"packages\":[\"one\"]}", "{\"refuse\":true}")) {
      arrivals.handler().handle(event, 1);
      assertInstanceOf(ProposalMade.class, arrivals.ends().get(0));
      assertEquals(
          1, arrivals.registry().get("worker.stage").tag("stage", "infer").timer().count());
    }
  }

  @Test
  void aVersionInShadowIsComparedAndNeverShown() {
    threshold("one", 0);
    version("one", "2.0.0", 1e6f);
    version("one", "3.0.0", 100);
    try (var arrivals = new HandledArrivals(store, packages)) {
      decide(arrivals, "1.0.0", ModelState.SERVING);
      decide(arrivals, "2.0.0", ModelState.SHADOW);
      decide(arrivals, "3.0.0", ModelState.SHADOW);
      arrivals.handler().handle(event, 1);
      ProposalMade made = assertInstanceOf(ProposalMade.class, arrivals.ends().get(0));
      assertEquals("1.0.0", made.modelPackage().version());
      List<ShadowProposalMade> shadows =
          arrivals.ends().stream()
              .skip(1)
              .map(each -> assertInstanceOf(ShadowProposalMade.class, each))
              .toList();
      assertEquals(
          List.of("3.0.0", "2.0.0"),
          shadows.stream().map(each -> each.modelPackage().version()).toList());
      assertEquals(1.0, shadows.get(0).agreement().get(0).dice());
      assertEquals(0.0, shadows.get(1).agreement().get(0).dice(), "it found nothing");
      assertEquals(made.modelPackage(), shadows.get(0).served());
      assertEquals(
          SampleArrival.GRID.size(),
          LabelMapCodec.decode(store.read(shadows.get(0).labels().digest())).geometry().size());
    }
  }

  @Test
  void aShadowThatFailsHarmsNoSeriesAndASwitchTurnsShadowsOff() throws IOException {
    threshold("one", 0);
    broken("one", "2.0.0");
    try (var arrivals = new HandledArrivals(store, packages)) {
      decide(arrivals, "1.0.0", ModelState.SERVING);
      decide(arrivals, "2.0.0", ModelState.SHADOW);
      arrivals.handler().handle(event, 1);
      assertEquals(1, arrivals.ends().size());
      assertInstanceOf(ProposalMade.class, arrivals.ends().get(0));
      assertEquals(
          1, arrivals.registry().get("worker.shadows").tag("outcome", "failed").timer().count());
    }
    version("one", "3.0.0", 100);
    try (var off =
        new HandledArrivals(
            store,
            packages,
            config ->
                HandledArrivals.with(
                    config,
                    new RunConfig(config.run().execution(), Long.MAX_VALUE, null, false)))) {
      decide(off, "1.0.0", ModelState.SERVING);
      decide(off, "3.0.0", ModelState.SHADOW);
      decide(off, "2.0.0", ModelState.SHADOW);
      off.handler().handle(event, 1);
      assertEquals(1, off.ends().size());
    }
  }

  @Test
  void aFailingVersionIsLeftOutAfterSomeSeriesAndThePreviousTakesOver() throws IOException {
    threshold("one", 0);
    broken("one", "2.0.0");
    try (var arrivals =
        new HandledArrivals(
            store, packages, config -> HandledArrivals.quarantineAfter(config, 2))) {
      for (int series = 0; series < 2; series++) {
        SeriesArrived each = SampleArrival.stored(store, "42" + series, SampleArrival.block());
        Defect defect = assertThrows(Defect.class, () -> arrivals.handler().handle(each, 1));
        assertEquals(ReasonCode.OUTPUT_NOT_FINITE, defect.code());
        assertInstanceOf(ProposalFailed.class, arrivals.ends().get(series));
      }
      arrivals.handler().handle(event, 1);
      ProposalMade made = assertInstanceOf(ProposalMade.class, arrivals.ends().get(2));
      assertEquals("1.0.0", made.modelPackage().version());
      assertFalse(arrivals.shelf().sound());
    }
  }

  @Test
  void aCanaryServesOneStudyTheSameVersionWhoeverWorksOnIt() {
    threshold("one", 0);
    version("one", "2.0.0", 100);
    String served = null;
    for (int worker = 0; worker < 2; worker++) {
      try (var arrivals = new HandledArrivals(store, packages)) {
        decide(arrivals, "1.0.0", ModelState.SERVING);
        arrivals.shelf().decided(decision("2.0.0", ModelState.CANARY, 0.5));
        arrivals.handler().handle(event, 1);
        ProposalMade made = assertInstanceOf(ProposalMade.class, arrivals.ends().get(0));
        assertTrue(served == null || served.equals(made.modelPackage().version()));
        served = made.modelPackage().version();
      }
    }
  }

  private void decide(HandledArrivals arrivals, String version, ModelState state) {
    arrivals.shelf().decided(decision(version, state, 0));
  }

  private static ModelStateChanged decision(String version, ModelState state, double share) {
    return new ModelStateChanged(
        UUID.randomUUID(), Instant.now(), "one", version, state, share, "tester");
  }

  private HandledArrivals ruled(String then) throws IOException {
    return ruled("", then, null);
  }

  private HandledArrivals ruled(String question, String then, String otherwise) throws IOException {
    Path file = packages.resolve("rules.json");
    Files.writeString(
        file,
        "{\"format\":1,\"rules\":[{\"name\":\"mine\",\"when\":{\"modalities\":[\"CT\"]},"
            + question
            + "\"then\":"
            + then
            + (otherwise == null ? "" : ",\"otherwise\":" + otherwise)
            + "}]}");
    RoutingRules rules = RoutingRules.read(file);
    return new HandledArrivals(
        store,
        packages,
        config ->
            new WorkerConfig(
                config.groupId(),
                config.concurrency(),
                config.lock(),
                config.run(),
                config.packages(),
                new WorkerConfig.RoutingConfig(rules, ZoneOffset.UTC)));
  }

  private ModelPackage threshold(String name, float threshold) {
    return version(name, "1.0.0", threshold);
  }

  private ModelPackage version(String name, String version, float threshold) {
    return SamplePackage.threshold(
        packages, new SampleManifest().name(name).version(version), threshold);
  }

  private void broken(String name) {
    broken(name, "1.0.0");
  }

  /** The logarithm is not a number in air, and is one for the golden input. */
  private void broken(String name, String version) {
    ModelManifest draft = new SampleManifest().name(name).version(version).draft();
    Path folder = SamplePackage.folder(packages, draft);
    TinyNetwork.writeLogarithm(
        folder.resolve(ModelManifest.MODEL_FILE), new float[] {0, 1}, new float[] {1, 50});
    SamplePackage.seal(folder, draft);
  }

  private static String read(ObjectReference object) {
    return new String(store.read(object.digest()), StandardCharsets.UTF_8);
  }
}

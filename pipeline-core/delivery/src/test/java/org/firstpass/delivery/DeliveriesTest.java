package org.firstpass.delivery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.firstpass.delivery.DeliveryLedger.Selection;
import org.firstpass.dicom.ObjectIdentity;
import org.firstpass.event.ProposalMade;
import org.firstpass.failure.ReasonCode;
import org.firstpass.peer.WebAddress;
import org.firstpass.store.FileObjectStore;
import org.firstpass.stream.EventPublisher;
import org.firstpass.stream.Topics;
import org.firstpass.study.Sha256;
import org.firstpass.testing.Deadline;
import org.firstpass.testing.TestBroker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveriesTest {
  private static final Selection FAILED = new Selection(null, true);

  @TempDir private Path folder;

  @Test
  void whatIsInTheTopicsIsDeliveredOnceHoweverOftenItIsTold() throws Exception {
    try (var broker = TestBroker.isolated();
        var publisher = new EventPublisher(broker.config(), "/firstpass/test");
        var scp = new RawScp(RawScp.Manner.HONEST);
        var fixture = new DeliveryFixture(folder);
        var deliveries = onTopics(fixture, broker, DeliveryFixture.dimse("pacs", scp))) {
      deliveries.start();
      SampleResult first = SampleResult.in(fixture.store);
      SampleResult last = SampleResult.in(fixture.store);
      publisher.publish(Topics.PROPOSALS, first.proposal());
      publisher.publish(Topics.PROPOSALS, first.proposal());
      publisher.publish(Topics.CORRECTIONS, first.correction());
      publisher.publish(Topics.CORRECTIONS, first.correction());
      // What follows in the topics shows that all before it was taken.
      publisher.publish(Topics.PROPOSALS, last.proposal());
      publisher.publish(Topics.CORRECTIONS, last.correction());
      fixture.awaitState("pacs", DeliveryState.DELIVERED, 4);
      assertEquals(4, scp.stores());
      assertEquals(
          Set.of(
              instance(fixture, first.proposal()),
              instance(fixture, last.proposal()),
              uid(fixture, first.correction().segmentation().digest()),
              uid(fixture, last.correction().segmentation().digest())),
          scp.kept());
      assertTrue(deliveries.healthy());
      assertTrue(deliveries.nothingFailed());
    }
  }

  private static Deliveries onTopics(
      DeliveryFixture fixture, TestBroker broker, Destination destination) {
    return new Deliveries(
        fixture.config(List.of(destination)),
        fixture.store,
        fixture.database,
        broker.config(),
        fixture.meters,
        fixture.clock);
  }

  @Test
  void runLengthEncodingIsLeftOutWhereItIsNotTaken() throws Exception {
    try (var plain = new RawScp(RawScp.Manner.HONEST);
        var runs = new RawScp(RawScp.Manner.HONEST);
        var fixture =
            new DeliveryFixture(folder, labelMaps("plain", plain), labelMaps("runs", runs))) {
      plain.refuse("1.2.840.10008.1.2.5");
      fixture.propose();
      fixture.awaitState("plain", DeliveryState.DELIVERED, 1);
      fixture.awaitState("runs", DeliveryState.DELIVERED, 1);
      assertEquals("1.2.840.10008.1.2.1", plain.received().get(0).transferSyntax());
      assertEquals("1.2.840.10008.1.2.5", runs.received().get(0).transferSyntax());
      assertEquals(plain.kept(), runs.kept());
    }
  }

  private static Destination labelMaps(String name, RawScp scp) {
    return new Destination(
        name,
        scp.address(),
        null,
        List.of(ObjectKind.SEG),
        null,
        SegmentationForm.LABELMAP_RLE,
        ConfirmationKind.READ_BACK,
        null,
        null,
        null,
        null);
  }

  @Test
  void aPeerThatTakesNoExplicitSyntaxGetsTheSamePixelsInImplicit() throws Exception {
    try (var scp = new RawScp(RawScp.Manner.HONEST);
        var fixture = new DeliveryFixture(folder, DeliveryFixture.dimse("pacs", scp))) {
      scp.refuse("1.2.840.10008.1.2.1");
      SampleResult result = fixture.propose();
      fixture.awaitState("pacs", DeliveryState.DELIVERED, 1);
      RawScp.Received received = scp.received().get(0);
      assertEquals("1.2.840.10008.1.2", received.transferSyntax());
      byte[] stored = fixture.store.read(result.proposal().segmentation().digest());
      assertArrayEquals(tail(stored), tail(received.dataset()));
    }
  }

  /** Of the pixel data, which comes last. */
  private static byte[] tail(byte[] object) {
    return Arrays.copyOfRange(object, object.length - 40, object.length);
  }

  @Test
  void whatBreaksTheRulesDoesNotLeaveUntilItIsMadeAnew() throws Exception {
    try (var scp = new RawScp(RawScp.Manner.HONEST);
        var fixture = new DeliveryFixture(folder, DeliveryFixture.dimse("pacs", scp))) {
      fixture.findings.add("(0062,0001) Segmentation Type is missing");
      fixture.propose();
      fixture.awaitState("pacs", DeliveryState.QUARANTINED, 1);
      Delivery held = fixture.to("pacs").get(0);
      assertEquals(ReasonCode.OBJECT_UNSOUND, held.reason());
      assertEquals("(0062,0001) Segmentation Type is missing", held.explanation());
      assertEquals(0, scp.calls());
      assertEquals(0, fixture.ledger.replay(FAILED, fixture.clock.instant()));
      fixture.findings.clear();
      assertEquals(1, fixture.ledger.replay(new Selection("pacs", false), fixture.clock.instant()));
      fixture.awaitState("pacs", DeliveryState.DELIVERED, 1);
    }
  }

  @Test
  void anObjectThatIsGoneFromTheStoreIsNotTriedForEver() throws Exception {
    try (var scp = new RawScp(RawScp.Manner.HONEST);
        var fixture = new DeliveryFixture(folder, DeliveryFixture.dimse("pacs", scp))) {
      ProposalMade lost =
          SampleResult.in(new FileObjectStore(folder.resolve("elsewhere"))).proposal();
      fixture.lanes.take(lost);
      fixture.awaitState("pacs", DeliveryState.FAILED, 1);
      assertEquals(ReasonCode.OBJECT_NOT_MADE, fixture.to("pacs").get(0).reason());
      assertEquals(0, scp.calls());
    }
  }

  private static String instance(DeliveryFixture fixture, ProposalMade proposal) {
    return uid(fixture, proposal.segmentation().digest());
  }

  private static String uid(DeliveryFixture fixture, Sha256 digest) {
    return ObjectIdentity.read(() -> fixture.store.open(digest)).instance().value();
  }

  @Test
  void whatFailedIsKeptAndReplayed() throws Exception {
    try (var scp = new RawScp(RawScp.Manner.BUSY);
        var fixture = new DeliveryFixture(folder, DeliveryFixture.dimse("pacs", scp))) {
      fixture.propose();
      fixture.useUpBudget("pacs");
      fixture.awaitState("pacs", DeliveryState.FAILED, 1);
      assertEquals(1, fixture.ledger.latest(FAILED, 10).size());
      scp.behave(RawScp.Manner.HONEST);
      assertEquals(0, fixture.ledger.replay(new Selection("other", true), fixture.clock.instant()));
      assertEquals(1, fixture.ledger.replay(new Selection("pacs", true), fixture.clock.instant()));
      fixture.awaitState("pacs", DeliveryState.DELIVERED, 1);
      assertEquals(List.of(), fixture.ledger.latest(FAILED, 10));
      assertEquals(1, scp.kept().size());
    }
  }

  @Test
  void aDestinationThatRecoversWithinItsBudgetGetsEverything() throws Exception {
    try (var scp = new RawScp(RawScp.Manner.REJECTS);
        var fixture = new DeliveryFixture(folder, DeliveryFixture.dimse("pacs", scp))) {
      fixture.propose();
      fixture.awaitAttempts("pacs", 1);
      Delivery waiting = fixture.to("pacs").get(0);
      assertEquals(DeliveryState.PENDING, waiting.state());
      Duration wait = Duration.between(fixture.clock.instant(), waiting.due());
      assertTrue(wait.compareTo(Duration.ofSeconds(10)) <= 0, wait::toString);
      assertTrue(wait.compareTo(Duration.ofSeconds(5)) >= 0, wait::toString);
      scp.behave(RawScp.Manner.HONEST);
      fixture.clock.advance(wait);
      fixture.awaitState("pacs", DeliveryState.DELIVERED, 1);
    }
  }

  @Test
  void aDestinationGetsNothingOfTheTimeBeforeItWasConfigured() throws Exception {
    try (var scp = new RawScp(RawScp.Manner.HONEST);
        var fixture = new DeliveryFixture(folder, DeliveryFixture.dimse("pacs", scp))) {
      fixture.clock.advance(Duration.ofDays(1));
      ProposalMade old = SampleResult.in(fixture.store).proposal();
      ProposalMade before = at(old, DeliveryFixture.BEGIN.minusSeconds(1));
      fixture.lanes.take(before);
      fixture.propose();
      fixture.awaitState("pacs", DeliveryState.DELIVERED, 1);
      assertEquals(1, fixture.to("pacs").size());
      assertFalse(scp.kept().contains(instance(fixture, before)));
    }
  }

  private static ProposalMade at(ProposalMade made, Instant time) {
    return new ProposalMade(
        made.id(),
        time,
        made.input(),
        made.modelPackage(),
        made.schema(),
        made.segmentation(),
        made.labels(),
        made.scores(),
        made.inferenceMillis(),
        made.notes());
  }

  @Test
  void conditionsChooseByProjectModalityAndPackage() throws Exception {
    try (var ct = new RawScp(RawScp.Manner.HONEST);
        var mr = new RawScp(RawScp.Manner.HONEST);
        var other = new RawScp(RawScp.Manner.HONEST);
        var brain = new RawScp(RawScp.Manner.HONEST);
        var fixture =
            new DeliveryFixture(
                folder,
                with(
                    ct,
                    "ct",
                    new DeliveryCondition(
                        List.of("liver"), List.of("CT"), List.of("abdomen-phantom"))),
                with(brain, "brain", new DeliveryCondition(List.of("brain"), null, null)),
                with(mr, "mr", new DeliveryCondition(null, List.of("MR"), null)),
                with(other, "other", new DeliveryCondition(null, null, List.of("lung"))))) {
      fixture.propose();
      fixture.awaitState("ct", DeliveryState.DELIVERED, 1);
      assertEquals(List.of(), fixture.to("mr"));
      assertEquals(List.of(), fixture.to("other"));
      assertEquals(List.of(), fixture.to("brain"));
    }
  }

  private static Destination with(RawScp scp, String name, DeliveryCondition condition) {
    return new Destination(
        name,
        scp.address(),
        null,
        List.of(ObjectKind.SEG),
        null,
        null,
        ConfirmationKind.READ_BACK,
        null,
        null,
        null,
        condition);
  }

  @Test
  void theAuthorizationIsReadAnewForEveryAttempt() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "Bearer old\n");
    try (var archive = new WebArchive(WebArchive.Manner.DENIES);
        var fixture =
            new DeliveryFixture(
                folder,
                DeliveryFixture.stow(
                    "web", new WebAddress(archive.url() + "/", secret.toString())))) {
      fixture.propose();
      fixture.awaitAttempts("web", 1);
      assertEquals("Bearer old", archive.authorization());
      Files.writeString(secret, "Bearer new");
      archive.behave(WebArchive.Manner.HONEST);
      fixture.clock.advance(Duration.ofMinutes(1));
      fixture.awaitState("web", DeliveryState.DELIVERED, 1);
      assertEquals("Bearer new", archive.authorization());
    }
  }

  @Test
  void metricsTellStatesAndTheAgeOfTheOldest() throws Exception {
    try (var scp = new RawScp(RawScp.Manner.REFUSES);
        var fixture = new DeliveryFixture(folder, DeliveryFixture.dimse("pacs", scp))) {
      fixture.propose();
      fixture.awaitState("pacs", DeliveryState.FAILED, 1);
      fixture.clock.advance(Duration.ofMinutes(2));
      Deadline.await("the failure is seen", () -> !fixture.lanes.nothingFailed());
      Deadline.await(
          "the age is told",
          () -> fixture.meters.get("delivery.oldest.undelivered").gauge().value() == 120);
      assertTrue(fixture.lanes.healthy());
      assertEquals(
          1.0,
          fixture
              .meters
              .get("delivery.objects")
              .tags("destination", "pacs", "state", "failed")
              .gauge()
              .value());
    }
  }
}

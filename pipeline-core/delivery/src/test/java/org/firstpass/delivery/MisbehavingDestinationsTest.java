package org.firstpass.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.firstpass.failure.ReasonCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a destination does wrong harms nobody but itself, and never counts as delivered. */
class MisbehavingDestinationsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "REJECTS, PEER_UNAVAILABLE",
    "IGNORES_ASSOCIATIONS, PEER_UNAVAILABLE",
    "BUSY, DESTINATION_BUSY",
    "HANGS, PEER_UNAVAILABLE",
    "STOPS_READING, PEER_UNAVAILABLE",
    "CLOSES, PEER_UNAVAILABLE",
    "LIES, NOT_KEPT"
  })
  void aDimseDestinationThatMisbehavesFailsAndAnotherOneIsServed(
      RawScp.Manner manner, ReasonCode reason) throws Exception {
    try (var bad = new RawScp(manner);
        var good = new RawScp(RawScp.Manner.HONEST);
        var fixture =
            new DeliveryFixture(
                folder, DeliveryFixture.dimse("bad", bad), DeliveryFixture.dimse("good", good))) {
      SampleResult result = fixture.propose();
      fixture.awaitState("good", DeliveryState.DELIVERED, 1);
      fixture.useUpBudget("bad");
      fixture.awaitState("bad", DeliveryState.FAILED, 1);
      Delivery failed = fixture.to("bad").get(0);
      assertEquals(reason, failed.reason());
      assertEquals(DeliveryFixture.ATTEMPTS, failed.attempts());
      assertEquals(Set.of(), bad.kept());
      assertEquals(1, good.stores());
      assertEquals(result.proposal().id(), failed.event());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "BUSY, DESTINATION_BUSY",
    "DENIES, DESTINATION_DENIES",
    "HANGS, DESTINATION_UNAVAILABLE",
    "CLOSES, DESTINATION_UNAVAILABLE",
    "TALKS_ON, DESTINATION_UNAVAILABLE",
    "LIES, NOT_KEPT",
    "CHANGES, KEPT_DIFFERENT"
  })
  void aWebDestinationThatMisbehavesFailsAndAnotherOneIsServed(
      WebArchive.Manner manner, ReasonCode reason) {
    try (var bad = new WebArchive(manner);
        var good = new WebArchive(WebArchive.Manner.HONEST);
        var fixture =
            new DeliveryFixture(
                folder,
                DeliveryFixture.stow("bad", bad.address()),
                DeliveryFixture.stow("good", good.address()))) {
      fixture.propose();
      fixture.awaitState("good", DeliveryState.DELIVERED, 1);
      fixture.useUpBudget("bad");
      fixture.awaitState("bad", DeliveryState.FAILED, 1);
      assertEquals(reason, fixture.to("bad").get(0).reason());
      assertEquals(1, good.kept().size());
    }
  }

  @Test
  void anUnansweredCommitmentIsAskedForAgainAndNeverCountsAsDelivered() throws Exception {
    try (var scp = new RawScp(RawScp.Manner.HONEST);
        var fixture = new DeliveryFixture(folder, committing(scp))) {
      fixture.propose();
      fixture.useUpBudget("silent");
      fixture.awaitState("silent", DeliveryState.FAILED, 1);
      assertEquals(ReasonCode.NOT_YET_CONFIRMED, fixture.to("silent").get(0).reason());
      // What was acknowledged is not sent again, only asked for again.
      assertEquals(1, scp.stores());
    }
  }

  private static Destination committing(RawScp scp) {
    return new Destination(
        "silent",
        scp.address(),
        null,
        List.of(ObjectKind.SEG),
        null,
        null,
        ConfirmationKind.COMMITMENT,
        DeliveryFixture.BUDGET,
        "1s",
        null,
        null);
  }

  @Test
  void whatIsRefusedForGoodIsNotTriedAgain() throws Exception {
    try (var dimse = new RawScp(RawScp.Manner.REFUSES);
        var web = new WebArchive(WebArchive.Manner.REFUSES);
        var fixture =
            new DeliveryFixture(
                folder,
                DeliveryFixture.dimse("dimse", dimse),
                DeliveryFixture.stow("web", web.address()))) {
      fixture.propose();
      fixture.awaitState("dimse", DeliveryState.FAILED, 1);
      fixture.awaitState("web", DeliveryState.FAILED, 1);
      Delivery failed = fixture.to("dimse").get(0);
      assertEquals(ReasonCode.DELIVERY_REFUSED, failed.reason());
      assertEquals(1, failed.attempts());
      assertTrue(String.valueOf(failed.explanation()).contains("C000H"), failed::toString);
      String web122 = String.valueOf(fixture.to("web").get(0).explanation());
      assertTrue(web122.contains("0122H"), web122);
    }
  }

  @Test
  void whatHangsInOneLaneHoldsUpNoOther() throws Exception {
    try (var hanging = new RawScp(RawScp.Manner.HANGS);
        var good = new RawScp(RawScp.Manner.HONEST);
        var fixture =
            new DeliveryFixture(
                folder,
                DeliveryFixture.dimse("hanging", hanging),
                DeliveryFixture.dimse("good", good))) {
      for (int i = 0; i < 10; i++) {
        fixture.propose();
      }
      fixture.awaitState("good", DeliveryState.DELIVERED, 10);
      assertEquals(0L, fixture.states("hanging").getOrDefault(DeliveryState.DELIVERED, 0L));
    }
  }
}

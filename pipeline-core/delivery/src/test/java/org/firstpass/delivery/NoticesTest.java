package org.firstpass.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.firstpass.delivery.DeliveryLedger.Selection;
import org.firstpass.dicom.ObjectIdentity;
import org.firstpass.failure.ReasonCode;
import org.firstpass.testing.Deadline;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who waits for results is told of those that a destination has, by availability notifications. */
class NoticesTest {
  private static final Duration LONG = Duration.ofMinutes(2);

  @TempDir private Path folder;

  private DeliveryFixture fixture(RawScp pacs, RawScp ris, String timeout) {
    var notice =
        new NoticeReceiver("ris", "pacs", ris.address(), null, DeliveryFixture.BUDGET, timeout);
    return new DeliveryFixture(
        folder, List.of(DeliveryFixture.dimse("pacs", pacs)), List.of(notice));
  }

  @Test
  void anObjectIsToldOnceItIsConfirmedAndNotBefore() throws Exception {
    try (var pacs = new RawScp(RawScp.Manner.LIES);
        var ris = new RawScp(RawScp.Manner.HONEST);
        var fixture = fixture(pacs, ris, "30s")) {
      SampleResult result = fixture.propose();
      fixture.awaitAttempts("pacs", 1);
      assertEquals(List.of(), fixture.to("ris"));
      assertEquals(0, ris.calls());
      pacs.behave(RawScp.Manner.HONEST);
      fixture.clock.advance(LONG);
      fixture.awaitState("ris", DeliveryState.DELIVERED, 1);
      assertEquals(1, ris.stores());
      ObjectIdentity object =
          ObjectIdentity.read(() -> fixture.store.open(result.proposal().segmentation().digest()));
      String told = new String(ris.received().get(0).dataset(), StandardCharsets.ISO_8859_1);
      for (String expected :
          List.of(
              object.instance().value(),
              object.sopClass().value(),
              object.reference().series().value(),
              object.reference().study().value(),
              "ONLINE",
              RawScp.AE_TITLE)) {
        assertTrue(told.contains(expected), expected);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = RawScp.Manner.class,
      names = {"REJECTS", "HANGS", "IGNORES_ASSOCIATIONS", "REFUSES"})
  void aReceiverInTroubleHoldsUpNoDeliveryAndIsToldLaterAlsoAfterARestart(RawScp.Manner manner)
      throws Exception {
    try (var pacs = new RawScp(RawScp.Manner.HONEST);
        var ris = new RawScp(manner);
        var fixture = fixture(pacs, ris, "1s")) {
      fixture.propose();
      fixture.awaitAttempts("ris", 1);
      fixture.propose();
      fixture.awaitState("pacs", DeliveryState.DELIVERED, 2);
      fixture.awaitAttempts("ris", 1);
      assertEquals(ReasonCode.PEER_UNAVAILABLE, fixture.to("ris").get(0).reason());
      ris.behave(RawScp.Manner.HONEST);
      fixture.restart();
      fixture.clock.advance(LONG);
      fixture.awaitState("ris", DeliveryState.DELIVERED, 2);
      assertEquals(2, ris.kept().size());
      assertEquals(2, pacs.stores());
    }
  }

  @Test
  void aReceiverThatTakesNoNoticesIsAFailureToLookAt() throws Exception {
    try (var pacs = new RawScp(RawScp.Manner.HONEST);
        var ris = new RawScp(RawScp.Manner.HONEST);
        var fixture = fixture(pacs, ris, "30s")) {
      ris.refuse("1.2.840.10008.1.2.1");
      fixture.propose();
      fixture.awaitState("pacs", DeliveryState.DELIVERED, 1);
      fixture.awaitState("ris", DeliveryState.FAILED, 1);
      assertEquals(ReasonCode.SERVICE_NOT_OFFERED, fixture.to("ris").get(0).reason());
      Deadline.await("the failure is seen", () -> !fixture.lanes.nothingFailed());
      ris.accept("1.2.840.10008.1.2.1");
      fixture.ledger.replay(new Selection("ris", false), fixture.clock.instant());
      fixture.awaitState("ris", DeliveryState.DELIVERED, 1);
      assertFalse(ris.kept().isEmpty());
    }
  }
}

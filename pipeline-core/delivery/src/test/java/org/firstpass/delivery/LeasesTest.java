package org.firstpass.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import org.firstpass.failure.ReasonCode;
import org.firstpass.testing.Deadline;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restarts, kills, and several processes at once lose and double nothing. */
class LeasesTest {
  @TempDir private Path folder;

  @Test
  void aRestartGivesBackWhatWasUnderWayAndLosesAndDoublesNothing() throws Exception {
    try (var scp = new RawScp(RawScp.Manner.HANGS);
        var fixture = new DeliveryFixture(folder, DeliveryFixture.dimse("pacs", scp))) {
      fixture.propose();
      fixture.propose();
      Deadline.await("an object is under way", () -> scp.stores() > 0);
      scp.behave(RawScp.Manner.HONEST);
      fixture.restart();
      fixture.clock.advance(Duration.ofMinutes(1));
      fixture.awaitState("pacs", DeliveryState.DELIVERED, 2);
      assertEquals(2, fixture.to("pacs").size());
      assertEquals(2, scp.kept().size());
    }
  }

  @Test
  void whatAKilledProcessHeldComesBackWhenItsLeaseRunsOut() throws Exception {
    try (var scp = new RawScp(RawScp.Manner.REJECTS);
        var fixture = new DeliveryFixture(folder, DeliveryFixture.dimse("pacs", scp))) {
      fixture.propose();
      fixture.awaitAttempts("pacs", 1);
      fixture.lanes.close();
      fixture.clock.advance(Duration.ofMinutes(1));
      var rows = new LaneRows(fixture.database, "pacs");
      Duration lease = Duration.ofMinutes(7);
      assertTrue(rows.claim(fixture.clock.instant(), lease).isPresent());
      scp.behave(RawScp.Manner.HONEST);
      fixture.restart();
      Deadline.holds(
          "nobody takes what is held",
          Duration.ofSeconds(2),
          () -> fixture.states("pacs").containsKey(DeliveryState.SENDING) && scp.stores() == 0);
      fixture.clock.advance(lease);
      fixture.awaitState("pacs", DeliveryState.DELIVERED, 1);
      assertEquals(1, scp.stores());
    }
  }

  @Test
  void whatKillsEveryProcessThatTriesItIsGivenUp() throws Exception {
    try (var scp = new RawScp(RawScp.Manner.REJECTS);
        var fixture = new DeliveryFixture(folder, DeliveryFixture.dimse("pacs", scp))) {
      fixture.propose();
      fixture.awaitAttempts("pacs", 1);
      fixture.lanes.close();
      fixture.clock.advance(Duration.ofMinutes(1));
      var rows = new LaneRows(fixture.database, "pacs");
      Duration lease = Duration.ofMinutes(7);
      for (int attempt = 1; attempt < DeliveryFixture.ATTEMPTS; attempt++) {
        assertTrue(rows.claim(fixture.clock.instant(), lease).isPresent());
        fixture.clock.advance(lease);
      }
      scp.behave(RawScp.Manner.HONEST);
      fixture.restart();
      fixture.awaitState("pacs", DeliveryState.FAILED, 1);
      assertEquals(ReasonCode.DELIVERY_LIMIT, fixture.to("pacs").get(0).reason());
      assertEquals(0, scp.stores());
    }
  }

  @Test
  void aHolderWhoseLeaseRanOutWritesNothing() throws Exception {
    try (var scp = new RawScp(RawScp.Manner.REJECTS);
        var fixture = new DeliveryFixture(folder, DeliveryFixture.dimse("pacs", scp))) {
      fixture.propose();
      fixture.awaitAttempts("pacs", 1);
      fixture.lanes.close();
      fixture.clock.advance(Duration.ofMinutes(1));
      var rows = new LaneRows(fixture.database, "pacs");
      Claim stale = rows.claim(fixture.clock.instant(), Duration.ofSeconds(1)).orElseThrow();
      fixture.clock.advance(Duration.ofSeconds(1));
      Claim current = rows.claim(fixture.clock.instant(), Duration.ofSeconds(1)).orElseThrow();
      assertFalse(rows.delivered(stale, fixture.clock.instant()));
      assertTrue(rows.delivered(current, fixture.clock.instant()));
    }
  }

  @Test
  void twoProcessesOnOneDatabaseSendEachObjectOnce() throws Exception {
    try (var scp = new RawScp(RawScp.Manner.HONEST);
        var fixture = new DeliveryFixture(folder, DeliveryFixture.dimse("pacs", scp));
        Lanes second = fixture.open()) {
      second.start();
      for (int i = 0; i < 20; i++) {
        fixture.propose();
      }
      fixture.awaitState("pacs", DeliveryState.DELIVERED, 20);
      assertEquals(20, scp.stores());
    }
  }
}

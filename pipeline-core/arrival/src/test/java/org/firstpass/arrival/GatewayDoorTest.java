package org.firstpass.arrival;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.Set;
import org.firstpass.dicom.IncomingInstance;
import org.firstpass.dicom.ScpConfig;
import org.firstpass.event.SeriesArrived;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.TryAgainLater;
import org.firstpass.privacy.PatientPseudonyms;
import org.firstpass.study.Sender;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that stores without a gateway, beside one that has it. */
class GatewayDoorTest {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  @TempDir private static Path folder;
  private static GatewayFixture fixture;

  @BeforeAll
  static void open() {
    fixture = new GatewayFixture(folder);
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  private GatewayDoor door(long minFreeBytes) {
    var config =
        new GatewayConfig(
            new ScpConfig("FIRSTPASS", "127.0.0.1", 0, Set.of()),
            GatewayFixture.QUIET,
            minFreeBytes,
            new PatientPseudonyms(new byte[32]));
    return new GatewayDoor(config, fixture.files, fixture.database, meters, fixture.clock);
  }

  private static IncomingInstance posted(SampleSeries series, int index, Sender sender) {
    return series.instance(index).from(sender);
  }

  @Test
  void whatOneProcessStoresTheGatewayOfAnotherCompletesAndTells() {
    SampleSeries series = SampleSeries.small(3);
    try (GatewayDoor door = door(0)) {
      for (int i = 0; i < 3; i++) {
        door.receiver().receive(posted(series, i, Sender.ofReader("anna")));
      }
    }
    assertEquals(new SeriesState.Receiving(), fixture.history(series).state());
    SeriesArrived told = fixture.awaitRevision(series.uid(), 1);
    assertEquals(3, told.instances());
    assertEquals("anna", told.postedBy());
    assertNull(told.callingAeTitle());
    assertEquals(
        3, meters.get("arrival.instances").tag("outcome", "new").counter().count(), "counted here");
  }

  @Test
  void bothWaysInMakeOneRevisionAndNobodyDrewAllOfIt() {
    SampleSeries series = SampleSeries.small(3);
    try (GatewayDoor door = door(0)) {
      fixture.receive(series.instance(0));
      door.receiver().receive(posted(series, 1, Sender.ofReader("anna")));
      door.receiver().receive(posted(series, 2, Sender.ofReader("ben")));
      door.receiver().receive(series.instance(0).from(Sender.ofReader("ben")));
      SeriesArrived told = fixture.awaitRevision(series.uid(), 1);
      assertEquals(3, told.instances());
      assertNull(told.postedBy());
      assertEquals(1, fixture.arrivals(series.uid()).size());
    }
  }

  @Test
  void whatIsPostedAgainByAnotherStaysWhoPostedItFirst() {
    SampleSeries series = SampleSeries.small(1);
    try (GatewayDoor door = door(0)) {
      door.receiver().receive(posted(series, 0, Sender.ofReader("anna")));
      door.receiver().receive(posted(series, 0, Sender.ofReader("ben")));
      assertEquals("anna", fixture.awaitRevision(series.uid(), 1).postedBy());
    }
  }

  @Test
  void whatWasStoredWhileNoGatewayRanIsToldWhenOneDoes() {
    SampleSeries series = SampleSeries.small(2);
    fixture.gateway.close();
    try (GatewayDoor door = door(0)) {
      door.receiver().receive(series.instance(0));
      door.receiver().receive(series.instance(1));
    }
    fixture.restart();
    assertEquals("MODALITY", fixture.awaitRevision(series.uid(), 1).callingAeTitle());
  }

  @Test
  void belowTheWatermarkItTakesNothing() {
    SampleSeries series = SampleSeries.small(1);
    try (GatewayDoor door = door(Long.MAX_VALUE)) {
      TryAgainLater full =
          assertThrows(
              TryAgainLater.class,
              () -> door.receiver().receive(posted(series, 0, Sender.UNKNOWN)));
      assertEquals(ReasonCode.STORE_FULL, full.code());
      assertTrue(fixture.ledger.find(series.uid()).isEmpty());
    }
  }
}

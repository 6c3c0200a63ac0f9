package org.firstpass.ups;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DicomTimeTest {
  @Test
  void whatWasWrittenIsReadAgain() {
    Instant time = Instant.parse("2026-11-02T08:15:30Z");
    assertEquals(Optional.of(time), DicomTime.latest(DicomTime.of(time)));
  }

  @Test
  void anOffsetIsTakenOff() {
    assertEquals(
        Optional.of(Instant.parse("2026-11-02T06:15:30Z")),
        DicomTime.latest("20261102081530+0200"));
  }

  @Test
  void aDayLastsToItsLastSecond() {
    assertEquals(Optional.of(Instant.parse("2026-11-02T23:59:59Z")), DicomTime.latest("20261102"));
  }

  @Test
  void whatIsNoTimeOrNamesNoDayIsNone() {
    assertEquals(Optional.empty(), DicomTime.latest("202611"));
    assertEquals(Optional.empty(), DicomTime.latest("20261399"));
    assertEquals(Optional.empty(), DicomTime.latest("tomorrow"));
  }
}

package org.firstpass.review;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.firstpass.review.EffortHistory.Reading;
import org.firstpass.review.ExpectedEffort.Basis;
import org.junit.jupiter.api.Test;

final class EffortHistoryTest {
  private static final Optional<String> NO_PROTOCOL = Optional.empty();
  private final List<Reading> readings = new ArrayList<>();

  @Test
  void theMedianOfTheSamePackageAndProtocolIsWhatAReadingWillTake() {
    read("liver", Optional.of("quick"), 1, 2, 3, 4, 90);
    read("liver", NO_PROTOCOL, 10, 10, 10, 10, 10);
    assertEquals(
        Optional.of(new ExpectedEffort(3, Basis.PROTOCOL, 5)),
        expected("liver", Optional.of("quick")));
  }

  @Test
  void aPackageThatIsReadForNoProtocolIsAKindOfItsOwn() {
    read("liver", Optional.of("quick"), 1, 1, 1, 1, 1);
    read("liver", NO_PROTOCOL, 7, 7, 7, 7, 7, 9);
    assertEquals(
        Optional.of(new ExpectedEffort(7, Basis.PROTOCOL, 6)), expected("liver", NO_PROTOCOL));
  }

  @Test
  void tooFewReadingsOfTheProtocolGiveWayToThoseOfThePackage() {
    read("liver", Optional.of("quick"), 1, 1, 1, 1);
    read("liver", NO_PROTOCOL, 6);
    assertEquals(
        Optional.of(new ExpectedEffort(1, Basis.PACKAGE, 5)),
        expected("liver", Optional.of("quick")));
  }

  @Test
  void aPackageThatNobodyHasReadTakesAsLongAsAll() {
    read("liver", NO_PROTOCOL, 2, 4);
    read("lung", NO_PROTOCOL, 6, 8);
    assertEquals(Optional.empty(), expected("brain", NO_PROTOCOL));
    read("heart", NO_PROTOCOL, 10, 12);
    assertEquals(Optional.of(new ExpectedEffort(7, Basis.ALL, 6)), expected("brain", NO_PROTOCOL));
  }

  @Test
  void onlyTheLatestReadingsCount() {
    for (int latest = 0; latest < EffortHistory.LATEST; latest++) {
      read("liver", NO_PROTOCOL, 2);
    }
    for (int old = 0; old < 2 * EffortHistory.LATEST; old++) {
      read("liver", NO_PROTOCOL, 30);
    }
    assertEquals(
        Optional.of(new ExpectedEffort(2, Basis.PROTOCOL, EffortHistory.LATEST)),
        expected("liver", NO_PROTOCOL));
  }

  private Optional<ExpectedEffort> expected(String packageName, Optional<String> protocol) {
    return new EffortHistory(readings).expected(packageName, protocol);
  }

  private void read(String packageName, Optional<String> protocol, int... minutes) {
    for (int each : minutes) {
      readings.add(new Reading(packageName, protocol, each * 60_000L));
    }
  }
}

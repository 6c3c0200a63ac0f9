package org.firstpass.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import org.junit.jupiter.api.Test;

class ReasonCodeTest {
  @Test
  void everyCodeIsUsedOnceAndFoundAgain() {
    var seen = new HashSet<String>();
    for (ReasonCode reason : ReasonCode.values()) {
      assertTrue(seen.add(reason.code()), reason.code());
      assertEquals(reason, ReasonCode.ofCode(reason.code()));
      assertTrue(reason.advice().endsWith("."), reason.advice());
    }
    assertThrows(IllegalArgumentException.class, () -> ReasonCode.ofCode("FP0000"));
  }

  @Test
  void theFirstDigitOfACodeSaysWhoCanMendIt() {
    for (ReasonCode reason : ReasonCode.values()) {
      char expected =
          switch (reason.kind()) {
            case REFUSED -> '1';
            case TRY_AGAIN -> '2';
            case DEFECT -> '3';
          };
      assertEquals(expected, reason.code().charAt(2), reason.name());
    }
  }

  @Test
  void aFailureTakesOnlyReasonsOfItsKind() {
    assertEquals(
        ReasonCode.GANTRY_TILT, new StudyRefused(ReasonCode.GANTRY_TILT, "14 degrees").code());
    assertThrows(
        IllegalArgumentException.class, () -> new StudyRefused(ReasonCode.STORE_FULL, "full"));
    assertThrows(
        IllegalArgumentException.class, () -> new TryAgainLater(ReasonCode.GANTRY_TILT, "tilt"));
    assertThrows(IllegalArgumentException.class, () -> new Defect(ReasonCode.GANTRY_TILT, "tilt"));
  }
}

package org.firstpass.review;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DiscontinuationReasonTest {
  @Test
  void theReasonsAreThoseOfContextGroup9300() {
    assertEquals(
        List.of(
            "110510", "110513", "110514", "110521", "110522", "110523", "110526", "110527",
            "110529", "110530", "110531", "110532", "110533"),
        Arrays.stream(DiscontinuationReason.values()).map(DiscontinuationReason::code).toList());
  }

  @Test
  void aReasonIsFoundByItsCode() {
    assertEquals(
        Optional.of(DiscontinuationReason.REQUIRES_SPECIALIST),
        DiscontinuationReason.ofCode("110532"));
    assertEquals(Optional.empty(), DiscontinuationReason.ofCode("110599"));
  }
}

package org.firstpass.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.firstpass.segment.RequestedFinding.AppliesTo;
import org.junit.jupiter.api.Test;

class ProtocolTest {
  private static final CodedConcept LESION = new CodedConcept("52988006", "SCT", "Lesion");

  @Test
  void allowsEveryKindOfFindingWhereNothingElseIsSaid() {
    for (FindingKind kind : FindingKind.values()) {
      assertTrue(
          Protocol.OPEN.findings().stream().anyMatch(finding -> finding.kind() == kind),
          kind.name());
    }
    assertFalse(Protocol.OPEN.findings().stream().anyMatch(RequestedFinding::required));
  }

  @Test
  void doesNotAskTwiceForTheSame() {
    var point = RequestedFinding.optional(LESION, FindingKind.POINT, AppliesTo.IMAGE);
    var box = RequestedFinding.optional(LESION, FindingKind.BOX, AppliesTo.IMAGE);
    assertEquals(2, new Protocol("p", 1, "", List.of(point, box)).findings().size());
    assertThrows(IllegalArgumentException.class, () -> of(point, box, point));
    assertThrows(IllegalArgumentException.class, () -> of(ofSegments(1, 2), ofSegments(2)));
    assertThrows(IllegalArgumentException.class, () -> of(ofSegments(), ofSegments(2)));
    assertEquals(2, of(ofSegments(1), ofSegments(2)).findings().size());
  }

  @Test
  void refusesCountsAndChoicesThatCannotBe() {
    assertThrows(IllegalArgumentException.class, () -> counted(2, 1));
    assertThrows(IllegalArgumentException.class, () -> counted(-1, 1));
    assertThrows(IllegalArgumentException.class, () -> counted(0, 0));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new RequestedFinding(
                LESION, FindingKind.BOX, AppliesTo.IMAGE, Set.of(), List.of(LESION), 0, 1));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new RequestedFinding(
                LESION, FindingKind.BOX, AppliesTo.IMAGE, Set.of(3), List.of(), 0, 1));
  }

  @Test
  void refusesANameThatIsNoFileName() {
    for (String name : List.of("", "../stroke", "a b", ".hidden")) {
      assertThrows(IllegalArgumentException.class, () -> new Protocol(name, 1, "", List.of()));
    }
  }

  private static RequestedFinding counted(int min, int max) {
    return new RequestedFinding(
        LESION, FindingKind.BOX, AppliesTo.IMAGE, Set.of(), List.of(), min, max);
  }

  private static RequestedFinding ofSegments(Integer... segments) {
    return new RequestedFinding(
        LESION,
        FindingKind.BOX,
        AppliesTo.SEGMENT,
        Set.copyOf(Arrays.asList(segments)),
        List.of(),
        0,
        1);
  }

  private static Protocol of(RequestedFinding... findings) {
    return new Protocol("p", 1, "", List.of(findings));
  }
}

package org.firstpass.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.firstpass.segment.Hanging.Layout;
import org.firstpass.segment.Hanging.Overlay;
import org.firstpass.segment.Hanging.PlaneName;
import org.firstpass.segment.Hanging.Window;
import org.junit.jupiter.api.Test;

class HangingTest {

  @Test
  void isTheUsualOneWhereAProtocolSaysNothing() {
    assertSame(Hanging.USUAL, new Protocol("p", 1, "", List.of()).hanging());
    assertEquals(Layout.THREE_PLANES, Protocol.OPEN.hanging().layout());
  }

  @Test
  void belongsToItsProtocol() {
    var hanging =
        new Hanging(
            List.of(PlaneName.CORONAL),
            Layout.TWO_BY_TWO,
            new Window(40, 400),
            Overlay.OUTLINE,
            true,
            true);
    assertSame(hanging, new Protocol("p", 1, "", List.of(), hanging).hanging());
  }

  @Test
  void namesNoPlaneTwice() {
    assertThrows(
        IllegalArgumentException.class,
        () -> of(List.of(PlaneName.AXIAL, PlaneName.CORONAL, PlaneName.AXIAL)));
    assertEquals(2, of(List.of(PlaneName.SAGITTAL, PlaneName.AXIAL)).planes().size());
  }

  @Test
  void hasAWindowThroughWhichSomethingIsSeen() {
    assertThrows(IllegalArgumentException.class, () -> new Window(40, 0.5));
    assertThrows(IllegalArgumentException.class, () -> new Window(Double.NaN, 400));
    assertThrows(IllegalArgumentException.class, () -> new Window(40, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> new Window(40, Double.POSITIVE_INFINITY));
    assertEquals(1, new Window(-600, 1).width());
  }

  private static Hanging of(List<PlaneName> planes) {
    return new Hanging(planes, Layout.ONE_PLANE, null, null, false, false);
  }
}

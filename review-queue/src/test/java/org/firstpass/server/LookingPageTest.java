package org.firstpass.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.firstpass.correction.Protocols;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.ProposalNotes;
import org.firstpass.event.RouteTaken;
import org.firstpass.geometry.Axes;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.review.ProposalFixture;
import org.firstpass.review.ReviewCase;
import org.firstpass.segment.Hanging;
import org.firstpass.segment.Hanging.Layout;
import org.firstpass.segment.Hanging.Overlay;
import org.firstpass.segment.Hanging.PlaneName;
import org.firstpass.segment.Hanging.Window;
import org.firstpass.segment.Protocol;
import org.firstpass.study.FrameOfReferenceUid;
import org.firstpass.testing.Deadline;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** Looks at a case in a real browser: closer, at an earlier image beside it, and in space. */
class LookingPageTest {
  private static final int TISSUE_HU = 40;
  private static final int BRIGHT_HU = 240;
  private static final int GREY = 127;
  private static final int WHITE = 255;
  private static final int LIVER_RED = 0xc0;

  /** A ball of 18 mm that the proposal calls liver, in tissue. */
  private static final Vector3 LIVER = new Vector3(-30, 18, 9);

  private static final double LIVER_MM = 18;

  /** A bright column from feet to head, not in the proposal. */
  private static final Vector3 BRIGHT = new Vector3(28, -20, 0);

  private static final Vector3 MIRRORED = new Vector3(-28, -20, 0);
  private static final double COLUMN_MM = 9;

  /** By how much everything lies elsewhere in the third image. */
  private static final Vector3 MOVED = new Vector3(400, -70, 130);

  private static final Vector3 STAYED = new Vector3(0, 0, 0);
  private static final String FIRST_FRAME = "1.2.826.0.1.9.1";
  private static final String OTHER_FRAME = "1.2.826.0.1.9.3";
  private static final int PATIENT = 77;

  private static final Protocol HUNG =
      new Protocol(
          "hung",
          1,
          "",
          List.of(),
          new Hanging(
              List.of(PlaneName.CORONAL, PlaneName.AXIAL),
              Layout.TWO_BY_TWO,
              new Window(-600, 1500),
              Overlay.OUTLINE,
              true,
              true));

  private static ReadingRoom room;
  private static Browser browser;

  @BeforeAll
  static void open(@TempDir Path folder) {
    browser = Browser.openWithGraphics();
    room = new ReadingRoom(folder, new Protocols(List.of(HUNG)));
    var left = new Vector3(1, 0, 0);
    var back = new Vector3(0, 1, 0);
    var axial = new Axes(left, back, left.cross(back));
    propose(1, FIRST_FRAME, axial, STAYED);
    // The same place of the patient in slices from front to back, from the other side.
    var down = new Vector3(0, 0, -1);
    propose(2, FIRST_FRAME, new Axes(left, down, left.cross(down)), STAYED);
    propose(3, OTHER_FRAME, axial, MOVED);
    propose(4, FIRST_FRAME, axial, STAYED);
    awaitModalities(4);
    room.logIn(browser);
    browser.await("tr[data-task='" + task(4) + "'] .open");
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
    if (room != null) {
      room.close();
    }
  }

  /** What is told of a series when it arrives comes another way than its proposal. */
  private static void awaitModalities(int cases) {
    var reader = ApiClient.login(room.server.port(), ReadingRoom.USER, ReadingRoom.PASSWORD);
    for (int number = 1; number <= cases; number++) {
      String path = "/api/tasks/" + task(number);
      Deadline.await(
          "the modality of a case",
          () ->
              reader.status("GET", path) == 200
                  && reader.get(path, 200).path("modality").asText().equals("CT"));
    }
  }

  private static void openCase(int number) {
    browser.go(room.origin() + "/#/");
    browser.await(".list");
    browser.go(room.origin() + "/#/task/" + task(number));
    browser.await(".case[data-loaded]");
  }

  private static String task(int number) {
    return ReviewCase.taskOf(ReadingRoom.proposalId(number)).toString();
  }

  private static void propose(int number, String frame, Axes axes, Vector3 moved) {
    var size = new GridSize(64, 56, 40);
    var spacing = new Spacing(2, 2.2, 3);
    Vector3 corner =
        moved
            .minus(axes.column().times((size.columns() - 1) * spacing.column() / 2))
            .minus(axes.row().times((size.rows() - 1) * spacing.row() / 2))
            .minus(axes.slice().times((size.slices() - 1) * spacing.slice() / 2));
    var geometry = new GridGeometry(new FrameOfReferenceUid(frame), size, corner, axes, spacing);
    room.propose(
        number,
        PATIENT,
        geometry,
        at -> hounsfield(at.minus(moved)),
        at -> at.minus(moved).minus(LIVER).length() < LIVER_MM ? 1 : 0,
        (made, map) -> number == 4 ? hung(made) : made);
  }

  private static ProposalMade hung(ProposalMade made) {
    var route = new RouteTaken("all", HUNG.name(), 0, null);
    return ProposalFixture.with(
        made, made.scores(), new ProposalNotes(List.of(), null, List.of(), route, null));
  }

  private static int hounsfield(Vector3 at) {
    double across = Math.hypot(at.x() - BRIGHT.x(), at.y() - BRIGHT.y());
    return across < COLUMN_MM ? BRIGHT_HU : TISSUE_HU;
  }

  @Test
  void aReaderClosesInOnASegmentAndReadsPlacesAndValues() throws IOException {
    openCase(1);
    browser.press("1");
    browser.pressShifted("f");
    browser.picture("look-1-fitted");
    awaitReading(0, 0, ".plane-main", "40 HU", "Liver");
    double perMm = perMmFitted();
    awaitReading(0, (LIVER_MM - 4) * perMm, ".plane-main", "Liver");
    awaitReading(0, (LIVER_MM + 6) * perMm, ".plane-main", "40 HU");
    List<Double> place = place();
    assertEquals(LIVER.x(), place.get(0), 2);
    assertEquals(LIVER.y() + LIVER_MM + 6, place.get(1), 2.5);
    browser.press("0");

    browser.pressShifted("j");
    browser.press("7", Browser.enter());
    awaitSlice(".plane-main", 6);
    browser.pressShifted("x");
    browser.awaitTrue(
        "one plane alone", "return document.querySelectorAll('.planes .plane').length === 1");
    browser.pressShifted("x");
    browser.picture("look-2-two-by-two");
    browser.pressShifted("x");
  }

  @Test
  void anEarlierImageGoesAlongByPositionOrFromWhereTheReaderLinksIt() throws IOException {
    openCase(1);
    browser.press("1");
    browser.pressShifted("o");
    browser.await(".plane-prior canvas");
    choose(2);
    browser.await(".prior-link[data-link='position']");
    awaitGrey("the column in the earlier image", ".plane-prior", BRIGHT, WHITE);
    awaitGrey("its mirror image", ".plane-prior", MIRRORED, GREY);
    String slice = slice(".plane-prior");
    browser.press(Keys.PAGE_UP);
    browser.awaitTrue(
        "the earlier image goes along",
        "return document.querySelector('.plane-prior canvas').dataset.slice !== arguments[0]",
        slice);
    browser.picture("look-3-prior");

    choose(3);
    browser.await(".prior-link[data-link='none']");
    String alone = slice(".plane-prior");
    browser.press(Keys.ARROW_DOWN);
    browser.press(Keys.ARROW_UP);
    assertEquals(alone, slice(".plane-prior"));
    browser.pressShifted("h");
    browser.await(".prior-link[data-link='offset']");
    browser.press(Keys.ARROW_DOWN);
    awaitSlice(".plane-prior", Integer.parseInt(alone) - 1);
    browser.picture("look-4-linked");
    browser.pressShifted("o");
    browser.awaitTrue("it is put away", "return !document.querySelector('.plane-prior')");
  }

  @Test
  void theSegmentsAreSeenInSpaceAndAfterAStrokeAnew() throws IOException {
    openCase(1);
    browser.press("1");
    browser.pressShifted("t");
    browser.await(".surface[data-made='true']");
    browser.awaitTrue("there are triangles", "return " + TRIANGLES + " > 500");
    browser.picture("look-5-surface");
    browser.awaitTrue("the liver is drawn in its colour", "return (" + RED + ")", LIVER_RED);
    Object before = browser.ask("return " + TRIANGLES);
    browser.press("b");
    browser.drag(".plane-main canvas", new double[] {-60, 120}, new double[] {60, 120});
    browser.press("b");
    browser.awaitTrue("it is made anew", "return " + TRIANGLES + " !== arguments[0]", before);
    browser.press("z");
    browser.awaitTrue("and again", "return " + TRIANGLES + " === arguments[0]", before);
    browser.pressShifted("t");
    browser.awaitTrue("it is put away", "return !document.querySelector('.surface')");
  }

  @Test
  void theImageHangsAsItsProtocolSays() throws IOException {
    openCase(4);
    browser.await(".planes[data-layout='two_by_two'] .plane-main canvas[data-plane='coronal']");
    browser.await(".plane-prior canvas[data-plane='coronal']");
    assertEquals("Lung", browser.find(".presets option:checked").getText());
    assertEquals(
        "false",
        browser.ask(
            "return [...document.querySelectorAll('.toggle')]"
                + ".find((one) => one.textContent === 'Fill').ariaPressed"));
    awaitReading(0, 0, ".plane-main", "Liver");
    browser.picture("look-6-hung");
  }

  private static final String TRIANGLES =
      "Number(document.querySelector('.surface').dataset.triangles)";

  /** Turns the surface, and looks at its middle before the picture leaves the page. */
  private static final String RED =
      "(() => { const c = document.querySelector('.surface-canvas');"
          + "c.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowLeft'}));"
          + "return new Promise((done) => requestAnimationFrame(() => {"
          + "const gl = c.getContext('webgl2'); const p = new Uint8Array(4);"
          + "gl.readPixels(c.width / 2, c.height / 2, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, p);"
          + "done(p[0] > 0.5 * arguments[0] && p[0] > 3 * p[1] && p[0] > 3 * p[2]); })); })()";

  private static void choose(int number) {
    browser.ask(
        "const s = document.querySelector('.prior-choice'); s.value = arguments[0];"
            + " s.dispatchEvent(new Event('change', {bubbles: true}));"
            + " document.querySelector('#viewer').focus()",
        "1.2.826.0.1.7." + number);
    browser.awaitTrue(
        "the chosen image is there",
        "return document.querySelector('.plane-prior canvas')"
            + " && document.querySelector('.prior-note').textContent === ''"
            + " && document.querySelector('.prior-choice').value === arguments[0]",
        "1.2.826.0.1.7." + number);
  }

  /** The pixel of a patient position on an axial plane that shows as much as the large one. */
  private static void awaitGrey(String what, String plane, Vector3 at, int grey) {
    browser.awaitTrue(
        what,
        "const c = document.querySelector(arguments[0] + ' canvas');"
            + "const m = document.querySelector('.plane-main canvas');"
            + "const perMm = Math.min(m.width / arguments[1], m.height / arguments[2]);"
            + "const x = Math.round(c.width / 2 + arguments[3] * perMm);"
            + "const y = Math.round(c.height / 2 + arguments[4] * perMm);"
            + "const p = c.getContext('2d').getImageData(x, y, 1, 1).data;"
            + "return Math.abs(p[0] - arguments[5]) <= 3",
        plane,
        64 * 2.0,
        56 * 2.2,
        at.x(),
        at.y(),
        grey);
  }

  /** The ball's box and the margin on each side fill the height. */
  private static double perMmFitted() {
    Object height = browser.ask("return document.querySelector('.plane-main').clientHeight");
    return ((Number) height).doubleValue() / (2 * LIVER_MM + 2 * 12);
  }

  private static void awaitReading(double dx, double dy, String plane, String... words) {
    browser.point(plane + " canvas", dx, dy);
    for (String word : words) {
      browser.awaitTrue(
          word + " under the pointer",
          "return document.querySelector(arguments[0] + ' .plane-readout')"
              + ".textContent.includes(arguments[1])",
          plane,
          word);
    }
  }

  /** L, P and H as the line under the pointer says. */
  private static List<Double> place() {
    String reading =
        String.valueOf(
            browser.ask("return document.querySelector('.plane-main .plane-readout').textContent"));
    String[] parts = reading.split("\\s+", -1);
    return List.of(Double.valueOf(parts[1]), Double.valueOf(parts[3]), Double.valueOf(parts[5]));
  }

  private static String slice(String plane) {
    return String.valueOf(
        browser.ask(
            "return document.querySelector(arguments[0] + ' canvas').dataset.slice", plane));
  }

  private static void awaitSlice(String plane, int slice) {
    browser.awaitTrue(
        "slice " + slice,
        "return document.querySelector(arguments[0] + ' canvas').dataset.slice === arguments[1]",
        plane,
        Integer.toString(slice));
  }
}

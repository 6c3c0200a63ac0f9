package org.firstpass.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.firstpass.correction.SubmittedLabels;
import org.firstpass.geometry.Axes;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.review.ReviewCase;
import org.firstpass.study.FrameOfReferenceUid;
import org.firstpass.volume.LabelMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/**
 * Correcting in a real browser: what the hand did, computed here from where the pointer went in mm
 * of the patient, is what the server has.
 */
class CorrectingPageTest {
  private static final double COLUMN_MM = 2;
  private static final double ROW_MM = 3;
  private static final int COLUMNS = 60;
  private static final int ROWS = 40;
  private static final int SLICES = 7;
  private static final Vector3 CORNER = new Vector3(-52, -31, 400);
  private static final double RADIUS_MM = 9;

  /** The liver's red over grey is where the labels say so. */
  private static final String WRONG_VOXELS =
      "const [want, columns, rows] = arguments;"
          + "const c = document.querySelector('.plane-main canvas');"
          + "const all = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
          + "const perMm = Math.min(c.width / (columns * 2), c.height / (rows * 3));"
          + "window.wrong = [];"
          + "for (let r = 0; r < rows; r++) for (let k = 0; k < columns; k++) {"
          + " const x = Math.floor(c.width / 2 + (k + 0.5 - columns / 2) * 2 * perMm);"
          + " const y = Math.floor(c.height / 2 + (r + 0.5 - rows / 2) * 3 * perMm);"
          + " const at = 4 * (y * c.width + x);"
          + " if ((all[at] - all[at + 2] > 20) !== (want[r * columns + k] === '1'))"
          + "  window.wrong.push([k, r, all[at], all[at + 1], all[at + 2]]); }"
          + "return window.wrong.length === 0";

  private static ReadingRoom room;
  private static Browser browser;

  @BeforeAll
  static void open(@TempDir Path folder) {
    browser = Browser.open();
    room = new ReadingRoom(folder);
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

  @Test
  void whatTheStrokesSayIsWhatIsKeptAcrossReloadsAndSubmitted() throws IOException {
    LabelMap proposed = openCase(1);
    assertEquals("true", attribute("#undo", "aria-disabled"));
    browser.press("1");
    setRadius();
    var from = new Vector3(-20, 0, 0);
    // Straight across, so that the pointer's whole pixels on the way lie on the line.
    var to = new Vector3(10, 0, 0);
    Drawn stroke = drag("b", from, to);
    awaitKept(1);
    browser.picture("correct-1-brushed");
    LabelMap brushed = swept(proposed, stroke, 1);
    assertLabels("after the stroke", brushed);

    var cut = new Vector3(-5, 3, 0);
    Drawn dab = drag("e", cut, cut);
    awaitKept(2);
    LabelMap erased = swept(brushed, dab, 0);
    assertLabels("after erasing", erased);

    browser.ask("location.reload()");
    browser.await(".case[data-loaded] .tool-panel");
    assertLabels("after a reload", erased);
    browser.press("z");
    assertLabels("undone after a reload", brushed);
    awaitKept(3);
    browser.press("z", "y", "y");
    awaitKept(6);
    assertLabels("redone", erased);

    browser.press(Keys.ENTER);
    browser.awaitTrue(
        "the receipt of what was drawn",
        "return document.querySelector('#receipt')?.dataset.digest === arguments[0]",
        SubmittedLabels.digest(erased).hex());
    assertEquals("ACCEPTED", state(1));
  }

  @Test
  void aCorrectionThatWasTakenBackIsAnAcceptance() throws IOException {
    LabelMap proposed = openCase(2);
    browser.press("1");
    setRadius();
    drag("b", new Vector3(-20, 0, 0), new Vector3(10, 0, 0));
    awaitKept(1);
    assertTrue(browser.find("[data-segment='1'] .corrected").isDisplayed());
    browser.press("z");
    awaitKept(2);
    assertTrue(!browser.find("[data-segment='1'] .corrected").isDisplayed());
    browser.press(Keys.ENTER);
    browser.awaitTrue(
        "the receipt of an acceptance",
        "return document.querySelector('#receipt')?.dataset.digest === arguments[0]",
        SubmittedLabels.digest(proposed).hex());
  }

  private static LabelMap openCase(int number) {
    var axial = new Axes(new Vector3(1, 0, 0), new Vector3(0, 1, 0), new Vector3(0, 0, 1));
    var geometry =
        new GridGeometry(
            new FrameOfReferenceUid("1.2.826.0.1.10." + number),
            new GridSize(COLUMNS, ROWS, SLICES),
            CORNER,
            axial,
            new Spacing(COLUMN_MM, ROW_MM, 5));
    LabelMap proposed =
        room.propose(number, geometry, at -> 40, at -> at.x() < -30 && at.y() < 0 ? 1 : 0);
    String task = task(number);
    room.arrive(browser);
    browser.openTask(task);
    return proposed;
  }

  private static String task(int number) {
    return ReviewCase.taskOf(ReadingRoom.proposalId(number)).toString();
  }

  private static void setRadius() {
    browser.ask(
        "const r = document.querySelector('#pen-radius'); r.value = arguments[0];"
            + " r.dispatchEvent(new Event('change'))",
        RADIUS_MM);
  }

  /** A stroke as the pointer made it: whole screen pixels, in mm of the patient. */
  private record Drawn(Vector3 from, Vector3 to) {}

  /**
   * Takes a pen up by its key, draws on the large plane, as near as pixels allow, from one position
   * to another, and puts the pen down.
   */
  private static Drawn drag(String pen, Vector3 from, Vector3 to) {
    browser.press(pen);
    var place = Screen.ofLargePlane();
    double[] a = place.offset(from);
    double[] b = place.offset(to);
    browser.drag(".plane-main canvas", a, b);
    browser.press(pen);
    return new Drawn(place.patient(a), place.patient(b));
  }

  /**
   * The large plane's canvas.
   *
   * @param startX where it begins on the page, in CSS pixels
   * @param width in CSS pixels, of which {@code pixelsX} are its own
   */
  private record Screen(
      double startX, double startY, double width, double height, double pixelsX, double pixelsY) {
    static Screen ofLargePlane() {
      var box =
          (List<?>)
              browser.ask(
                  "const c = document.querySelector('.plane-main canvas');"
                      + " const r = c.getBoundingClientRect();"
                      + " return [r.left, r.top, r.width, r.height, c.width, c.height]");
      double[] all = box.stream().mapToDouble(one -> ((Number) one).doubleValue()).toArray();
      return new Screen(all[0], all[1], all[2], all[3], all[4], all[5]);
    }

    private double perMm() {
      return Math.min(pixelsX / (COLUMNS * COLUMN_MM), pixelsY / (ROWS * ROW_MM));
    }

    /** From the pixel that counts as the canvas' middle. */
    double[] offset(Vector3 at) {
      return new double[] {
        Math.round((at.x() - middle().x()) * perMm() * width / pixelsX),
        Math.round((at.y() - middle().y()) * perMm() * height / pixelsY)
      };
    }

    Vector3 patient(double[] offset) {
      return new Vector3(
          middle().x() + along(offset[0], startX, width, pixelsX),
          middle().y() + along(offset[1], startY, height, pixelsY),
          CORNER.z());
    }

    private double along(double offset, double start, double length, double pixels) {
      double client = Math.floor(start + length / 2) + offset;
      return ((client - start) * pixels / length - pixels / 2) / perMm();
    }

    private static Vector3 middle() {
      return new Vector3(
          CORNER.x() + (COLUMNS - 1) * COLUMN_MM / 2, CORNER.y() + (ROWS - 1) * ROW_MM / 2, 0);
    }
  }

  /** The labels after a brush went straight from one position to another on the middle slice. */
  private static LabelMap swept(LabelMap labels, Drawn stroke, int label) {
    GridGeometry grid = labels.geometry();
    short[] values = labels.toArray();
    int slice = SLICES / 2;
    for (int row = 0; row < ROWS; row++) {
      for (int column = 0; column < COLUMNS; column++) {
        Vector3 at = grid.toPatient(column, row, slice);
        if (distance(at, stroke.from(), stroke.to()) <= RADIUS_MM) {
          int index = grid.size().index(column, row, slice);
          boolean erasing = label == 0;
          if (!erasing || values[index] == 1) {
            values[index] = (short) label;
          }
        }
      }
    }
    return new LabelMap(grid, values);
  }

  private static double distance(Vector3 at, Vector3 from, Vector3 to) {
    double dx = to.x() - from.x();
    double dy = to.y() - from.y();
    double length = dx * dx + dy * dy;
    double along = length == 0 ? 0 : ((at.x() - from.x()) * dx + (at.y() - from.y()) * dy) / length;
    double clamped = Math.max(0, Math.min(1, along));
    return Math.hypot(at.x() - from.x() - clamped * dx, at.y() - from.y() - clamped * dy);
  }

  private static void awaitKept(int steps) {
    browser.awaitTrue(
        steps + " steps on the server",
        "const x = new XMLHttpRequest(); x.open('GET', location.hash.replace('#/task/',"
            + " '/api/tasks/') + '/journal', false); x.send();"
            + " return JSON.parse(x.responseText).entries.length === arguments[0]",
        steps);
  }

  /** Compares the middle of each voxel of the middle slice, as it is drawn, with the labels. */
  private static void assertLabels(String what, LabelMap expected) {
    int slice = SLICES / 2;
    var wanted = new StringBuilder();
    for (int row = 0; row < ROWS; row++) {
      for (int column = 0; column < COLUMNS; column++) {
        wanted.append(expected.labelAt(column, row, slice));
      }
    }
    try {
      browser.awaitTrue(what, WRONG_VOXELS, wanted.toString(), COLUMNS, ROWS);
    } catch (AssertionError e) {
      throw new AssertionError(what + ": wrong at " + browser.ask("return window.wrong"), e);
    }
  }

  private static String attribute(String selector, String name) {
    return String.valueOf(browser.find(selector).getDomAttribute(name));
  }

  private static String state(int number) {
    return String.valueOf(
        browser.ask(
            "const x = new XMLHttpRequest(); x.open('GET', '/api/tasks/' + arguments[0], false);"
                + " x.send(); return JSON.parse(x.responseText).state",
            task(number)));
  }
}

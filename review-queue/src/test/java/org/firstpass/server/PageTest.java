package org.firstpass.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.firstpass.geometry.Axes;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.review.ReviewCase;
import org.firstpass.study.FrameOfReferenceUid;
import org.firstpass.study.Sha256;
import org.firstpass.testing.Deadline;
import org.firstpass.volume.LabelMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/**
 * The page in a real browser against the real server.
 *
 * <p>The phantom is asymmetric in every direction and defined in patient space; where each part
 * must appear is computed here from the radiological convention alone (patient's left on the right,
 * front on top), not from array indices. Voxels are not square.
 */
class PageTest {
  private static final double COLUMN_MM = 2.5;
  private static final double ROW_MM = 4;
  private static final double SLICE_MM = 6;
  private static final int COLUMNS = 48;
  private static final int ROWS = 24;
  private static final int SLICES = 14;

  /** Half the size of the grid in mm, from its middle: across, front to back. */
  private static final double WIDTH_MM = COLUMNS * COLUMN_MM;

  private static final double HEIGHT_MM = ROWS * ROW_MM;

  private static final Vector3 MIDDLE = new Vector3(13, -21, 150);
  private static final Vector3 BRIGHT = new Vector3(MIDDLE.x() + 35, MIDDLE.y() - 26, 0);
  private static final Vector3 LIVER = new Vector3(MIDDLE.x() - 33, MIDDLE.y() + 14, 0);
  private static final Vector3 SPLEEN = new Vector3(MIDDLE.x() + 38, MIDDLE.y() + 22, 0);
  private static final double SPLEEN_FROM_Z = MIDDLE.z() + 12;

  private static final double TOP_Z = MIDDLE.z() + (SLICES - 1) * SLICE_MM / 2;

  private static final double HALF_BLOCK_MM = 10;
  private static final int TISSUE_HU = 40;
  private static final int BRIGHT_HU = 300;

  private static ReadingRoom room;
  private static Browser browser;
  private static LabelMap straight;
  private static LabelMap turned;

  @BeforeAll
  static void open(@TempDir Path folder) {
    browser = Browser.open();
    room = new ReadingRoom(folder);
    straight = propose(1, new Vector3(1, 0, 0), new Vector3(0, 1, 0));
    turned = propose(2, new Vector3(-1, 0, 0), new Vector3(0, -1, 0));
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

  /** Each test begins in front of the login. */
  @BeforeEach
  void arrive() {
    room.leave(browser);
  }

  private static LabelMap propose(int number, Vector3 column, Vector3 row) {
    Vector3 slice = column.cross(row);
    Vector3 corner =
        MIDDLE
            .minus(column.times((COLUMNS - 1) * COLUMN_MM / 2))
            .minus(row.times((ROWS - 1) * ROW_MM / 2))
            .minus(slice.times((SLICES - 1) * SLICE_MM / 2));
    var geometry =
        new GridGeometry(
            new FrameOfReferenceUid("1.2.826.0.1.9." + number),
            new GridSize(COLUMNS, ROWS, SLICES),
            corner,
            new Axes(column, row, slice),
            new Spacing(COLUMN_MM, ROW_MM, SLICE_MM));
    return room.propose(number, geometry, PageTest::hounsfield, PageTest::label);
  }

  private static int hounsfield(Vector3 at) {
    return isIn(at, BRIGHT) ? BRIGHT_HU : TISSUE_HU;
  }

  private static int label(Vector3 at) {
    if (isIn(at, LIVER)) {
      return 1;
    }
    return isIn(at, SPLEEN) && at.z() > SPLEEN_FROM_Z ? 2 : 0;
  }

  private static boolean isIn(Vector3 at, Vector3 block) {
    return Math.abs(at.x() - block.x()) < HALF_BLOCK_MM
        && Math.abs(at.y() - block.y()) < HALF_BLOCK_MM;
  }

  @Test
  void aReaderSeesEachCaseTheRightWayRoundAndDecidesItWithTheKeyboard() throws IOException {
    browser.picture("1-login");
    logIn("not the password");
    Deadline.await("the refusal", () -> !browser.find(".problem").getText().isEmpty());
    logIn(ReadingRoom.PASSWORD);
    browser.await(".list[data-loaded] tbody tr:nth-child(2)");
    browser.picture("2-worklist");
    browser.press("n");
    String first = readCase();
    decide(first, proposed(first));
    browser.awaitTrue(
        "the next case",
        "return location.hash.length > 7 && !location.hash.endsWith(arguments[0])",
        first);
    String second = readCase();
    assertTrue(!second.equals(first));
    decide(second, proposed(second));
    browser.await(".list .empty:not([hidden])");
    browser.picture("6-all-read");
    everythingStayedAtHome();
  }

  @Test
  void aCaseIsGivenBackAndThenDiscontinuedForACodedReason() throws IOException {
    propose(3, new Vector3(1, 0, 0), new Vector3(0, 1, 0));
    logIn(ReadingRoom.PASSWORD);
    String row = "tr[data-task='" + ReviewCase.taskOf(ReadingRoom.proposalId(3)) + "']";
    browser.await(row);
    browser.find(row + " .open").click();
    browser.await(".case[data-loaded]");
    String task = String.valueOf(browser.ask("return location.hash.slice(7)"));
    browser.press(Keys.ESCAPE);
    browser.await(row);
    assertEquals("WAITING", state(task));
    browser.find(row + " .open").click();
    browser.await(".case[data-loaded]");
    browser.find("#discontinue").click();
    browser.await("dialog[open]");
    browser.picture("7-discontinue");
    browser.find("input[value='110532']").click();
    browser.find("#discontinue-yes").click();
    Deadline.await("the task has ended", () -> state(task).equals("DISCONTINUED"));
    browser.awaitTrue(
        "the page has moved on to the next case, or to the list if there is none",
        "return !location.hash.endsWith(arguments[0])"
            + " && document.querySelector('.case[data-loaded], .list .empty:not([hidden])') !== null",
        task);
    browser.press(Keys.ESCAPE);
    browser.awaitTrue(
        "what was opened is given back",
        "const x = new XMLHttpRequest(); x.open('GET', '/api/tasks?state=CLAIMED', false);"
            + " x.send(); return JSON.parse(x.responseText).length === 0");
  }

  private static String state(String task) {
    return ask(task, "state");
  }

  /** Two cases of one score wait: which comes first is not the page's business. */
  private static LabelMap proposed(String task) {
    return ask(task, "series").endsWith(".1") ? straight : turned;
  }

  private static String ask(String task, String field) {
    return String.valueOf(
        browser.ask(
            "const x = new XMLHttpRequest(); x.open('GET', '/api/tasks/' + arguments[0], false);"
                + " x.send(); return JSON.parse(x.responseText)[arguments[1]]",
            task,
            field));
  }

  private static void logIn(String password) {
    browser.find("#user").clear();
    browser.find("#user").sendKeys(ReadingRoom.USER);
    browser.find("#password").sendKeys(password, Browser.enter());
  }

  /** Looks at the open case and returns its task's id. */
  private static String readCase() throws IOException {
    browser.await(".case[data-loaded]");
    String task = String.valueOf(browser.ask("return location.hash.slice(7)"));
    browser.ask(
        "for (const b of document.querySelectorAll('.toggle'))"
            + " if (b.textContent === 'Cross' && b.ariaPressed === 'true') b.click()");
    browser.picture("3-case-" + task.substring(0, 4));
    assertEquals(List.of("A", "P", "R", "L"), letters());
    browser.press("1");
    assertGrey("tissue in the middle", MIDDLE, 127);
    assertGrey("the bright block", BRIGHT, 255);
    var leftForRight = new Vector3(2 * MIDDLE.x() - BRIGHT.x(), BRIGHT.y(), 0);
    assertGrey("its mirror image, left for right", leftForRight, 127);
    assertColour("the liver", LIVER, 0xc0, 0x20, 0x20);
    browser.hold("h");
    assertGrey("the liver without the proposal", LIVER, 127);
    browser.letGo("h");
    browser.press("2");
    assertColour("the spleen", SPLEEN, 0x20, 0x40, 0xd0);
    spleenEndsWhereItShould();
    return task;
  }

  private static void spleenEndsWhereItShould() {
    browser.press(Keys.END);
    assertGrey("no spleen in the lowest slice", SPLEEN, 127);
    browser.press(Keys.HOME);
    assertColour("spleen in the top slice", SPLEEN, 0x20, 0x40, 0xd0);
    for (double z = TOP_Z - SLICE_MM; z > SPLEEN_FROM_Z; z -= SLICE_MM) {
      browser.press(Keys.ARROW_DOWN);
    }
    assertColour("its last slice", SPLEEN, 0x20, 0x40, 0xd0);
    browser.press(Keys.ARROW_DOWN);
    assertGrey("the slice below it", SPLEEN, 127);
  }

  private static void decide(String task, LabelMap proposed) throws IOException {
    browser.press("2");
    browser.press("r");
    browser.press("1");
    browser.press("a");
    assertEquals("REJECT", pressed(2));
    assertEquals("ACCEPT", pressed(1));
    browser.picture("4-judged-" + task.substring(0, 4));
    browser.press(Browser.enter());
    Sha256 expected = withoutSpleen(proposed);
    browser.awaitTrue(
        "the receipt of what was decided",
        "return document.querySelector('#receipt')?.dataset.digest === arguments[0]",
        expected.hex());
    browser.picture("5-receipt-" + task.substring(0, 4));
    assertEquals("ACCEPTED", state(task));
  }

  private static String pressed(int segment) {
    return browser
        .find("[data-segment='" + segment + "'] [aria-pressed='true']")
        .getDomAttribute("data-verdict");
  }

  private static Sha256 withoutSpleen(LabelMap labels) {
    short[] kept = labels.toArray();
    var bytes = ByteBuffer.allocate(kept.length * 2).order(ByteOrder.LITTLE_ENDIAN);
    for (short label : kept) {
      bytes.putShort(label == 2 ? 0 : label);
    }
    return Sha256.of(bytes.array());
  }

  private static void everythingStayedAtHome() {
    List<String> requests = browser.requests();
    assertTrue(requests.size() > 20, () -> "the log of requests is too short: " + requests);
    for (String request : requests) {
      if (request.equals("about:blank")) {
        continue;
      }
      assertTrue(request.startsWith(room.origin() + "/"), request);
    }
    // The console notes each 401 of the login, and that this test looks at pixels.
    List<String> complaints =
        browser.complaints().stream()
            .filter(line -> !line.contains("401") && !line.contains("willReadFrequently"))
            .toList();
    assertEquals(List.of(), complaints);
  }

  private static List<String> letters() {
    return List.of("top", "bottom", "left", "right").stream()
        .map(edge -> browser.find(".plane-main [data-edge='" + edge + "']"))
        .map(WebElement::getText)
        .toList();
  }

  /** A segment's colour over tissue, at the opacity that the page begins with. */
  private static int overTissue(int colour) {
    return (int) Math.round(0.35 * colour + 0.65 * 127);
  }

  private static void assertGrey(String what, Vector3 at, int grey) {
    assertPixel(what, at, new int[] {grey, grey, grey}, 2);
  }

  private static void assertColour(String what, Vector3 at, int red, int green, int blue) {
    assertPixel(what, at, new int[] {overTissue(red), overTissue(green), overTissue(blue)}, 3);
  }

  /** The pixel where the radiological convention puts a patient position on the large plane. */
  private static void assertPixel(String what, Vector3 at, int[] expected, int tolerance) {
    String script =
        "const c = document.querySelector('.plane-main canvas');"
            + "const [dx, dy, w, h, want, tolerance] = arguments;"
            + "const perMm = Math.min(c.width / w, c.height / h);"
            + "const x = Math.floor(c.width / 2 + dx * perMm);"
            + "const y = Math.floor(c.height / 2 + dy * perMm);"
            + "const p = c.getContext('2d').getImageData(x, y, 1, 1).data;"
            + "window.seen = [...p].slice(0, 3);"
            + "return window.seen.every((v, i) => Math.abs(v - want[i]) <= tolerance)";
    List<Integer> wanted = List.of(expected[0], expected[1], expected[2]);
    try {
      browser.awaitTrue(
          what,
          script,
          at.x() - MIDDLE.x(),
          at.y() - MIDDLE.y(),
          WIDTH_MM,
          HEIGHT_MM,
          wanted,
          tolerance);
    } catch (AssertionError e) {
      throw new AssertionError(
          what + ": expected " + wanted + ", found " + browser.ask("return window.seen"), e);
    }
  }
}

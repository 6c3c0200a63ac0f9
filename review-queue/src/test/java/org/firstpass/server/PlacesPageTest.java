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
import org.openqa.selenium.WebElement;

/**
 * Where to look, in a real browser: the reader is led to an island, removes it there, sees what was
 * changed, and takes it back in that place.
 */
class PlacesPageTest {
  private static final int COLUMNS = 60;
  private static final int ROWS = 40;
  private static final double COLUMN_MM = 2;
  private static final double ROW_MM = 3;
  private static final Vector3 CORNER = new Vector3(-60, -60, 400);
  private static final Vector3 ISLAND = new Vector3(30, 15, 420);
  private static final int ISLAND_SLICE = 4;

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
  void theReaderIsLedToAnIslandRemovesItAndTakesTheRemovalBackInItsPlace() throws IOException {
    LabelMap proposed = openCase();
    toolsSayWhyTheyCannotBeUsed();
    theKeyLeadsToTheIsland();
    theIslandIsRemovedThereAndLeavesTheList();
    theChangeIsShownInNumbersAndInItsPlace();
    browser.find(".place-revert").click();
    awaitSaid("As it was proposed again.");
    browser.awaitTrue(
        "no changed place", "return document.querySelectorAll('.place-revert').length === 0");
    anActionIsFoundByItsName();
    assertEquals(List.of("remove-part", "revert"), tools());
    browser.press(Keys.ENTER);
    browser.awaitTrue(
        "the receipt of what was proposed",
        "return document.querySelector('#receipt')?.dataset.digest === arguments[0]",
        SubmittedLabels.digest(proposed).hex());
  }

  private static LabelMap openCase() {
    var axial = new Axes(new Vector3(1, 0, 0), new Vector3(0, 1, 0), new Vector3(0, 0, 1));
    var geometry =
        new GridGeometry(
            new FrameOfReferenceUid("1.2.826.0.1.11.1"),
            new GridSize(COLUMNS, ROWS, 9),
            CORNER,
            axial,
            new Spacing(COLUMN_MM, ROW_MM, 5));
    LabelMap proposed = room.propose(1, geometry, at -> 40, PlacesPageTest::liver);
    room.logIn(browser);
    String task = ReviewCase.taskOf(ReadingRoom.proposalId(1)).toString();
    browser.openTask(task);
    return proposed;
  }

  private static int liver(Vector3 at) {
    boolean large = Math.abs(at.x() + 20) < 15 && Math.abs(at.y()) < 20 && at.z() < 432;
    boolean small =
        Math.abs(at.x() - ISLAND.x()) < 5
            && Math.abs(at.y() - ISLAND.y()) < 5
            && Math.abs(at.z() - ISLAND.z()) < 1;
    return large && at.z() > 406 || small ? 1 : 0;
  }

  private static void toolsSayWhyTheyCannotBeUsed() {
    browser.press("1");
    browser.find("#tab-segment").click();
    WebElement union = browser.find("[data-action='add']");
    assertEquals("true", union.getDomAttribute("aria-disabled"));
    String title = union.getDomAttribute("title");
    assertTrue(title.contains("Choose another segment first."), title);
    assertTrue(title.contains("(⇧ U)"), title);
  }

  private static void theKeyLeadsToTheIsland() throws IOException {
    browser.find("#tab-places").click();
    browser.await("[data-kind='island'][data-segment='1']");
    browser.awaitTrue(
        "everything looked through",
        "return /places not looked at yet/.test(document.querySelector('#places-left').innerText)");
    browser.find(".plane-main canvas").click();
    for (int press = 0;
        press < 10 && browser.all("[data-kind='island'] [aria-current]").isEmpty();
        press++) {
      browser.press(".");
    }
    String line = browser.find("[data-kind='island'] .suspect").getText();
    assertTrue(line.contains("Liver: a small part of 0.45"), line);
    assertEquals("✓", browser.find("[data-kind='island'] .suspect-tick").getText());
    String position = browser.find("[data-kind='island'] .place-at").getText();
    assertTrue(position.contains("slice " + (ISLAND_SLICE + 1)), position);
    browser.awaitTrue(
        "its slice",
        "return document.querySelector('.plane-main canvas').dataset.slice === arguments[0]",
        Integer.toString(ISLAND_SLICE));
    browser.picture("places-1-island");
  }

  private static void theIslandIsRemovedThereAndLeavesTheList() {
    browser.press("d");
    browser.await("[data-action='remove-part'][aria-pressed='true']");
    assertTrue(browser.find("#place-line").getText().contains("Liver: a small part of 0.45"));
    double[] at = onLargePlane(ISLAND);
    browser.drag(".plane-main canvas", at, at);
    browser.press("d");
    browser.find("#tab-places").click();
    browser.awaitTrue(
        "the list without the island",
        "return document.querySelectorAll('[data-kind=island]').length === 0");
    assertTrue(browser.find("[data-segment='1'] .corrected").isDisplayed());
  }

  private static void theChangeIsShownInNumbersAndInItsPlace() throws IOException {
    browser.hold(Keys.SHIFT.toString());
    browser.press("c");
    browser.letGo(Keys.SHIFT.toString());
    browser.find("#tab-changes").click();
    browser.await("[data-action='changes'][aria-pressed='true']");
    String row = browser.find(".balance tbody tr").getText().replace('\u202f', ' ');
    assertEquals("Liver +0 ml −0.45 ml", row);
    browser.await(".changed-places li");
    assertEquals(1, browser.all(".changed-places li").size());
    String place = browser.find(".place-go").getText();
    assertTrue(place.contains("Liver") && place.contains("slice " + (ISLAND_SLICE + 1)), place);
    // Hatched in orange where there is grey alone otherwise.
    browser.awaitTrue(
        "the hatch over the island",
        "const [x, y] = arguments; const c = document.querySelector('.plane-main canvas');"
            + "const r = c.getBoundingClientRect(); const f = c.width / r.width;"
            + "const p = c.getContext('2d').getImageData("
            + " (r.width / 2 + x - 8) * f, (r.height / 2 + y - 8) * f, 16 * f, 16 * f).data;"
            + "let n = 0; for (let i = 0; i < p.length; i += 4) if (p[i] - p[i + 2] > 60) n++;"
            + "return n > 20",
        onLargePlane(ISLAND)[0],
        onLargePlane(ISLAND)[1]);
    browser.picture("places-2-changes");
  }

  private static void anActionIsFoundByItsName() {
    browser.press("/");
    browser.await("dialog[open] #actions-search");
    browser.find("#actions-search").sendKeys("encloses");
    assertEquals(1, browser.all(".action-line").size());
    browser.find("#actions-search").sendKeys(Browser.enter());
    awaitSaid("Nothing was to be changed.");
  }

  private static void awaitSaid(String sentence) {
    browser.awaitTrue(
        sentence,
        "return document.querySelector('#tool-said').innerText === arguments[0]",
        sentence);
  }

  /** From the middle of the large plane's canvas, in CSS pixels. */
  private static double[] onLargePlane(Vector3 at) {
    var size =
        (List<?>)
            browser.ask(
                "const r = document.querySelector('.plane-main canvas').getBoundingClientRect();"
                    + " return [r.width, r.height]");
    double perMm =
        Math.min(
            ((Number) size.get(0)).doubleValue() / (COLUMNS * COLUMN_MM),
            ((Number) size.get(1)).doubleValue() / (ROWS * ROW_MM));
    double middleX = CORNER.x() + (COLUMNS - 1) * COLUMN_MM / 2;
    double middleY = CORNER.y() + (ROWS - 1) * ROW_MM / 2;
    return new double[] {(at.x() - middleX) * perMm, (at.y() - middleY) * perMm};
  }

  @SuppressWarnings("unchecked")
  private static List<String> tools() {
    browser.awaitTrue(
        "both steps on the server",
        "const x = new XMLHttpRequest(); x.open('GET', location.hash.replace('#/task/',"
            + " '/api/tasks/') + '/journal', false); x.send();"
            + " window.tools = JSON.parse(x.responseText).entries.map((one) => one.tool);"
            + " return window.tools.length === 2");
    return (List<String>) browser.ask("return window.tools");
  }
}

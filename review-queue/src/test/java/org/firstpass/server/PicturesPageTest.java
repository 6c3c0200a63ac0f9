package org.firstpass.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/**
 * Goes through the pages that the documents show. Their pictures are made anew by naming the folder
 * in {@code FIRSTPASS_SCREENSHOTS}.
 */
class PicturesPageTest {
  private static ReadingRoom room;
  private static Browser browser;

  @BeforeAll
  static void open(@TempDir Path folder) {
    browser = Browser.openWithGraphics();
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
  void everyPageThatTheDocumentsShowIsThere() throws IOException {
    String task = MadeUpTrunk.propose(room, 1, 1);
    String later = MadeUpTrunk.propose(room, 2, 1);
    for (int number = 3; number <= 6; number++) {
      MadeUpTrunk.propose(room, number);
    }
    room.logIn(browser);
    browser.ask("localStorage.setItem('firstpass.hint-read', 'true')");
    browser.await(".list[data-loaded] tr:nth-child(6)");
    browser.picture("worklist");
    browser.openTask(task);
    aCaseIsDrawnOn();
    aCaseIsMeasured();
    submitted(task);
    browser.openTask(later);
    aCaseIsComparedAndSeenInSpace();
    browser.press(Keys.ESCAPE);
    browser.await(".list[data-loaded]");
    browser.find("#to-quality").click();
    browser.await(".quality[data-loaded] .plot canvas");
    browser.picture("quality");
  }

  private static void aCaseIsDrawnOn() throws IOException {
    browser.press("2", "b");
    browser.await(".tool[data-action='brush'][aria-pressed='true']");
    browser.picture("case");
    browser.drag(".plane-main canvas", new double[] {200, 60}, new double[] {250, 110});
    browser.await("[data-segment='2'].painted");
    browser.find("#tab-changes").click();
    browser.pressShifted("c");
    browser.await(".changed-places li");
    browser.picture("changes");
    browser.pressShifted("c");
    browser.press("b");
  }

  private static void aCaseIsMeasured() throws IOException {
    browser.press("1", "m");
    browser.drag(".plane-main canvas", new double[] {-190, -30}, new double[] {-40, 40});
    browser.await("#marks-list li");
    browser.picture("findings");
    browser.press("m");
  }

  private static void submitted(String task) {
    browser.press(Browser.enter());
    browser.await("#receipt");
    browser.awaitTrue("it has moved on", "return !location.hash.endsWith(arguments[0])", task);
    browser.await(".case[data-loaded] .tool-panel");
    browser.press(Keys.ESCAPE);
    browser.await(".list[data-loaded]");
  }

  private static void aCaseIsComparedAndSeenInSpace() throws IOException {
    browser.pressShifted("o");
    browser.await(".prior-link[data-link='position']");
    browser.awaitTrue(
        "the earlier image is drawn",
        "return !!document.querySelector('.plane-prior canvas[data-slice]')");
    browser.picture("prior");
    browser.pressShifted("o");
    browser.pressShifted("t");
    browser.await(".surface-canvas");
    browser.find("#tab-places").click();
    browser.await("#places-left");
    browser.press("*");
    browser.await("[data-theme='light']");
    browser.picture("space");
    browser.press("*");
    browser.pressShifted("t");
    assertEquals(0, browser.all(".surface-canvas").size());
  }
}

package org.firstpass.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.WebElement;

/** How a case with six segments lies on a screen of 1280 x 800. */
class LayoutPageTest {
  private static final List<String> PAGES =
      List.of("draw", "segment", "slices", "assist", "marks", "changes", "places");

  /** Lines of the segment list that are seen as a whole. */
  private static final String SEEN =
      """
      const box = document.querySelector('.segment-box').getBoundingClientRect();
      return [...document.querySelectorAll('.segment')].filter(one => {
        const {top, bottom} = one.getBoundingClientRect();
        return top >= box.top - 0.5 && bottom <= box.bottom + 0.5;
      }).length
      """;

  /** Buttons and fields that lie over one another, stick out of their box, or whose words do. */
  private static final String CROWDED =
      """
      const found = [];
      const name = e => e.id || e.className || e.innerText;
      const clipped = e => {
        let {left, right, top, bottom} = e.getBoundingClientRect();
        for (let box = e.parentElement; box; box = box.parentElement) {
          const {overflowX, overflowY} = getComputedStyle(box);
          if (overflowX === 'visible' && overflowY === 'visible') continue;
          const r = box.getBoundingClientRect();
          [left, right, top, bottom] = [Math.max(left, r.left), Math.min(right, r.right), Math.max(top, r.top), Math.min(bottom, r.bottom)];
        }
        return {left, right, top, bottom};
      };
      const shown = [...document.querySelectorAll('.case button, .case select, .case input, .bar a, .bar button, .bar select')]
        .map(e => ({e, r: clipped(e)})).filter(({e, r}) => e.checkVisibility() && r.right - r.left > 1 && r.bottom - r.top > 1);
      for (const {e, r} of shown) {
        if (r.right > innerWidth || r.bottom > innerHeight || r.left < 0) found.push('outside: ' + name(e));
        if (e.tagName === 'BUTTON' && e.scrollWidth > e.clientWidth + 1) found.push('too wide: ' + name(e));
      }
      shown.forEach((one, at) => shown.slice(at + 1).forEach(other => {
        if (one.e.contains(other.e) || other.e.contains(one.e)) return;
        const across = Math.min(one.r.right, other.r.right) - Math.max(one.r.left, other.r.left);
        const down = Math.min(one.r.bottom, other.r.bottom) - Math.max(one.r.top, other.r.top);
        if (across > 1 && down > 1) found.push(name(one.e) + ' over ' + name(other.e));
      }));
      for (const box of [document.documentElement, document.querySelector('main'), document.querySelector('.segment-box'), document.querySelector('.tool-page')])
        if (box && box.scrollWidth > box.clientWidth) found.push('scrolls sideways: ' + name(box));
      const main = document.querySelector('main');
      if (main.scrollHeight > main.clientHeight) found.push('the whole case scrolls');
      return found
      """;

  private static ReadingRoom room;
  private static Browser browser;
  private static String task;

  @BeforeAll
  static void open(@TempDir Path folder) {
    browser = Browser.open();
    room = new ReadingRoom(folder);
    task = MadeUpTrunk.propose(room, 1);
    room.logIn(browser);
    browser.await(".list[data-loaded]");
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

  private static void openCase(String language) {
    browser.ask("localStorage.setItem('firstpass.language', arguments[0])", language);
    browser.go("about:blank");
    browser.go(room.origin() + "/#/task/" + task);
    browser.await(".case[data-loaded] .tool-panel");
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "de"})
  void sixSegmentsAreSeenBesideEveryPageOfTheToolsAndNothingLiesOverAnother(String language)
      throws IOException {
    openCase(language);
    for (String page : PAGES) {
      browser.find("#tab-" + page).click();
      assertEquals(6L, browser.ask(SEEN), page);
      assertEquals(List.of(), browser.ask(CROWDED), page);
    }
    browser.find("#tab-draw").click();
    browser.press("3");
    browser.press("r");
    assertEquals(List.of(), browser.ask(CROWDED), "with a verdict");
    browser.picture("layout-" + language);
  }

  @Test
  void aSegmentIsLockedAndUnlockedOnItsLineAndByItsKey() {
    openCase("en");
    browser.press("2");
    WebElement lock = browser.find("[data-segment='2'] .lock");
    lock.click();
    browser.await("[data-segment='2'] .lock.on[aria-label='Unlock Spleen']");
    browser.find("#tab-segment").click();
    assertEquals("true", tool("keep-largest").getDomAttribute("aria-disabled"));
    browser.find("#viewer").click();
    browser.pressShifted("v");
    browser.await("[data-segment='2'] .lock:not(.on)[aria-label='Lock Spleen against changes']");
    assertTrue(!"true".equals(tool("keep-largest").getDomAttribute("aria-disabled")));
  }

  @Test
  void theFirstCaseSaysHowToBeginUntilThatWasRead() {
    browser.ask("localStorage.removeItem('firstpass.hint-read')");
    openCase("en");
    browser.await(".first-hint");
    browser.find("#hint-read").click();
    assertEquals(0, browser.all(".first-hint").size());
    openCase("en");
    assertEquals(0, browser.all(".first-hint").size());
  }

  @Test
  void theReaderMakesThePageLightAndFindsItSoAgainWithImagesOnBlack() {
    openCase("en");
    browser.await("[data-theme='dark']");
    browser.press("*");
    browser.await("[data-theme='light']");
    openCase("en");
    browser.await("[data-theme='light']");
    assertEquals("rgb(255, 255, 255)", ground(".case-panel"));
    assertEquals("rgb(0, 0, 0)", ground(".stage"));
    browser.find("#theme").click();
    browser.await("[data-theme='dark']");
  }

  private static Object ground(String selector) {
    return browser.ask(
        "return getComputedStyle(document.querySelector(arguments[0])).backgroundColor", selector);
  }

  private static WebElement tool(String action) {
    return browser.find(".tool-page [data-action='" + action + "']");
  }
}

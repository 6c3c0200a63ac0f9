package org.firstpass.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.firstpass.security.NewUser;
import org.firstpass.security.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** Nothing that axe-core knows keeps people from using any page, dark or light. */
class AccessPageTest {
  private static final List<String> PAGES =
      List.of("draw", "segment", "slices", "assist", "marks", "changes", "places");

  /** The case that is submitted by whether the page is dark or light. */
  private static final Map<String, String> SUBMITTED = new HashMap<>();

  private static ReadingRoom room;
  private static Browser browser;
  private static String task;

  @BeforeAll
  static void open(@TempDir Path folder) {
    browser = Browser.openWithGraphics();
    room = new ReadingRoom(folder);
    room.server
        .security()
        .users()
        .create(
            "test",
            new NewUser("second", "Dr. Second", Set.of(Role.RADIOLOGIST)),
            ReadingRoom.PASSWORD.toCharArray());
    task = MadeUpTrunk.propose(room, 1);
    // An earlier image of the same body.
    MadeUpTrunk.propose(room, 4, 1);
    SUBMITTED.put("dark", MadeUpTrunk.propose(room, 2));
    SUBMITTED.put("light", MadeUpTrunk.propose(room, 3));
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

  /** Each begins in front of the login. */
  @BeforeEach
  void leave() {
    room.leave(browser);
  }

  private static void dress(String theme) {
    browser.ask("localStorage.setItem('firstpass.theme', arguments[0])", theme);
    browser.go("about:blank");
    browser.go(room.origin() + "/");
    browser.await("[data-theme='" + theme + "'] #user");
  }

  private static void check(String state, String theme) throws IOException {
    browser.picture("access-" + state + "-" + theme);
    Accessibility.check(browser, state + ", " + theme);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dark", "light"})
  void everyoneCanLogInAndFindACase(String theme) throws IOException {
    dress(theme);
    check("login", theme);
    browser.find("#user").sendKeys(ReadingRoom.USER);
    browser.find("#password").sendKeys("not it", Browser.enter());
    browser.awaitTrue(
        "the refusal", "return document.querySelector('.problem').innerText.length > 0");
    check("login-refused", theme);
    room.logIn(browser);
    browser.await(".list[data-loaded] tr[data-task]");
    check("worklist", theme);
    browser.ask("document.querySelector('tr[data-task] .score').focus()");
    check("worklist-score", theme);
    browser.find("#worklist-filter").click();
    browser.await("#worklist-filters");
    check("worklist-filters", theme);
    browser.find("#worklist-help").click();
    browser.await("dialog[open]");
    check("worklist-keys", theme);
    browser.press(Keys.ESCAPE);
    browser.find("#worklist-search").sendKeys("nothing is called so");
    browser.await(".list .empty:not([hidden])");
    check("worklist-empty", theme);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dark", "light"})
  void everyoneCanReadACaseWithEachTool(String theme) throws IOException {
    dress(theme);
    room.logIn(browser);
    browser.openTask(task);
    for (String page : PAGES) {
      browser.find("#tab-" + page).click();
      check("case-" + page, theme);
    }
    for (String tool : List.of("t", "g", "s", "m")) {
      browser.press(tool);
      check("tool-" + tool, theme);
    }
    browser.press("m");
    browser.find(".plane-main canvas").click();
    browser.press("2", "r");
    browser.press("3");
    browser.pressShifted("v");
    check("judged-and-locked", theme);
    browser.pressShifted("o");
    browser.await(".plane-prior");
    check("prior", theme);
    browser.pressShifted("o");
    browser.pressShifted("t");
    browser.await(".surface");
    check("surface", theme);
    browser.pressShifted("t");
    browser.press(Keys.ESCAPE);
    browser.await(".list[data-loaded]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dark", "light"})
  void everyoneCanAnswerWhatTheCaseAsks(String theme) throws IOException {
    dress(theme);
    room.logIn(browser);
    browser.openTask(task);
    browser.press("?");
    browser.await("dialog[open]");
    check("actions", theme);
    browser.press(Keys.ESCAPE);
    for (String id : List.of("discontinue", "hand-over", "flag")) {
      browser.find("#" + id).click();
      browser.await("dialog[open]");
      check(id, theme);
      browser.press(Keys.ESCAPE);
      browser.awaitTrue("it is closed", "return !document.querySelector('dialog[open]')");
    }
    browser.find("[data-segment='2'] .verdict-minor").click();
    browser.await("[data-segment='2'] .contradiction");
    browser.press(Browser.enter());
    browser.await("#alerts .notice");
    check("contradiction", theme);
    browser.press("2", "a", Keys.ESCAPE);
    browser.await(".list[data-loaded]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dark", "light"})
  void everyoneCanSeeWhatBecameOfTheWork(String theme) throws IOException {
    dress(theme);
    room.logIn(browser);
    String submitted = SUBMITTED.get(theme);
    browser.openTask(submitted);
    browser.press(Browser.enter());
    browser.await("#receipt");
    browser.awaitTrue(
        "the next case",
        "return !location.hash.endsWith(arguments[0]) && !!document.querySelector('.case[data-loaded] .tool-panel')",
        submitted);
    check("receipt", theme);
    browser.press(Keys.ESCAPE);
    browser.await(".list[data-loaded]");
    for (String section : List.of("READING", "DECIDED", "DISCONTINUED")) {
      browser.find(".tab[data-section='" + section + "']").click();
      browser.await(".tab[data-section='" + section + "'][aria-pressed='true']");
      check("worklist-" + section.toLowerCase(Locale.ROOT), theme);
    }
    browser.find("#to-quality").click();
    browser.await(".quality[data-loaded] .plot canvas");
    check("quality", theme);
    browser.find(".figures td a").click();
    browser.await(".quality[data-loaded] .cases tr[data-correction] a");
    check("quality-cases", theme);
    browser.find(".cases tr[data-correction] a").click();
    browser.await(".quality[data-loaded] .one-case");
    check("quality-case", theme);
    browser.go(room.origin() + "/#/case/" + submitted);
    browser.await(".looked-at[data-loaded]");
    check("history", theme);
  }
}

package org.firstpass.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.firstpass.geometry.Axes;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.review.ReviewCase;
import org.firstpass.security.NewUser;
import org.firstpass.security.Role;
import org.firstpass.study.FrameOfReferenceUid;
import org.firstpass.testing.Deadline;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The worklist in a real browser, with a second reader at work. */
final class WorklistPageTest {
  private static final String SECOND = "second";

  private static ReadingRoom room;
  private static Browser browser;
  private static ApiClient second;

  @BeforeAll
  static void open(@TempDir Path folder) {
    browser = Browser.open();
    room = new ReadingRoom(folder);
    room.server
        .security()
        .users()
        .create(
            "test",
            new NewUser(SECOND, "Dr. Second", Set.of(Role.RADIOLOGIST)),
            ReadingRoom.PASSWORD.toCharArray());
    second = ApiClient.login(room.server.port(), SECOND, ReadingRoom.PASSWORD);
    for (int number = 1; number <= 4; number++) {
      propose(number);
    }
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

  /** Each test begins in front of the whole list, which is live. */
  @BeforeEach
  void arrive() {
    browser.go("about:blank");
    browser.go(room.origin() + "/");
    browser.await(".list[data-loaded]");
    browser.await(".live-mark:not(.stale)");
  }

  private static void propose(int number) {
    var geometry =
        new GridGeometry(
            new FrameOfReferenceUid("1.2.826.0.1.9." + number),
            new GridSize(20, 16, 8),
            new Vector3(-40, -30, 100),
            new Axes(new Vector3(1, 0, 0), new Vector3(0, 1, 0), new Vector3(0, 0, 1)),
            new Spacing(4, 4, 5));
    room.propose(number, geometry, at -> at.x() > 0 ? 200 : 40, at -> at.x() > 0 ? 1 : 0);
    Deadline.await(
        "the task is there", () -> second.status("GET", "/api/tasks/" + task(number)) == 200);
  }

  private static UUID task(int number) {
    return ReviewCase.taskOf(ReadingRoom.proposalId(number));
  }

  private static String row(int number) {
    return "tr[data-task='" + task(number) + "']";
  }

  @Test
  void aKeyClaimsTheNextCaseAndTheOneAfterItIsThereWhenItIsOpened() throws IOException {
    String first = second.get("/api/tasks/next", 200).path("id").asText();
    browser.await("tr[data-task='" + first + "']");
    browser.picture("worklist-1-live");
    browser.press("n");
    browser.await(".case[data-loaded]");
    assertEquals(first, opened());
    String next = second.get("/api/tasks/next", 200).path("id").asText();
    assertTrue(!next.equals(first));
    List<String> before = new ArrayList<>();
    Deadline.await(
        "the next case is loaded ahead",
        () -> {
          before.addAll(browser.requests());
          return before.stream()
                  .anyMatch(one -> one.contains(next + "/image?") && one.endsWith("&ahead=true"))
              && before.stream().anyMatch(one -> one.endsWith(next + "/label-runs"));
        });
    assertEquals("WAITING", second.get("/api/tasks/" + next, 200).path("state").asText());
    browser.press(Browser.enter());
    browser.awaitTrue("the next case", "return location.hash.endsWith(arguments[0])", next);
    browser.await(".case[data-loaded]");
    List<String> after = browser.requests();
    assertTrue(after.stream().anyMatch(one -> one.endsWith("/submit") || one.contains("/submit?")));
    assertEquals(
        List.of(),
        after.stream()
            .filter(one -> one.contains(next + "/image") || one.contains(next + "/geometry"))
            .toList());
    browser.awaitTrue(
        "its picture",
        "const c = document.querySelector('.plane-main canvas');"
            + "const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
            + "return d.some((v, i) => i % 4 === 0 && v > 200)");
    browser.press(Keys.ESCAPE);
    browser.await(".list[data-loaded]");
  }

  @Test
  void whatASecondReaderTakesAndGivesBackIsSeenWithoutAReload() throws IOException {
    propose(11);
    browser.await(row(11) + " .open");
    var claim = second.post("/api/tasks/" + task(11) + "/claim", "{}", 200);
    gone(row(11));
    browser.press("2");
    browser.await(row(11));
    String shown = browser.find(row(11)).getText();
    assertTrue(shown.contains(SECOND + " until"), shown);
    browser.picture("worklist-2-being-read");
    assertEquals(
        0L,
        browser.ask("return document.querySelectorAll(arguments[0] + ' .open').length", row(11)));
    second.post(
        "/api/tasks/" + task(11) + "/release",
        "{\"transaction\":\"" + claim.path("transaction").asText() + "\"}",
        200);
    gone(row(11));
    browser.press("1");
    browser.await(row(11) + " .open");
  }

  @Test
  void aCaseIsFoundByTypingAndTheSearchIsInNoAddress() throws IOException {
    propose(21);
    propose(22);
    browser.await(row(22));
    browser.requests();
    browser.press("/");
    assertEquals("worklist-search", browser.ask("return document.activeElement.id"));
    browser.press("1.2.826.0.1.7.21");
    gone(row(22));
    browser.await(row(21) + ".selected");
    browser.picture("worklist-3-found");
    browser.press(Browser.enter());
    browser.await(".case[data-loaded]");
    assertEquals(task(21).toString(), opened());
    for (String request : browser.requests()) {
      assertTrue(!request.contains("1.2.826"), request);
    }
    browser.press(Keys.ESCAPE);
    browser.await(row(21));
    browser.press("/");
    browser.press("nothing like it");
    browser.await(".empty:not([hidden])");
    browser.press(Keys.ESCAPE);
    browser.await(row(22));
  }

  @Test
  void filtersAreSetByKeysAndStayWhileACaseIsRead() throws IOException {
    propose(31);
    browser.await(row(31));
    browser.press("f");
    browser.await("#worklist-filters select[data-filter='modality']");
    browser.awaitTrue(
        "the choices",
        "return document.querySelectorAll('[data-filter=package] option').length > 1");
    browser.picture("worklist-4-filters");
    browser.find("[data-filter='mine']").click();
    gone(row(31));
    browser.await(".empty:not([hidden])");
    browser.find("#worklist-clear").click();
    browser.await(row(31));
    browser.ask(
        "const s = document.querySelector('[data-filter=package]'); s.value = 'landmarks';"
            + " s.dispatchEvent(new Event('change', {bubbles: true}))");
    browser.await(row(31) + " .open");
    browser.find(row(31) + " .open").click();
    browser.await(".case[data-loaded]");
    browser.press(Keys.ESCAPE);
    browser.await(".list[data-loaded]");
    browser.awaitTrue(
        "the filter is kept",
        "return document.querySelector('[data-filter=package]')?.value === 'landmarks'");
    browser.find("#worklist-clear").click();
    browser.find("#worklist-filter").click();
  }

  @Test
  void arrowsMoveThroughTheRowsEnterOpensAndAQuestionMarkTellsTheKeys() {
    browser.await("tbody tr[data-task]:nth-child(2)");
    browser.press(Keys.ARROW_DOWN);
    String selected = String.valueOf(selectedRow());
    assertEquals(
        selected,
        browser.ask("return document.activeElement.closest('tr')?.dataset.task"),
        "the row that is selected has the focus");
    browser.press("?");
    browser.await("dialog[open] .key-table");
    browser.press(Keys.ESCAPE);
    browser.awaitTrue("it is closed", "return !document.querySelector('dialog[open]')");
    browser.press("p");
    browser.await("dialog[open]");
    browser.press(Keys.ESCAPE);
    browser.awaitTrue("it is closed", "return !document.querySelector('dialog[open]')");
    browser.press(Browser.enter());
    browser.await(".case[data-loaded]");
    assertEquals(selected, opened());
    browser.press(Keys.ESCAPE);
    browser.await(".list[data-loaded]");
  }

  private static Object selectedRow() {
    return browser.ask("return document.querySelector('tr.selected').dataset.task");
  }

  private static void gone(String selector) {
    browser.awaitTrue(
        selector + " is gone", "return document.querySelector(arguments[0]) === null", selector);
  }

  private static String opened() {
    return String.valueOf(browser.ask("return location.hash.slice(7)"));
  }
}

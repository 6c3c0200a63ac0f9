package org.firstpass.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The life of a case in a real browser: verdicts, undoing, handing over, two tabs. */
final class LifePageTest {
  private static final String COLLEAGUE = "colleague";

  private static ReadingRoom room;
  private static Browser browser;

  @BeforeAll
  static void open(@TempDir Path folder) {
    browser = Browser.open();
    room = new ReadingRoom(folder, Duration.ofSeconds(10));
    room.server
        .security()
        .users()
        .create(
            "test",
            new NewUser(COLLEAGUE, "Dr. Colleague", Set.of(Role.RADIOLOGIST)),
            ReadingRoom.PASSWORD.toCharArray());
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
  void aSubmissionIsUndoneWithOneKeyAndTheCaseIsAsItWasLeft() throws IOException {
    openCase(1);
    browser.press("1");
    paint();
    awaitKept(1);
    browser.press(";");
    assertEquals("MINOR", said(1));
    browser.press(Keys.ENTER);
    browser.await("#receipt #undo-submit");
    assertEquals("SUBMITTED", state(1));
    browser.picture("life-1-recorded");
    pressWithShift(Keys.ENTER);
    browser.await("#undone");
    browser.await(".case[data-loaded] .tool-panel");
    assertEquals("CLAIMED", state(1));
    awaitKept(1);
    assertEquals("MINOR", said(1));
    assertTrue(browser.find("[data-segment='1']").getDomAttribute("class").contains("painted"));
    browser.press(Keys.ENTER);
    browser.await("#receipt[data-check='same']");
    Deadline.await("the end of the grace", () -> state(1).equals("ACCEPTED"));
    browser.awaitTrue("no undo any more", "return !document.querySelector('#undo-submit')");
    everythingStayedAtHome();
  }

  @Test
  void aVerdictThatDoesNotFitIsSaidAtOnceAndNotSubmitted() throws IOException {
    openCase(2);
    browser.press("1");
    browser.press(":");
    assertEquals("MAJOR", said(1));
    assertTrue(browser.find("[data-segment='1'] .contradiction").isDisplayed());
    browser.press(Keys.ENTER);
    browser.await("#alerts .notice.error");
    browser.picture("life-2-contradiction");
    assertEquals("CLAIMED", state(2));
    assertEquals(0, browser.all("#receipt").size());
    browser.press("2");
    browser.press(";");
    assertEquals("MISSING", said(2));
    browser.press("n");
    browser.press("1");
    browser.press("a");
    browser.press(Keys.ENTER);
    browser.await("#receipt[data-check='same']");
    awaitAccepted(2);
  }

  @Test
  void aCaseIsMarkedAndHandedToAColleague() throws IOException {
    openCase(3);
    browser.press("!");
    browser.await("dialog[open] textarea");
    browser.find("dialog textarea").sendKeys("a cyst?");
    browser.find("#flag-yes").click();
    browser.await(".mark.flagged");
    browser.press("1");
    paint();
    awaitKept(1);
    browser.press("@");
    browser.await("dialog[open] select");
    assertEquals(
        List.of(COLLEAGUE),
        browser.all("dialog option").stream().map(one -> one.getDomAttribute("value")).toList());
    browser.find("dialog textarea").sendKeys("the dome, please");
    browser.picture("life-3-hand-over");
    browser.find("#hand-over-yes").click();
    browser.await("#handed-over");
    assertEquals("WAITING", state(3));
    var colleague = ApiClient.login(room.server.port(), COLLEAGUE, ReadingRoom.PASSWORD);
    var first = colleague.get("/api/tasks", 200).path(0);
    assertEquals(task(3), first.path("id").asText());
    assertEquals("the dome, please", first.path("handoverNote").asText());
    assertEquals("a cyst?", first.at("/flag/comment").asText());
    var journal = colleague.get("/api/tasks/" + task(3) + "/journal", 200);
    assertEquals(1, journal.path("entries").size());
    assertEquals(ReadingRoom.USER, journal.at("/turns/0/reader").asText());
  }

  @Test
  void ofTwoTabsTheSecondIsToldAndTheFirstOnlyShowsTheCase() throws IOException {
    openCase(4);
    browser.press("1");
    paint();
    browser.openTab(room.origin() + "/#/task/" + task(4));
    browser.await("dialog[open] #take-yes");
    browser.picture("life-4-two-tabs");
    browser.find("#take-yes").click();
    browser.await(".case[data-loaded] .tool-panel");
    browser.awaitTrue("no banner here", "return !document.querySelector('.gone')");
    awaitKept(1);
    paint(60);
    awaitKept(2);
    browser.toTab(0);
    browser.await(".gone");
    assertFalse(browser.find("#submit").isEnabled());
    assertEquals(0, browser.all(".tool-panel").size());
    assertEquals("CLAIMED", state(4));
    browser.find("#reopen").click();
    browser.await(".case[data-loaded] .tool-panel");
    awaitKept(2);
    browser.press(Keys.ENTER);
    browser.await("#receipt[data-check='same']");
    browser.toTab(1);
    browser.await(".gone");
    browser.toTab(0);
    awaitAccepted(4);
  }

  private static void openCase(int number) {
    var axial = new Axes(new Vector3(1, 0, 0), new Vector3(0, 1, 0), new Vector3(0, 0, 1));
    var geometry =
        new GridGeometry(
            new FrameOfReferenceUid("1.2.826.0.1.20." + number),
            new GridSize(60, 40, 7),
            new Vector3(-52, -31, 400),
            axial,
            new Spacing(2, 3, 5));
    room.propose(number, geometry, at -> 40, at -> at.x() < -30 && at.y() < 0 ? 1 : 0);
    browser.go("about:blank");
    room.arrive(browser);
    browser.openTask(task(number));
  }

  private static void paint() {
    paint(0);
  }

  /**
   * @param down from the middle of the large plane, in CSS pixels
   */
  private static void paint(double down) {
    browser.press("b");
    browser.drag(".plane-main canvas", new double[] {-40, down}, new double[] {20, down});
    browser.press("b");
  }

  private static void pressWithShift(CharSequence key) {
    browser.hold(Keys.SHIFT.toString());
    browser.press(key);
    browser.letGo(Keys.SHIFT.toString());
  }

  private static String said(int segment) {
    return browser
        .find("[data-segment='" + segment + "'] [aria-pressed='true']")
        .getDomAttribute("data-verdict");
  }

  private static void awaitKept(int steps) {
    browser.awaitTrue(
        steps + " steps on the server",
        "const x = new XMLHttpRequest(); x.open('GET', location.hash.replace('#/task/',"
            + " '/api/tasks/') + '/journal', false); x.send();"
            + " return JSON.parse(x.responseText).entries.length === arguments[0]",
        steps);
  }

  private static String task(int number) {
    return ReviewCase.taskOf(ReadingRoom.proposalId(number)).toString();
  }

  private static void awaitAccepted(int number) {
    Deadline.await("the end of the grace", () -> state(number).equals("ACCEPTED"));
  }

  private static String state(int number) {
    return String.valueOf(
        browser.ask(
            "const x = new XMLHttpRequest(); x.open('GET', '/api/tasks/' + arguments[0], false);"
                + " x.send(); return JSON.parse(x.responseText).state",
            task(number)));
  }

  private static void everythingStayedAtHome() {
    for (String request : browser.requests()) {
      assertTrue(request.equals("about:blank") || request.startsWith(room.origin()), request);
    }
    List<String> complaints =
        browser.complaints().stream()
            .filter(line -> !line.contains("401") && !line.contains("willReadFrequently"))
            .toList();
    assertEquals(List.of(), complaints);
  }
}

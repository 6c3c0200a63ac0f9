package org.firstpass.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.firstpass.geometry.Axes;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.journal.JournalEntry;
import org.firstpass.journal.JournalTestEntries;
import org.firstpass.review.ReviewCase;
import org.firstpass.security.NewUser;
import org.firstpass.security.Role;
import org.firstpass.study.FrameOfReferenceUid;
import org.firstpass.testing.Deadline;
import org.firstpass.volume.LabelMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Looking at cases that are decided, held by somebody else, or still to be read, in a browser. */
class HistoryPageTest {
  private static final String LEAD = "lead";
  private static final String WORD = "nine quiet windows";
  private static final String FINDING =
      "{\"id\":\"%1$s\",\"after\":{\"id\":\"%1$s\",\"kind\":\"%2$s\",\"segment\":0,"
          + "\"concept\":{\"value\":\"%3$s\",\"scheme\":\"%6$s\",\"meaning\":\"%4$s\"},%5$s}}";

  private static ReadingRoom room;
  private static Browser browser;
  private static ApiClient reader;
  private static ApiClient auditor;

  @BeforeAll
  static void open(@TempDir Path folder) {
    browser = Browser.open();
    room = new ReadingRoom(folder);
    user(LEAD, Role.LEAD);
    user("auditor", Role.AUDITOR);
    reader = ApiClient.login(room.server.port(), ReadingRoom.USER, ReadingRoom.PASSWORD);
    auditor = ApiClient.login(room.server.port(), "auditor", WORD);
    LabelMap labels = propose(1);
    decide(labels);
    propose(2);
    propose(3);
    claim(2);
    draw(2, labels);
    claim(3);
    reader.post(path(3) + "/release", "{\"transaction\":\"" + claim(3) + "\"}", 200);
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

  @BeforeEach
  void logIn() {
    browser.forgetCookies();
    browser.go("about:blank");
    browser.logIn(room.origin(), LEAD, WORD);
    browser.await(".list[data-loaded]");
    browser.requests();
  }

  @Test
  void aDecidedCaseIsSeenFromTheWorklistWithAllThatWasDoneAndNothingCanBeChanged()
      throws IOException {
    browser.press("3");
    browser.await("tr[data-task='" + task(1) + "'] a.look");
    browser.press(Keys.ENTER);
    browser.await(".looked-at[data-loaded]");
    String banner = browser.find(".read-only").getText();
    assertTrue(banner.startsWith("Read only. reader decided this case"), banner);
    assertEquals("true", revision("Revision 1").getAttribute("aria-current"));
    String liver = browser.find(".segment[data-segment='1']").getText();
    assertTrue(Stream.of("Minor", "+", "Dice").allMatch(liver::contains), liver);
    assertTrue(browser.find(".segment[data-segment='2']").getText().contains("Accepted untouched"));
    assertEquals(1, browser.all(".changed-places li").size());
    assertEquals(List.of("Comment seen before", "Length 20.0 mm"), texts(".found li"));
    assertEquals(
        List.of("Taken by reader", "Submitted by reader", "Final, as reader submitted it"),
        texts(".entries li span"));
    assertTrue(browser.find(".effort").getText().contains("Brush"));
    browser.picture("history");
    JsonNode before = reader.get(path(1) + "/history", 200);
    browser.press("b", "a", "r", ";", "!", "@", "z", Keys.DELETE, Keys.ENTER);
    browser.press("?");
    browser.await("dialog[open]");
    String keys = browser.find("dialog[open]").getText();
    assertTrue(keys.contains("Next revision"), keys);
    for (String changing : List.of("Brush", "Submit", "Reject", "Hand to", "Earlier image")) {
      assertTrue(!keys.contains(changing), changing);
    }
    browser.press(Keys.ESCAPE);
    assertEquals(List.of(), browser.all(".tool-panel, #submit, .verdict, #discontinue, #flag"));
    assertEquals(before, reader.get(path(1) + "/history", 200));
    assertEquals(List.of(), changing(browser.requests()));
    assertTrue(auditor.get("/api/audit", 200).toString().contains("TASK_VIEWED"));
  }

  @Test
  void keysLeadThroughRevisionsChangesSegmentsAndSlices() {
    look(1, "");
    browser.pressShifted("c");
    browser.await("#history-changes [aria-pressed='true']");
    String slice = slice();
    browser.press(Keys.ARROW_UP);
    browser.awaitTrue(
        "another slice",
        "return document.querySelector('.plane-main canvas').dataset.slice !== arguments[0]",
        slice);
    shifted(Keys.ARROW_DOWN);
    browser.awaitTrue(
        "the slice that was changed",
        "return document.querySelector('.plane-main canvas').dataset.slice === arguments[0]",
        changedSlice());
    browser.press("2");
    browser.await(".segment.selected[data-segment='2']");
    browser.press(Keys.ARROW_LEFT);
    browser.await(".segment.selected[data-segment='1']");
    shifted(Keys.ARROW_LEFT);
    browser.await(".revision[data-revision='proposal'][aria-current='true']");
    assertEquals(List.of(), browser.all("#history-changes, #history-effort, .said"));
    assertTrue(address().endsWith("#/case/" + task(1)), address());
    shifted(Keys.ARROW_RIGHT);
    browser.await("#history-changes");
    assertTrue(address().contains("#/case/" + task(1) + "/"), address());
    browser.press(Keys.ESCAPE);
    browser.await(".list[data-loaded]");
  }

  @Test
  void whileAKeyIsHeldTheProposalIsShownInsteadOfTheRevision() {
    look(1, "");
    browser.press(Keys.HOME);
    shifted(Keys.ARROW_DOWN);
    String shown = picture();
    browser.hold("p");
    Deadline.await("the proposal", () -> !shown.equals(picture()));
    browser.letGo("p");
    Deadline.await("the revision again", () -> shown.equals(picture()));
  }

  @Test
  void aFigureOfTheQualityPageLeadsToTheImagesAndBack() {
    JsonNode revision = reader.get(path(1) + "/history", 200).at("/revisions/0");
    browser.go(room.origin() + "/#/quality/case/" + revision.path("id").asText());
    browser.await(".quality[data-loaded] #see-case");
    browser.find("#see-case").click();
    browser.await(".looked-at[data-loaded]");
    assertTrue(
        address().endsWith("#/case/" + task(1) + "/" + revision.path("id").asText()), address());
    browser.find("#back").click();
    browser.await(".quality[data-loaded] #see-case");
  }

  @Test
  void aCaseThatSomebodyElseHoldsIsSeenAndStaysTheirs() {
    look(2, "");
    String banner = browser.find(".read-only").getText();
    assertTrue(banner.contains("reader has this case until"), banner);
    WebElement draft = revision("reader · as far as it is now");
    assertEquals("true", draft.getAttribute("aria-current"));
    assertTrue(browser.find(".segment[data-segment='1']").getText().contains("+"));
    assertTrue(address().endsWith("/draft"), address());
    JsonNode lease = reader.get(path(2), 200).path("lease");
    assertEquals(ReadingRoom.USER, lease.path("holder").asText());
    assertEquals(List.of(), changing(browser.requests()));
  }

  @Test
  void aCaseThatWaitsIsLookedAtWithoutTakingItAndInGermanToo() {
    browser.ask("localStorage.setItem('firstpass.language', 'de')");
    try {
      browser.go("about:blank");
      look(3, "");
      String banner = browser.find(".read-only").getText();
      assertTrue(banner.startsWith("Nur lesend. Dieser Fall wartet"), banner);
      assertEquals(
          List.of("Übernommen von reader", "Zurückgegeben von reader"), texts(".entries li span"));
      assertEquals("WAITING", reader.get(path(3), 200).path("state").asText());
    } finally {
      browser.ask("localStorage.setItem('firstpass.language', 'en')");
    }
  }

  private static void user(String name, Role role) {
    room.server
        .security()
        .users()
        .create("test", new NewUser(name, name, Set.of(role)), WORD.toCharArray());
  }

  private static LabelMap propose(int number) {
    var geometry =
        new GridGeometry(
            new FrameOfReferenceUid("1.2.826.0.1.12." + number),
            new GridSize(20, 16, 5),
            new Vector3(0, 0, 0),
            new Axes(new Vector3(1, 0, 0), new Vector3(0, 1, 0), new Vector3(0, 0, 1)),
            new Spacing(2, 3, 5));
    LabelMap labels = room.propose(number, geometry, at -> 40, HistoryPageTest::label);
    Deadline.await("task " + number, () -> reader.status("GET", path(number)) == 200);
    return labels;
  }

  private static int label(Vector3 at) {
    boolean inside = at.y() > 10 && at.y() < 30 && at.z() > 3 && at.z() < 17;
    return !inside ? 0 : at.x() > 10 && at.x() < 18 ? 1 : at.x() > 26 ? 2 : 0;
  }

  private static String claim(int number) {
    return reader.post(path(number) + "/claim", "{}", 200).path("transaction").asText();
  }

  /** Adds two voxels to the liver, comments, measures and submits. */
  private static void decide(LabelMap labels) {
    String transaction = claim(1);
    draw(1, labels);
    reader.submit(
        path(1) + "/submit?transaction=" + transaction,
        "{\"segments\":[{\"number\":1,\"verdict\":\"AS_PAINTED\"},{\"number\":2,\"verdict\":\"ACCEPT\"}],"
            + "\"activeMillis\":65000,\"journal\":3}",
        new byte[0],
        200);
  }

  private static void draw(int number, LabelMap labels) {
    JournalEntry edit = JournalTestEntries.edit(1, beside(labels), 2, 1);
    String runs = Base64.getEncoder().encodeToString(edit.runs().toBytes());
    String words = finding(1, "comment", "121106", "Comment", "\"text\":\"seen before\"");
    String length = finding(2, "length", "410668003", "Length", "\"points\":[[4,10,5],[24,10,5]]");
    String steps =
        step(1, "brush", runs, "")
            + ","
            + step(2, "finding", "", ",\"finding\":" + words)
            + ","
            + step(3, "finding", "", ",\"finding\":" + length);
    reader.post(path(number) + "/journal", "{\"entries\":[" + steps + "]}", 200);
  }

  /** The first of two voxels before the liver in its first row. */
  private static int beside(LabelMap labels) {
    int at = 0;
    while (labels.labelAt(at + 1) != 0 || labels.labelAt(at + 2) != 1) {
      at++;
    }
    return at;
  }

  private static String finding(
      int number, String kind, String code, String meaning, String content) {
    String id = "00000000-0000-4000-8000-00000000000" + number;
    return FINDING.formatted(
        id, kind, code, meaning, content, kind.equals("comment") ? "DCM" : "SCT");
  }

  private static String step(int number, String tool, String runs, String more) {
    return "{\"number\":%d,\"kind\":\"edit\",\"of\":0,\"tool\":\"%s\",\"segment\":1,\"at\":0,\"activeMillis\":4200,\"pathMm\":12.5,\"runs\":\"%s\"%s}"
        .formatted(number, tool, runs, more);
  }

  private static String task(int number) {
    return ReviewCase.taskOf(ReadingRoom.proposalId(number)).toString();
  }

  private static String path(int number) {
    return "/api/tasks/" + task(number);
  }

  private static void look(int number, String revision) {
    browser.go(room.origin() + "/#/case/" + task(number) + revision);
    browser.await(".looked-at[data-loaded]");
  }

  private static WebElement revision(String words) {
    return browser.all(".revision").stream()
        .filter(one -> one.getText().contains(words))
        .findFirst()
        .orElseThrow();
  }

  private static void shifted(Keys key) {
    browser.pressShifted(key.toString());
  }

  private static String slice() {
    return browser.find(".plane-main canvas").getAttribute("data-slice");
  }

  private static String changedSlice() {
    String place = browser.find(".changed-places li").getText();
    int slice = Integer.parseInt(place.replaceAll(".*?(\\d+)\\s*$", "$1")) - 1;
    return Integer.toString(slice);
  }

  private static String picture() {
    return (String) browser.ask("return document.querySelector('.plane-main canvas').toDataURL()");
  }

  private static String address() {
    return (String) browser.ask("return location.href");
  }

  private static List<String> texts(String selector) {
    return browser.all(selector).stream()
        .map(one -> one.getText().replaceAll("\\s+", " ").strip())
        .toList();
  }

  private static List<String> changing(List<String> requests) {
    assertNotEquals(List.of(), requests);
    return requests.stream()
        .filter(one -> one.matches(".*/(claim|renew|journal|submit|release|flag|discontinue)\\b.*"))
        .toList();
  }
}

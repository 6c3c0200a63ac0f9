package org.firstpass.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Set;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/**
 * Figures of real corrections in a real browser: one case that was drawn on, one accepted as it
 * was.
 */
class QualityPageTest {
  private static final String LEAD = "lead";
  private static final String WORD = "nine quiet windows";

  private static ReadingRoom room;
  private static Browser browser;
  private static ApiClient reader;

  @BeforeAll
  static void open(@TempDir Path folder) {
    browser = Browser.open();
    room = new ReadingRoom(folder);
    var lead = new NewUser(LEAD, "Dr. Lead", Set.of(Role.LEAD));
    room.server.security().users().create("test", lead, WORD.toCharArray());
    reader = ApiClient.login(room.server.port(), ReadingRoom.USER, ReadingRoom.PASSWORD);
    LabelMap labels = propose(1);
    propose(2);
    drawOn(labels);
    submit(claim(2), "\"ACCEPT\"", "");
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

  private static LabelMap propose(int number) {
    var geometry =
        new GridGeometry(
            new FrameOfReferenceUid("1.2.826.0.1.12." + number),
            new GridSize(20, 16, 5),
            new Vector3(0, 0, 0),
            new Axes(new Vector3(1, 0, 0), new Vector3(0, 1, 0), new Vector3(0, 0, 1)),
            new Spacing(2, 3, 5));
    return room.propose(number, geometry, at -> 40, QualityPageTest::label);
  }

  private static int label(Vector3 at) {
    boolean inside = at.y() > 10 && at.y() < 30 && at.z() > 3 && at.z() < 17;
    return !inside ? 0 : at.x() > 10 && at.x() < 18 ? 1 : at.x() > 26 ? 2 : 0;
  }

  private static JsonNode claim(int number) {
    String task = ReviewCase.taskOf(ReadingRoom.proposalId(number)).toString();
    Deadline.await("task " + number, () -> reader.status("GET", "/api/tasks/" + task) == 200);
    return reader.post("/api/tasks/" + task + "/claim", "{}", 200);
  }

  /** Adds one voxel to the liver and submits that twice, as a page does that got no answer. */
  private static void drawOn(LabelMap labels) {
    JsonNode claim = claim(1);
    int beside = 0;
    while (labels.labelAt(beside) != 0 || labels.labelAt(beside + 1) != 1) {
      beside++;
    }
    JournalEntry edit = JournalTestEntries.edit(1, beside, 1, 1);
    String runs = Base64.getEncoder().encodeToString(edit.runs().toBytes());
    reader.post(
        "/api/tasks/" + claim.at("/task/id").asText() + "/journal",
        "{\"entries\":[{\"number\":1,\"kind\":\"edit\",\"of\":0,\"tool\":\"brush\",\"segment\":1,"
            + "\"at\":0,\"activeMillis\":4200,\"pathMm\":12.5,\"runs\":\""
            + runs
            + "\"}]}",
        200);
    JsonNode first = submit(claim, "\"AS_PAINTED\"", ",\"journal\":1");
    assertEquals(first, submit(claim, "\"AS_PAINTED\"", ",\"journal\":1"));
  }

  private static JsonNode submit(JsonNode claim, String liver, String more) {
    return reader.submit(
        "/api/tasks/"
            + claim.at("/task/id").asText()
            + "/submit?transaction="
            + claim.path("transaction").asText(),
        "{\"segments\":[{\"number\":1,\"verdict\":"
            + liver
            + "},{\"number\":2,\"verdict\":\"ACCEPT\"}],\"activeMillis\":65000"
            + more
            + "}",
        new byte[0],
        200);
  }

  @Test
  void aReaderSeesHowTheOwnWorkFaredAndTheCasesBehindEachFigure() throws IOException {
    login(ReadingRoom.USER, ReadingRoom.PASSWORD);
    browser.find("#to-quality").click();
    browser.await(".quality[data-loaded] .plot canvas");
    assertEquals(5, browser.all(".plot canvas").size());
    browser.awaitTrue(
        "something drawn",
        "const c = document.querySelector('[data-chart=shares] canvas');"
            + "return c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(v => v);");
    assertEquals(
        List.of("Accepted untouched", "Minor"), texts("[data-chart='shares'] thead th + th"));
    assertEquals(List.of("75 %", "25 %"), texts("[data-chart='shares'] tbody td"));
    assertTrue(texts("[data-chart='dice'] tbody td").get(0).startsWith("0.99"));
    assertEquals(List.of(), browser.all("option[value='reader']"), "no figures of others");
    browser.picture("quality");
    theCasesAreBehindTheFigure();
    theFiguresOfACaseAreItsSegmentsAndTools();
    browser.find("#language").sendKeys("Deutsch");
    browser.await(".quality[data-loaded] .plot canvas");
    assertEquals("Qualität", browser.find(".quality h1").getText());
    aPointLeadsToItsCases();
    theTableCanBeTakenAlong();
    assertEquals(2, reader.get("/api/me/counts", 200).at("/today/cases").asInt());
    browser.find("#language").sendKeys("English");
    nothingWasForeignOrForbidden();
  }

  private static void theCasesAreBehindTheFigure() {
    WebElement minor = browser.all("[data-chart='shares'] tbody td a").get(1);
    minor.sendKeys(Keys.ENTER);
    browser.await(".quality[data-loaded] .cases tr[data-correction]");
    assertEquals(2, browser.all(".cases tr[data-correction]").size());
    String cases = browser.find(".cases tbody").getText();
    assertTrue(cases.contains("Accepted untouched 1, Minor 1") || cases.contains("Minor 1"), cases);
    assertTrue(cases.contains("Firstpass phantom"), "the scanner: " + cases);
  }

  private static void theFiguresOfACaseAreItsSegmentsAndTools() {
    browser.all(".cases tbody th a").get(1).sendKeys(Keys.ENTER);
    browser.await(".quality[data-loaded] #segments");
    String liver = browser.find("#segments tbody tr").getText();
    assertTrue(liver.startsWith("Liver Minor 0.99"), liver);
    assertTrue(liver.contains("1 4.2 s"), "one edit of 4.2 s: " + liver);
    assertEquals("Brush 1 4.2 s", browser.find(".tool-mix tbody tr").getText());
    browser.find(".pages a").sendKeys(Keys.ENTER);
    browser.await(".quality[data-loaded] .cases");
    browser.find(".pages a").sendKeys(Keys.ENTER);
    browser.await(".quality[data-loaded] .plot canvas");
  }

  private static void aPointLeadsToItsCases() {
    browser.find("select[name='by']").sendKeys("Modellversion");
    browser.awaitTrue(
        "by version",
        "return document.querySelector('.quality[data-loaded] [data-chart=dice] thead')?.innerText"
            + ".includes('landmarks 1.0.0') === true");
    browser.find("[data-chart='dice'] .u-over").click();
    browser.await(".quality[data-loaded] .cases tr[data-correction]");
    browser.find(".pages a").sendKeys(Keys.ENTER);
    browser.await(".quality[data-loaded] .plot canvas");
  }

  private static void theTableCanBeTakenAlong() {
    Object table =
        browser.ask(
            "const x = new XMLHttpRequest(); x.open('GET', document.querySelector('#csv').href,"
                + " false); x.send(); return x.responseText;");
    assertTrue(String.valueOf(table).contains("\"landmarks 1.0.0\",2,3,1,0,0,0,0,"), "" + table);
  }

  @Test
  void aLeadSeesEverybodysByName() throws IOException {
    login(LEAD, WORD);
    browser.go(room.origin() + "/#/quality?by=reader");
    browser.await(".quality[data-loaded] .plot canvas");
    assertEquals(List.of(ReadingRoom.USER), texts("[data-chart='dice'] thead th + th"));
    nothingWasForeignOrForbidden();
  }

  private static void login(String user, String password) {
    browser.forgetCookies();
    browser.go("about:blank");
    browser.logIn(room.origin(), user, password);
    browser.await("#to-quality");
  }

  private static List<String> texts(String selector) {
    return browser.all(selector).stream().map(WebElement::getText).toList();
  }

  private static void nothingWasForeignOrForbidden() {
    for (String address : browser.requests()) {
      assertTrue(
          address.startsWith(room.origin()) || address.startsWith("data:"),
          () -> "asked for " + address);
    }
    assertEquals(
        List.of(), browser.complaints().stream().filter(one -> !one.contains("401")).toList());
  }
}

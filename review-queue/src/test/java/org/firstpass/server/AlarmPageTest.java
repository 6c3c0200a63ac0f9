package org.firstpass.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.firstpass.drift.DriftAlarm;
import org.firstpass.drift.DriftSearch;
import org.firstpass.geometry.Axes;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.postgres.DriftRows;
import org.firstpass.review.ReviewCase;
import org.firstpass.security.NewUser;
import org.firstpass.security.Role;
import org.firstpass.study.FrameOfReferenceUid;
import org.firstpass.testing.Deadline;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WebElement;

/** An alarm in a real browser: its name, its evidence, its cases, and that somebody took note. */
final class AlarmPageTest {
  private static final String LEAD = "lead";
  private static final String WORD = "eleven blue kettles";
  private static ReadingRoom room;
  private static Browser browser;

  @BeforeAll
  static void open(@TempDir Path folder) {
    browser = Browser.open();
    room = new ReadingRoom(folder);
    var lead = new NewUser(LEAD, "Dr. Lead", Set.of(Role.LEAD));
    room.server.security().users().create("test", lead, WORD.toCharArray());
    propose();
    // 150 readings of a minute each, and 60 of two and a half since the spleen is drawn anew.
    read(150, 300, 60, "MINOR", 0.95);
    read(60, 100, 150, "MAJOR", 0.7);
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

  private static void propose() {
    var geometry =
        new GridGeometry(
            new FrameOfReferenceUid("1.2.826.0.1.12.1"),
            new GridSize(20, 16, 5),
            new Vector3(0, 0, 0),
            new Axes(new Vector3(1, 0, 0), new Vector3(0, 1, 0), new Vector3(0, 0, 1)),
            new Spacing(2, 3, 5));
    room.propose(1, geometry, at -> 40, at -> at.x() > 10 && at.x() < 18 ? 1 : 0);
    UUID task = ReviewCase.taskOf(ReadingRoom.proposalId(1));
    ApiClient reader = ApiClient.login(room.server.port(), ReadingRoom.USER, ReadingRoom.PASSWORD);
    Deadline.await("the task", () -> reader.status("GET", "/api/tasks/" + task) == 200);
  }

  /** Readings an hour apart, up to so many hours ago, that differ a little. */
  private static void read(int cases, int hours, int seconds, String spleen, double dice) {
    room.database.useTransaction(
        handle -> {
          handle.execute("create temporary table reading (id uuid, n int) on commit drop");
          handle.execute(
              // By the number of a case its lot is drawn: the same in every run.
              "insert into reading select md5(? || ' ' || n)::uuid, n from generate_series(1, ?) n",
              seconds,
              cases);
          handle.execute(
              "insert into review.revision (id, task_id, number, kind, base_proposal,"
                  + " transaction_uid, author, at, active_millis, submission, label_digest,"
                  + " outcome) select r.id, t.id, 1000 * ? + r.n, 'ACCEPTED', t.proposal_id,"
                  + " ? || '.' || r.n, ?, now() - (? - r.n) * interval '1 hour', 1, '', '', '{}'"
                  + " from review.task t, reading r",
              seconds,
              seconds,
              ReadingRoom.USER,
              hours);
          handle.execute(
              "insert into review.case_figure (correction, task_id, reader, at, version, protocol,"
                  + " scanner, active_millis) select v.id, v.task_id, v.author, v.at,"
                  + " 'landmarks 1.0.0', 'abdomen', 'ACME Two', ? * 1000 + (r.n * 37 % 100) * 300"
                  + " from review.revision v join reading r using (id)",
              seconds);
          handle.execute(
              "insert into review.segment_figure (correction, segment, label, verdict, dice,"
                  + " added_path_mm)"
                  + " select id, 1, 'Liver', 'ACCEPT', 1, 0 from reading union all"
                  + " select id, 2, 'Spleen', ?, ? + (n * 37 % 100) / 2500.0, n % 10 from reading",
              spleen, dice);
        });
  }

  @Test
  void aLeadSeesWhatBecameWorseWithItsEvidenceAndTakesNote() throws IOException {
    List<DriftAlarm> raised =
        new DriftRows(room.database, new DriftSearch(2000), Clock.systemUTC()).look();
    assertFalse(raised.isEmpty());
    browser.logIn(room.origin(), LEAD, WORD);
    browser.await("#to-quality");
    browser.find("#to-quality").click();
    browser.await(".quality[data-loaded] .alarms");
    assertEquals(raised.size(), browser.all("[data-alarm]").size());
    List<String> names =
        browser.all(".alarm-head strong").stream().map(WebElement::getText).toList();
    assertTrue(names.contains("abdomen: segment Spleen"), names::toString);
    assertTrue(names.contains("abdomen: scanner ACME Two"), names::toString);
    assertFalse(names.contains("abdomen: segment Liver"), names::toString);
    browser.picture("alarms");

    UUID spleen =
        raised.stream()
            .filter(alarm -> alarm.finding().group().name().equals("Spleen"))
            .findFirst()
            .orElseThrow()
            .id();
    String at = "[data-alarm='" + spleen + "'] ";
    String evidence = browser.find(at + "ul").getText();
    // Since when is an estimate, so that a case or two may be on the other side.
    assertTrue(
        evidence.matches(
            "(?s).*Segments not accepted: [0-3] % in 1[45]\\d cases before, (9\\d|100) % in [56]\\d"
                + " since.*1 - Dice: 0\\.03\\d in 1[45]\\d cases before, 0\\.2\\d+ in [56]\\d since.*"),
        evidence);
    assertTrue(browser.find(at + ".dim").getText().contains("landmarks 1.0.0"));
    assertEquals(10, browser.all(at + ".alarm-case").size());
    Accessibility.check(browser, "alarms");

    browser.find(at + "input").sendKeys("new tube", Browser.enter());
    browser.await("[data-alarm='" + spleen + "'].noted");
    assertTrue(browser.find(at).getText().contains("Noted by lead"));
    assertTrue(browser.find(at).getText().contains("new tube"));
    browser.find("[data-alarm='" + spleen + "'] .alarm-case").click();
    browser.await(".quality[data-loaded] #segments");
    assertTrue(browser.find("#segments tbody").getText().contains("Spleen Major"));
  }
}

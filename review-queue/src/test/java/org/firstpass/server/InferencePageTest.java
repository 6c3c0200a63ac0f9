package org.firstpass.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.firstpass.event.GeometryWarning;
import org.firstpass.event.ImageFinding;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.ProposalNotes;
import org.firstpass.event.ProposalStarted;
import org.firstpass.event.RouteTaken;
import org.firstpass.event.SegmentScore;
import org.firstpass.geometry.Axes;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.review.ProposalFixture;
import org.firstpass.segment.CodedConcept;
import org.firstpass.stream.Topics;
import org.firstpass.study.FrameOfReferenceUid;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.UncertaintyMapCodec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** What a package says beside its labels, as a reader sees it in a real browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InferencePageTest {
  private static final GridSize SIZE = new GridSize(20, 16, 12);
  private static final int TISSUE_HU = 40;

  /** Of the top half of the slices, patient's right: a corner that no other transform gives. */
  private static final int UNSURE_FROM_SLICE = 6;

  private static final int UNSURE_TO_COLUMN = 8;
  private static final List<Integer> PEAKS = List.of(2, 9);

  private ReadingRoom room;
  private Browser browser;
  private ProposalMade proposal;

  @BeforeAll
  void open(@TempDir Path folder) {
    browser = Browser.open();
    room = new ReadingRoom(folder);
    var geometry =
        new GridGeometry(
            new FrameOfReferenceUid("1.2.826.0.1.9.1"),
            SIZE,
            new Vector3(-40, -60, 100),
            new Axes(new Vector3(1, 0, 0), new Vector3(0, 1, 0), new Vector3(0, 0, 1)),
            new Spacing(5, 5, 5));
    room.propose(
        1,
        geometry,
        at -> TISSUE_HU,
        at -> at.x() > 0 && at.z() < 125 ? 1 : 0,
        (plain, map) -> proposal = noted(plain, map));
  }

  @AfterAll
  void close() {
    if (browser != null) {
      browser.close();
    }
    if (room != null) {
      room.close();
    }
  }

  private ProposalMade noted(ProposalMade plain, LabelMap map) {
    var scores = new ArrayList<SegmentScore>();
    for (SegmentScore score : plain.scores()) {
      scores.add(
          new SegmentScore(
              score.segmentNumber(),
              score.voxels(),
              score.volumeMl(),
              score.uncertainty(),
              0.94,
              0.78,
              List.of(GeometryWarning.VOLUME_LOW)));
    }
    var values = new byte[map.geometry().size().voxels()];
    var perSlice = new ArrayList<Double>();
    for (int slice = 0; slice < SIZE.slices(); slice++) {
      perSlice.add(PEAKS.contains(slice) ? 0.5 : 0.1);
      for (int row = 0; row < SIZE.rows(); row++) {
        for (int column = 0; column < UNSURE_TO_COLUMN; column++) {
          boolean unsure = slice >= UNSURE_FROM_SLICE;
          values[SIZE.index(column, row, slice)] = (byte) (unsure ? 255 : 0);
        }
      }
    }
    ObjectReference stored =
        room.store.put(
            UncertaintyMapCodec.encode(values, map.geometry().size()),
            UncertaintyMapCodec.MEDIA_TYPE);
    var notes =
        new ProposalNotes(
            List.of(
                finding("50960005", "Haemorrhage", 0.81, true),
                finding("40829002", "Tumour", 0.07, false)),
            stored,
            perSlice,
            new RouteTaken("stroke first", "stroke", 5, null),
            "CPU");
    return ProposalFixture.with(plain, scores, notes);
  }

  private static ImageFinding finding(String code, String meaning, double score, boolean present) {
    return new ImageFinding(new CodedConcept(code, "SCT", meaning), score, present);
  }

  @Test
  void aReaderSeesWhatIsComingWhatTheModelFoundAndWhereItIsUnsure() throws IOException {
    tellThatAnotherIsComing();
    room.logIn(browser);
    theWorklistShowsTags();
    theWorklistShowsWhatIsComing();
    browser.press("n");
    browser.await(".case[data-loaded]");
    thePanelShowsFindingsAndQuality();
    theHeatIsShownWhileTheKeyIsHeld();
    theMarkedSlicesAreAmongThePlacesToLookAt();
    theKeysAreExplained();
  }

  private void tellThatAnotherIsComing() {
    Instant now = Clock.systemUTC().instant();
    room.tell(
        Topics.PROPOSALS,
        new ProposalStarted(
            new UUID(0x6000L, 1),
            now,
            ProposalFixture.input(7, 1),
            ProposalFixture.model("abdomen", "1.2.0"),
            "CPU",
            Duration.ofMinutes(20).toMillis()));
  }

  private void theWorklistShowsTags() {
    browser.await("tr[data-task] .chip[data-code='50960005']");
    String row = browser.find("tr[data-task]").getText();
    assertTrue(row.contains("Haemorrhage 81 %"), row);
    assertTrue(row.contains("Protocol: stroke"), row);
    assertFalse(row.contains("Tumour"), row);
    String score = browser.find("tr[data-task] .score").getDomAttribute("aria-label");
    assertTrue(score.contains("Rule 'stroke first' gives +5."), score);
    assertTrue(score.contains("78 % likely fine"), score);
  }

  private void theWorklistShowsWhatIsComing() throws IOException {
    browser.await("#coming:not([hidden]) li");
    assertEquals("On their way: 1", browser.find("#coming-count").getText());
    String entry = browser.find("#coming li").getText();
    assertTrue(entry.contains("abdomen 1.2.0"), entry);
    assertTrue(entry.contains("on CPU"), entry);
    assertTrue(entry.matches("(?s).*expected at .*, in (20|19) min.*"), entry);
    browser.picture("8-coming");
    ProposalMade arrived =
        ProposalFixture.by(
            ProposalFixture.proposal(7),
            ProposalFixture.model("abdomen", "1.2.0"),
            Clock.systemUTC().instant());
    room.tell(Topics.PROPOSALS, arrived);
    // Without a reload: the page asks again by itself.
    browser.await("#coming[hidden]");
    browser.await("tr[data-task]:nth-child(2)");
  }

  private void thePanelShowsFindingsAndQuality() throws IOException {
    String head = browser.find(".case-head").getText();
    assertTrue(head.contains("Haemorrhage 81 %"), head);
    assertTrue(head.contains("Tumour: not found 7 %"), head);
    String segment = browser.find("[data-segment='1']").getText();
    assertTrue(segment.contains("78 % likely fine"), segment);
    assertTrue(segment.contains("passes agree 94 %"), segment);
    assertTrue(segment.contains("smaller than expected"), segment);
    browser.picture("9-findings");
  }

  private void theHeatIsShownWhileTheKeyIsHeld() throws IOException {
    browser.press(Keys.HOME);
    assertPixel("tissue before", 2, 127, 127, 127);
    assertFalse(browser.find("#heat-legend").isDisplayed());
    browser.hold("u");
    browser.await("#heat-legend[data-map='there']");
    // 210 of 255 parts of the lightest colour over tissue.
    assertPixel("unsure, patient's right", 2, 233, 228, 167);
    assertPixel("sure, patient's left", 16, 127, 127, 127);
    String legend = browser.find("#heat-legend").getText();
    assertTrue(legend.contains("Where the model is unsure"), legend);
    browser.picture("10-heat");
    browser.press(Keys.END);
    assertPixel("sure in the lowest slice", 2, 127, 127, 127);
    browser.letGo("u");
    assertFalse(browser.find("#heat-legend").isDisplayed());
    browser.press(Keys.HOME);
    assertPixel("tissue after", 2, 127, 127, 127);
  }

  private void theMarkedSlicesAreAmongThePlacesToLookAt() {
    assertEquals(
        PEAKS,
        browser.all(".slice-mark").stream()
            .map(mark -> Integer.valueOf(mark.getDomAttribute("data-slice")))
            .toList());
    browser.find("#tab-places").click();
    browser.awaitTrue(
        "both slices in the list",
        "return document.querySelectorAll('[data-kind=unsure-slice]').length === 2");
    browser.find("[data-kind='unsure-slice'][data-segment='1'] button").click();
    assertSlice(2);
    browser.find("[data-kind='unsure-slice'][data-segment='0'] button").click();
    assertSlice(9);
    String spoken = browser.find(".slice-slider").getDomAttribute("aria-valuetext");
    assertEquals("Axial slice 10 of 12, marked as uncertain", spoken);
  }

  private void theKeysAreExplained() {
    browser.press("?");
    browser.await("dialog[open]");
    String keys = browser.find("dialog[open]").getText();
    assertTrue(keys.contains("where the model is unsure"), keys);
    assertTrue(keys.contains("the most suspicious first"), keys);
    browser.press(Keys.ESCAPE);
  }

  private void assertSlice(int slice) {
    browser.awaitTrue(
        "slice " + slice,
        "return document.querySelector('.plane-main canvas').dataset.slice === arguments[0]",
        Integer.toString(slice));
  }

  /** The pixel of a column in the middle row of the large, axial plane. */
  private void assertPixel(String what, int column, int red, int green, int blue) {
    browser.awaitTrue(
        what,
        "const c = document.querySelector('.plane-main canvas');"
            + "const [column, columns, rows, want] = arguments;"
            + "const scale = Math.min(c.width / columns, c.height / rows);"
            + "const x = Math.floor(c.width / 2 + (column + 0.5 - columns / 2) * scale);"
            + "const y = Math.floor(c.height / 2 + 0.9 * scale);"
            + "const p = c.getContext('2d').getImageData(x, y, 1, 1).data;"
            + "return want.every((v, i) => Math.abs(v - p[i]) <= 3)",
        column,
        SIZE.columns(),
        SIZE.rows(),
        List.of(red, green, blue));
  }
}

package org.firstpass.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.firstpass.correction.Protocols;
import org.firstpass.dicom.AlgorithmIdentification;
import org.firstpass.dicom.DerivedIdentity;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.dicom.MeasurementReport;
import org.firstpass.dicom.MeasurementReport.Review;
import org.firstpass.dicom.MeasurementReport.Scores;
import org.firstpass.dicom.MeasurementReportWriter;
import org.firstpass.dicom.ReaderFindings;
import org.firstpass.dicom.ReferencedSegmentation;
import org.firstpass.dicom.SeriesSurvey;
import org.firstpass.dicom.web.DicomJson;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.ProposalNotes;
import org.firstpass.event.RouteTaken;
import org.firstpass.event.SeriesRevisionCodec;
import org.firstpass.finding.Finding;
import org.firstpass.finding.FindingCodec;
import org.firstpass.geometry.Axes;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.review.ProposalFixture;
import org.firstpass.review.ReviewCase;
import org.firstpass.segment.CodedConcept;
import org.firstpass.segment.FindingKind;
import org.firstpass.segment.Protocol;
import org.firstpass.segment.RequestedFinding;
import org.firstpass.segment.RequestedFinding.AppliesTo;
import org.firstpass.stream.Topics;
import org.firstpass.study.FrameOfReferenceUid;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SopClassUid;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.testing.Deadline;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** Measuring and tagging in a real browser, up to the report that others read. */
class FindingsPageTest {
  private static final int COLUMNS = 60;
  private static final int ROWS = 40;
  private static final int SLICES = 7;
  private static final Vector3 CORNER = new Vector3(-52, -31, 400);
  private static final CodedConcept LONG_AXIS = new CodedConcept("103339001", "SCT", "Long axis");
  private static final CodedConcept QUALITY = new CodedConcept("quality", "99X", "Image quality");
  private static final CodedConcept GOOD = new CodedConcept("good", "99X", "Good");
  private static final CodedConcept POOR = new CodedConcept("poor", "99X", "Poor");
  private static final Protocol PROTOCOL =
      new Protocol(
          "measured",
          1,
          "Measure the liver.",
          List.of(
              new RequestedFinding(
                  LONG_AXIS, FindingKind.LENGTH, AppliesTo.SEGMENT, Set.of(1), List.of(), 1, 1),
              new RequestedFinding(
                  QUALITY, FindingKind.TAG, AppliesTo.IMAGE, Set.of(), List.of(GOOD, POOR), 1, 1)));

  private static ReadingRoom room;
  private static Browser browser;

  @BeforeAll
  static void open(@TempDir Path folder) {
    browser = Browser.open();
    room = new ReadingRoom(folder, new Protocols(List.of(PROTOCOL)));
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
  void aLengthAndATagAreKeptAcrossAReloadSubmittedAndReported() throws IOException {
    openCase();
    browser.press(Keys.ENTER);
    browser.await("#marks-missing");
    assertTrue(browser.find("#marks-missing").getText().contains("Long axis of Liver"));

    browser.press("m");
    // 30 columns of 2 mm and 12 rows of 3 mm, in whole pixels of the screen as near as they go.
    double perMm = perMm();
    browser.drag(
        ".plane-main canvas",
        new double[] {-20 * perMm, -9 * perMm},
        new double[] {40 * perMm, 27 * perMm});
    browser.await("#marks-list li[data-finding='length']");
    browser.find("select[data-tag='quality'] option[value='poor']").click();
    awaitKept(2);
    browser.picture("findings-1-drawn");
    String shown = browser.find("li[data-finding='length'] .mark-measure").getText();

    browser.ask("location.reload()");
    browser.await(".case[data-loaded] .tool-panel");
    browser.find("#tab-marks").click();
    assertEquals(shown, browser.find("li[data-finding='length'] .mark-measure").getText());
    browser.ask("document.querySelector('#viewer').focus()");
    browser.press("z", "y");
    awaitKept(4);
    browser.press(Keys.ENTER);
    browser.await("#receipt");

    CorrectionAccepted event = correction();
    List<Finding> found = FindingCodec.decode(room.store.read(event.findings().digest()));
    Finding.Length length = (Finding.Length) found.get(0);
    assertEquals(Math.hypot(60, 36), length.millimetres(), 1);
    assertEquals(String.format("%.1f mm", length.millimetres()), shown);
    assertEquals(
        List.of("reader", 1), List.of(length.heading().reader(), length.heading().segment()));
    assertTrue(length.outline().frame().isPresent(), "drawn on a slice as it was sent");
    assertEquals(POOR, ((Finding.Tag) found.get(1)).choice());
    String report = report(event, found);
    assertTrue(report.contains("SCOORD3D"), report);
    assertTrue(report.contains("Long axis"), report);
    assertTrue(report.contains("Poor"), report);
  }

  private static void openCase() {
    var axial = new Axes(new Vector3(1, 0, 0), new Vector3(0, 1, 0), new Vector3(0, 0, 1));
    var geometry =
        new GridGeometry(
            new FrameOfReferenceUid("1.2.826.0.1.10.1"),
            new GridSize(COLUMNS, ROWS, SLICES),
            CORNER,
            axial,
            new Spacing(2, 3, 5));
    room.propose(
        1,
        geometry,
        at -> 40,
        at -> at.x() < -30 && at.y() < 0 ? 1 : 0,
        (made, map) -> routed(made));
    String task = ReviewCase.taskOf(ReadingRoom.proposalId(1)).toString();
    room.logIn(browser);
    browser.openTask(task);
  }

  private static ProposalMade routed(ProposalMade made) {
    var route = new RouteTaken("measure livers", "measured", 0, null);
    return ProposalFixture.with(
        made, made.scores(), new ProposalNotes(List.of(), null, List.of(), route, null));
  }

  /** CSS pixels per mm on the large plane. */
  private static double perMm() {
    return ((Number)
            browser.ask(
                "const c = document.querySelector('.plane-main canvas');"
                    + " return Math.min(c.clientWidth / (arguments[0] * 2),"
                    + " c.clientHeight / (arguments[1] * 3))",
                COLUMNS,
                ROWS))
        .doubleValue();
  }

  private static void awaitKept(int steps) {
    browser.awaitTrue(
        steps + " steps on the server",
        "const x = new XMLHttpRequest(); x.open('GET', location.hash.replace('#/task/',"
            + " '/api/tasks/') + '/journal', false); x.send();"
            + " return JSON.parse(x.responseText).entries.length === arguments[0]",
        steps);
  }

  private static CorrectionAccepted correction() {
    List<CorrectionAccepted> accepted = new ArrayList<>();
    Deadline.await(
        "the correction",
        Duration.ofSeconds(40),
        () -> {
          accepted.clear();
          room.replay(Topics.CORRECTIONS, accepted::add);
          return !accepted.isEmpty();
        });
    return accepted.get(0);
  }

  /** The report that a destination would get, as DICOM JSON. */
  private static String report(CorrectionAccepted event, List<Finding> found) {
    List<InstanceSource> images =
        SeriesRevisionCodec.decode(room.store.read(event.input().manifest().digest()))
            .instances()
            .stream()
            .<InstanceSource>map(instance -> () -> room.store.open(instance.content()))
            .toList();
    var report =
        new MeasurementReport(
            new DerivedIdentity(
                new SopInstanceUid("2.25.1"), new SeriesInstanceUid("2.25.2"), Instant.EPOCH),
            new ReferencedSegmentation(
                new SopInstanceUid("2.25.3"),
                new SeriesInstanceUid("2.25.4"),
                new SopClassUid("1.2.840.10008.5.1.4.1.1.66.4")),
            event.schema(),
            new AlgorithmIdentification("landmarks", "1", "", "0"),
            List.of(new MeasurementReport.Finding(1, null, Scores.UNKNOWN, List.of())),
            new ReaderFindings(found),
            Review.NONE);
    var bytes = new ByteArrayOutputStream();
    MeasurementReportWriter.write(SeriesSurvey.of(images).source(), report, bytes);
    return DicomJson.header(() -> new ByteArrayInputStream(bytes.toByteArray()), tag -> true)
        .json();
  }
}

package org.firstpass.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.ProposalNotes;
import org.firstpass.event.RequestedBox;
import org.firstpass.event.RerunAnswered;
import org.firstpass.event.RerunRequested;
import org.firstpass.geometry.Axes;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.review.ProposalFixture;
import org.firstpass.review.ReviewCase;
import org.firstpass.stream.Topics;
import org.firstpass.study.FrameOfReferenceUid;
import org.firstpass.testing.Deadline;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.LabelMapCodec;
import org.firstpass.volume.ProbabilityMapCodec;
import org.firstpass.volume.VoxelBox;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/**
 * The model's help in a real browser: the border goes where the model is sure enough, a box is
 * looked at again, and a click refines; each is one step of the journal with its tool.
 */
class AssistPageTest {
  private static final int SIDE = 60;
  private static final int SLICES = 9;
  private static final double MM = 2;
  private static final GridSize SIZE = new GridSize(SIDE, SIDE, SLICES);
  private static final Vector3 CORNER = new Vector3(-59, -59, 400);

  private static ReadingRoom room;
  private static Browser browser;

  @BeforeAll
  static void open(@TempDir Path folder) {
    browser = Browser.open();
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
  void theModelHelpsInThreeWaysAndEachIsOneStepWithItsTool() throws IOException {
    openCase();
    browser.press("1");
    browser.find("#tab-assist").click();
    theBorderGoesWhereTheModelIsSureEnough();
    theModelLooksAtABoxAgainAndWhatItFindsIsTaken();
    aClickRefines();
    assertEquals(List.of("probability", "model", "refine"), tools());
    // Before the login the page asks who is there.
    assertEquals(
        List.of(), browser.complaints().stream().filter(line -> !line.contains("401")).toList());
  }

  private static void openCase() {
    var axial = new Axes(new Vector3(1, 0, 0), new Vector3(0, 1, 0), new Vector3(0, 0, 1));
    var geometry =
        new GridGeometry(
            new FrameOfReferenceUid("1.2.826.0.1.88.1"),
            SIZE,
            CORNER,
            axial,
            new Spacing(MM, MM, 5));
    room.propose(
        1,
        geometry,
        at -> radius(at) < 40 ? 120 : -40,
        at -> radius(at) < 20 ? 1 : 0,
        AssistPageTest::withProbabilities);
    room.logIn(browser);
    String task = ReviewCase.taskOf(ReadingRoom.proposalId(1)).toString();
    browser.openTask(task);
  }

  private static double radius(Vector3 at) {
    return Math.hypot(at.x(), at.y());
  }

  /** Falls from the middle outwards: one half at 30 mm. */
  private static ProposalMade withProbabilities(ProposalMade proposal, LabelMap labels) {
    var source =
        new ProbabilityMapCodec.Source() {
          @Override
          public int segmentNumber() {
            return 1;
          }

          @Override
          public VoxelBox box() {
            return new VoxelBox(0, 0, 0, SIDE - 1, SIDE - 1, SLICES - 1);
          }

          @Override
          public void read(int row, int slice, byte[] target) {
            for (int column = 0; column < target.length; column++) {
              double mm = radius(labels.geometry().toPatient(column, row, slice));
              target[column] = (byte) Math.max(0, Math.round(255 * (1 - mm / 60)));
            }
          }
        };
    byte[] map = ProbabilityMapCodec.encode(SIZE, List.of(source));
    ObjectReference stored = room.store.put(map, ProbabilityMapCodec.MEDIA_TYPE);
    var notes = new ProposalNotes(List.of(), null, List.of(), null, null, stored);
    return ProposalFixture.with(proposal, proposal.scores(), notes);
  }

  private static void theBorderGoesWhereTheModelIsSureEnough() throws IOException {
    browser.press("%");
    browser.await("#assist-threshold");
    browser.ask(
        "const s = document.querySelector('#assist-threshold'); s.value = 128;"
            + " s.dispatchEvent(new Event('input', { bubbles: true }))");
    browser.awaitTrue(
        "what the slider says",
        "return /At least 50 % likely/.test(document.querySelector('.assist').innerText)");
    browser.picture("assist-1-probability");
    browser.find("#assist-keep-threshold").click();
    steps(1);
  }

  private static void theModelLooksAtABoxAgainAndWhatItFindsIsTaken() throws IOException {
    browser.hold(Keys.SHIFT.toString());
    browser.press("w");
    browser.letGo(Keys.SHIFT.toString());
    browser.await("[data-action='model-box'][aria-pressed='true']");
    browser.drag(".plane-main canvas", new double[] {-60, -60}, new double[] {60, 60});
    browser.find("#assist-ask").click();
    answer();
    browser.await("#assist-keep-box");
    browser.picture("assist-2-box");
    browser.find("#assist-keep-box").click();
    steps(2);
  }

  /** What a worker would: nothing in the box is the segment. */
  private static void answer() {
    List<RerunRequested> asked = new ArrayList<>();
    Deadline.await(
        "a request for workers",
        () -> {
          room.replay(Topics.RERUNS, asked::add);
          return !asked.isEmpty();
        });
    RerunRequested request = asked.get(0);
    assertEquals(ReadingRoom.proposalId(1), request.proposal());
    RequestedBox box = request.box();
    assertTrue(box.firstColumn() > 0 && box.lastColumn() < SIDE - 1, box::toString);
    var size =
        new GridSize(
            box.lastColumn() - box.firstColumn() + 1,
            box.lastRow() - box.firstRow() + 1,
            box.lastSlice() - box.firstSlice() + 1);
    var axial = new Axes(new Vector3(1, 0, 0), new Vector3(0, 1, 0), new Vector3(0, 0, 1));
    var geometry =
        new GridGeometry(
            new FrameOfReferenceUid("1.2.826.0.1.88.1"),
            size,
            CORNER,
            axial,
            new Spacing(MM, MM, 5));
    var labels = new short[size.voxels()];
    ObjectReference stored =
        room.store.put(
            LabelMapCodec.encode(new LabelMap(geometry, labels)), LabelMapCodec.MEDIA_TYPE);
    room.tell(
        Topics.RERUN_ANSWERS,
        new RerunAnswered(
            UUID.randomUUID(),
            request.time(),
            request.input(),
            request.id(),
            stored,
            null,
            null,
            7));
  }

  private static void aClickRefines() throws IOException {
    browser.hold(Keys.SHIFT.toString());
    browser.press("e");
    browser.letGo(Keys.SHIFT.toString());
    browser.await("[data-action='refine'][aria-pressed='true']");
    double[] at = onLargePlane(34);
    browser.drag(".plane-main canvas", at, at);
    browser.awaitTrue(
        "the refined mask",
        "return /^Refined/.test(document.querySelector('#assist-said').innerText)");
    browser.picture("assist-3-refine");
    steps(3);
  }

  /** So many mm to the right of the middle. */
  private static double[] onLargePlane(double mm) {
    Object width =
        browser.ask(
            "const r = document.querySelector('.plane-main canvas').getBoundingClientRect();"
                + " return Math.min(r.width, r.height)");
    return new double[] {mm * ((Number) width).doubleValue() / (SIDE * MM), 0};
  }

  private static void steps(int count) {
    browser.awaitTrue(
        count + " steps on the server",
        "const x = new XMLHttpRequest(); x.open('GET', location.hash.replace('#/task/',"
            + " '/api/tasks/') + '/journal', false); x.send();"
            + " window.tools = JSON.parse(x.responseText).entries.map((one) => one.tool);"
            + " return window.tools.length === arguments[0]",
        count);
  }

  @SuppressWarnings("unchecked")
  private static List<String> tools() {
    return (List<String>) browser.ask("return window.tools");
  }
}

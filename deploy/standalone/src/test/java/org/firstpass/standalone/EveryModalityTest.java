package org.firstpass.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.firstpass.arrival.SeriesHistory;
import org.firstpass.arrival.SeriesState;
import org.firstpass.dicom.CtSeriesDescription;
import org.firstpass.dicom.CtSeriesWriter;
import org.firstpass.dicom.InstanceHeader;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.dicom.SegmentationReader;
import org.firstpass.dicom.SeriesSurvey;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.event.ProposalMade;
import org.firstpass.geometry.Axes;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.GridSpace;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.StudyReference;
import org.firstpass.testing.Deadline;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.Volume;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/**
 * Series of every modality, sent as a PACS would: proposed by a small network, corrected with
 * several tools in a real browser, submitted; and what is stored is what the strokes say.
 */
class EveryModalityTest {
  private static final String USER = "rosa";
  private static final String PASSWORD = "seven green lamps";
  private static final String IMAGES = "\"NO_PATIENT_GEOMETRY\"";

  private static TestInstallation up;
  private static ReadingPage page;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws IOException {
    SharedData.require("index.md");
    page = ReadingPage.open();
    Path root = Files.createTempDirectory("firstpass-modalities");
    Path models = root.resolve("models");
    SlicePackage.make(models, "CT", 150, "");
    SlicePackage.make(models, "MR", 60, "");
    SlicePackage.make(models, "PT", 12_000, "");
    SlicePackage.make(models, "CR", 900, IMAGES);
    SlicePackage.make(models, "US", 110, IMAGES + ", \"COLOUR_AS_LUMINANCE\"");
    up =
        TestInstallation.start(
            root,
            Map.of(
                org.firstpass.standalone.Keys.MODELS_FOLDERS,
                models.toString(),
                org.firstpass.standalone.Keys.REVIEW_UNDO,
                "0s"));
    up.administrator()
        .post(
            "/api/users",
            new com.fasterxml.jackson.databind.ObjectMapper()
                .readTree(
                    "{\"name\":\"%s\",\"displayName\":\"Rosa\",\"password\":\"%s\",\"roles\":[\"RADIOLOGIST\"]}"
                        .formatted(USER, PASSWORD)));
    page.login(up.standalone().address(), USER, PASSWORD);
  }

  @AfterAll
  static void stop() throws IOException {
    if (page != null) {
      page.close();
    }
    if (up != null) {
      up.close();
    }
  }

  @Test
  void aChestCt() throws Exception {
    correct(new Case("P01", neighbours("P01_ct_chest_lidc", 16)), 9);
  }

  @Test
  void anObliqueBrain() throws Exception {
    List<Path> files = SharedData.files("P02_mr_t1_studyforrest").subList(180, 200);
    correct(new Case("P02", files), 9);
  }

  @Test
  void anAbdominalCtInJpeg2000() throws Exception {
    List<Path> files = new ArrayList<>();
    for (Path file : neighbours("P05_ct_abdomen_totalseg_j2k/dicom", 12)) {
      files.add(FilledUids.write(file, files.size(), folder));
    }
    correct(new Case("P05", files), 9);
  }

  @Test
  void aPetInUptakeValuesOverACt() throws Exception {
    Case pet = new Case("P03", neighbours("P03_pet_headneck_with_SEG/PET", 24));
    send(pet);
    sendCtBeneath(pet);
    open(pet);
    assertEquals("SUV", page.find(".window-unit").getText());
    page.await(".fusion select option[value]:not([value=''])");
    JsonNode companions = up.administrator().get("/api/tasks/" + pet.task() + "/companions");
    assertEquals(1, companions.size());
    assertEquals("CT", companions.get(0).path("modality").asText());
    assertTrue(brightness(0.02, 0.5) > 200, "air is white in a PET");
    page.ask(
        "const s = document.querySelector('.fusion select');"
            + " s.value = s.options[s.options.length - 1].value;"
            + " s.dispatchEvent(new Event('change', {bubbles: true}))");
    page.await(".fusion[data-laid]");
    Deadline.await("air is dark in a CT", () -> brightness(0.02, 0.5) < 60);
    page.picture("P03-fused");
    strokes(pet, 14);
  }

  @Test
  void aRadiographThatLiesNowhereInThePatient() throws Exception {
    Case radiograph = new Case("P08", SharedData.files("P08_cr_chest"));
    send(radiograph);
    open(radiograph);
    assertTrue(brightness(0.5, 0.5) > 120, "the spine is bright");
    assertTrue(brightness(0.3, 0.4) < 100, "the lung is dark");
    strokes(radiograph, 1.5);
    assertEquals(GridSpace.IMAGE_MILLIMETRES, radiograph.grid().space());
    assertLeftOutOfDataSets(radiograph, "CR");
  }

  @Test
  void aLoopInColour() throws Exception {
    Path file = SharedData.require("P09_us_multiframe/examples_ybr_color.dcm");
    Case loop = new Case("P09", List.of(file));
    send(loop);
    open(loop);
    assertEquals(1, page.all(".plane").size(), "there are no planes across time");
    String shown = "return document.querySelector('.plane-main canvas').dataset.slice";
    Object before = page.ask(shown);
    page.find(".cine .play").click();
    Deadline.await("another frame", () -> !before.equals(page.ask(shown)));
    page.find(".cine .play").click();
    strokes(loop, 12);
    assertEquals(GridSpace.IMAGE_PIXELS, loop.grid().space());
    assertLeftOutOfDataSets(loop, "US");
  }

  /** A series on its way; its grid as our own survey reads it. */
  private record Case(String name, List<Path> files) {
    SeriesInstanceUid series() {
      return header().reference().series();
    }

    InstanceHeader header() {
      return InstanceHeader.read(() -> Files.newInputStream(files.get(0)));
    }

    GridGeometry grid() {
      List<InstanceSource> sources =
          files.stream().<InstanceSource>map(file -> () -> Files.newInputStream(file)).toList();
      return SeriesSurvey.of(sources).source().geometry();
    }

    ProposalMade proposal() {
      return up.watch().proposals(series()).get(0);
    }

    String task() {
      return org.firstpass.review.ReviewCase.taskOf(proposal().id()).toString();
    }
  }

  private static void correct(Case of, double radius) throws Exception {
    send(of);
    open(of);
    strokes(of, radius);
  }

  private static void send(Case of) {
    assertTrue(up.send(of.files()).isComplete());
    SeriesHistory history = up.watch().awaitEnd(of.series());
    assertInstanceOf(SeriesState.Proposed.class, history.state(), history::toString);
  }

  private static void open(Case of) {
    String task = of.task();
    Deadline.await("a task", () -> !Tasks.waiting(up.administrator(), of.series()).isEmpty());
    page.openTask(up.standalone().address(), task);
    page.press("0");
  }

  /** Brush, eraser and lasso, one undone and done again; then what is stored is compared. */
  private static void strokes(Case of, double radius) throws Exception {
    GridGeometry grid = of.grid();
    LabelMap proposed = up.labels(of.proposal());
    assertTrue(proposed.geometry().isSameGridAs(grid));
    page.press("1");
    page.radius(radius);
    LargePlane plane = LargePlane.of(page, grid);
    short[] labels = proposed.toArray();
    double far = plane.width() * plane.acrossSpacing() / 5;
    double down = plane.height() * plane.downSpacing() / 6;
    double[] from = plane.pixel(-far, -down);
    double[] to = {plane.pixel(far / 2, 0)[0], from[1]};
    page.draw("b", List.of(from, to));
    plane.sweep(labels, from, to, radius, 1);
    double[] dab = plane.pixel(-far / 4, -down);
    page.draw("e", List.of(dab));
    plane.sweep(labels, dab, dab, radius, 0);
    double[] a = plane.pixel(far / 3, down / 2);
    double[] b = plane.pixel(far, 1.5 * down);
    page.draw("l", List.of(a, new double[] {b[0], a[1]}, b, new double[] {a[0], b[1]}, a));
    plane.fill(labels, a, b);
    page.press("z", "y");
    page.picture(of.name());
    var expected = new LabelMap(grid, labels);
    assertFalse(expected.contentEquals(proposed), "the strokes change something");
    page.press(Keys.ENTER);
    page.await("#receipt");
    CorrectionAccepted correction = new Corrections(up.infrastructure()).await(of.series());
    byte[] file = up.infrastructure().objects().read(correction.segmentation().digest());
    LabelMap stored =
        SegmentationReader.read(() -> new ByteArrayInputStream(file))
            .toLabelMap(grid, of.proposal().schema());
    SameLabels.require(of.name(), expected, stored);
    assertEquals(List.of(), page.complaints());
    StoredFrames.check(file, expected, of.files().size() == 1);
  }

  /** A data set leaves it out and says why: NIfTI has no other space than the patient's. */
  private void assertLeftOutOfDataSets(Case of, String modality) throws IOException {
    Path target = folder.resolve("dataset-" + of.name());
    CommandLineRun run =
        CommandLineRun.of(
            List.of(
                "dataset",
                "export",
                "--format",
                "nnunet",
                "--modality",
                modality,
                "--state",
                up.state().toString(),
                "--to",
                target.toString()));
    String said = run.out() + run.err();
    assertTrue(said.contains("FP1008") || said.contains("NO_PATIENT_GEOMETRY"), said);
  }

  /** How bright the large plane is at a part of its width and height, 0 to 255. */
  private static double brightness(double across, double down) {
    return page.numbers(
            "const c = document.querySelector('.plane-main canvas');"
                + " const s = Math.min(c.width, c.height) / 2;"
                + " const x = c.width / 2 + (2 * arguments[0] - 1) * s;"
                + " const y = c.height / 2 + (2 * arguments[1] - 1) * s;"
                + " const d = c.getContext('2d').getImageData(x, y, 1, 1).data;"
                + " return [(d[0] + d[1] + d[2]) / 3]",
            across,
            down)[0];
  }

  /** A made CT of the same patient, study and frame of reference: air with a block in it. */
  private void sendCtBeneath(Case pet) throws IOException {
    GridGeometry grid = pet.grid();
    var size = new GridSize(64, 64, 24);
    var ct =
        new GridGeometry(
            grid.frameOfReference(),
            size,
            grid.toPatient(0, 0, 0),
            Axes.ofPlane(new Vector3(1, 0, 0), new Vector3(0, 1, 0)),
            new Spacing(7.1, 7.1, grid.spacing().slice()));
    var values = new float[size.voxels()];
    for (int i = 0; i < values.length; i++) {
      int column = i % 64;
      int row = i / 64 % 64;
      values[i] = column > 20 && column < 44 && row > 20 && row < 44 ? 60 : -1000;
    }
    InstanceHeader header = pet.header();
    var described =
        new CtSeriesDescription(
            new StudyReference(header.reference().study(), new SeriesInstanceUid("2.25.4711")),
            header.patient().id(),
            "Made^Ct",
            "NECK",
            "beneath",
            java.time.Instant.EPOCH);
    List<Path> files = new ArrayList<>();
    for (byte[] file : CtSeriesWriter.write(described, Volume.ofValues(ct, values))) {
      files.add(Files.write(folder.resolve("ct-%03d.dcm".formatted(files.size())), file));
    }
    assertTrue(up.send(files).isComplete());
    up.watch().awaitEnd(new SeriesInstanceUid("2.25.4711"));
  }

  /** So many slices next to each other, out of the middle of a series. */
  private static List<Path> neighbours(String folder, int count) throws IOException {
    Map<Double, Path> byHeight = new java.util.TreeMap<>();
    for (Path file : SharedData.files(folder)) {
      byHeight.put(ByHeight.of(file), file);
    }
    List<Path> sorted = new ArrayList<>(byHeight.values());
    int first = Math.max(0, (sorted.size() - count) / 2);
    return sorted.subList(first, Math.min(sorted.size(), first + count));
  }
}

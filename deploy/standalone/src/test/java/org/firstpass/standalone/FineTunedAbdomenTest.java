package org.firstpass.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.firstpass.arrival.SeriesHistory;
import org.firstpass.arrival.SeriesState;
import org.firstpass.dicom.InstanceHeader;
import org.firstpass.dicom.web.DicomJson;
import org.firstpass.event.ProposalMade;
import org.firstpass.inference.PackageSealing;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.ModelPackage;
import org.firstpass.segment.Verdict;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.testing.Deadline;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.NiftiReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A published network of another house is corrected, trained on and served, on real images and a
 * running installation, by its commands. Two steps: what is tried is the way, not the gain.
 */
class FineTunedAbdomenTest {
  private static final String NAME = "abdomen-organs";
  private static final int SLICES_OF_CHEST = 16;
  private static final int SEGMENTS = 0x00620002;
  private static final String ALGORITHM_VERSION = "00660031";

  private static final int LIVER = 6;

  /** Label values of the reference that comes with the images, and our segments. */
  private static final Map<Integer, Integer> OURS =
      Map.of(1, 1, 7, 2, 3, 3, 4, 4, 15, 5, 5, LIVER, 6, 7, 19, 8);

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private List<Path> abdomen = List.of();
  private List<Path> chest = List.of();
  private List<Path> liver = List.of();
  private TestInstallation up;

  @BeforeEach
  void start() throws IOException {
    abdomen = new ArrayList<>();
    for (Path file : SharedData.files("P05_ct_abdomen_totalseg_j2k/dicom")) {
      abdomen.add(FilledUids.write(file, abdomen.size(), folder));
    }
    chest = lowest(SharedData.files("P01_ct_chest_lidc"));
    liver = SharedData.files("P04_ct3_with_SEGs_dcmqi/ct-3slice");
    Path packages = folder.resolve("packages");
    seal(packages.resolve(NAME).resolve("1.0.0"));
    up =
        TestInstallation.start(
            Files.createDirectories(folder.resolve("up")),
            Map.of(Keys.MODELS_FOLDERS, packages.toString(), Keys.MODELS_SCAN, "500ms"));
  }

  @AfterEach
  void stop() throws IOException {
    if (up != null) {
      up.close();
    }
  }

  @Test
  void correctedCasesMakeANewVersionThatServesTheNextPatientAndItsSegSaysSo() throws IOException {
    String trainer = trainer();
    ProposalMade first = propose(abdomen);
    assertEquals("1.0.0", first.modelPackage().version());
    correct(seriesOf(abdomen), this::reference);
    deal("100,0,0");
    propose(chest);
    correct(seriesOf(chest), labels -> labels.toArray());
    deal("0,100,0");

    List<String> words = new ArrayList<>(List.of("train", "--base", NAME + "@1.0.0"));
    words.addAll(List.of("--version", "1.1.0", "--steps", "2", "--with", trainer));
    CommandLineRun train = command(words);
    assertEquals(0, train.status(), () -> train.out() + train.err());
    assertTrue(train.out().contains("1 training, 1 validation cases; 0 are kept"), train::out);
    assertTrue(train.out().contains("better than its base: Dice "), train::out);
    Path made = up.state().resolve("models").resolve(NAME).resolve("1.1.0");
    JsonNode dice = JSON.readTree(made.resolve("provenance.json").toFile()).path("validation");
    double base = dice.path("baseDice").asDouble();
    // The validation side is what the base proposed; a network that was wiped out has 0.
    assertTrue(base > 0 && dice.path("bestDice").asDouble() > base / 4, dice::toString);
    ModelPackage tuned = ModelPackage.load(made);

    List<String> serve = new ArrayList<>(List.of("model", "serve", NAME, "1.1.0"));
    serve.addAll(Waiver.words(up));
    CommandLineRun served = command(serve);
    assertEquals(0, served.status(), () -> served.out() + served.err());
    awaitServing("1.1.0");
    ProposalMade next = propose(liver);
    assertEquals(tuned.reference(), next.modelPackage());
    assertVersionInSeg(next, "1.1.0");
    assertEquals(1, Tasks.waiting(up.administrator(), next.series()).size());

    assertEquals(0, command(List.of("model", "rollback", NAME)).status());
    awaitServing("1.0.0");
  }

  /** The reference trainer as anybody else's. */
  private static String trainer() {
    Path jar =
        Repository.root().resolve("models/training/target/firstpass-training-0.1.0-SNAPSHOT.jar");
    boolean built = Files.exists(jar);
    if (!built) {
      System.err.println("NOT TRIED: the reference trainer is not built");
    }
    Assumptions.assumeTrue(built, "the reference trainer is not built");
    return "java -Dai.djl.offline=true -jar " + jar;
  }

  /** A box of the size that the network was trained with, around the middle of each series. */
  private static void seal(Path into) throws IOException {
    Files.createDirectories(into);
    Files.copy(
        SharedData.require("models/allconvunet_tcia_fold1.onnx"),
        into.resolve(ModelManifest.MODEL_FILE));
    try (InputStream draft =
        FineTunedAbdomenTest.class.getResourceAsStream("/manifests/" + NAME + ".json")) {
      var manifest = (ObjectNode) JSON.readTree(draft);
      var accepts = (ObjectNode) manifest.path("accepts");
      accepts.put("minimumSlices", 3).remove("seriesDescription");
      ObjectNode grid = ((ObjectNode) manifest.path("input")).putObject("grid");
      grid.put("kind", "conformed").putArray("size").add(144).add(144).add(144);
      grid.putArray("spacing").add(2.1).add(1.4).add(1.3);
      JSON.writeValue(into.resolve(ModelPackage.MANIFEST_FILE).toFile(), manifest);
    }
    PackageSealing.seal(into);
  }

  private List<Path> lowest(List<Path> files) throws IOException {
    Map<Path, Double> heights = new HashMap<>();
    for (Path file : files) {
      heights.put(file, ByHeight.of(file));
    }
    return heights.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .limit(SLICES_OF_CHEST)
        .map(Map.Entry::getKey)
        .toList();
  }

  private ProposalMade propose(List<Path> files) {
    assertTrue(up.send(files).isComplete());
    SeriesInstanceUid series = seriesOf(files);
    SeriesHistory history = up.watch().awaitEnd(series);
    assertInstanceOf(SeriesState.Proposed.class, history.state(), history::toString);
    return up.watch().proposals(series).get(0);
  }

  private interface Reading {
    short[] of(LabelMap proposed) throws IOException;
  }

  /** As a reader's program does: claims, draws what is wrong, submits. */
  private void correct(SeriesInstanceUid series, Reading reading) throws IOException {
    ReviewClient reader = up.administrator();
    Deadline.await("a task waits", () -> Tasks.waiting(reader, series).size() == 1);
    JsonNode claim = reader.claimNext().orElseThrow();
    JsonNode task = claim.path("task");
    assertEquals(series.value(), task.path("series").asText());
    String id = task.path("id").asText();
    var proposed = new LabelMap(reader.geometry(id), reader.labels(id));
    short[] accepted = reading.of(proposed);
    var corrected = new LabelMap(proposed.geometry(), accepted);
    ObjectNode decision = JSON.createObjectNode().put("activeMillis", 60_000);
    ArrayNode verdicts = decision.putArray("segments");
    for (JsonNode segment : task.path("schema").path("segments")) {
      int number = segment.path("number").asInt();
      verdicts
          .addObject()
          .put("number", number)
          .put("verdict", verdict(proposed, corrected, number).name());
    }
    reader.submit(id, claim.path("transaction").asText(), decision, accepted);
    new Corrections(up.infrastructure()).await(series);
  }

  private static Verdict verdict(LabelMap proposed, LabelMap corrected, int number) {
    if (Dice.of(proposed, corrected, number) == 1) {
      return Verdict.ACCEPT;
    }
    if (count(proposed, number) == 0) {
      return Verdict.MISSING;
    }
    return count(corrected, number) == 0 ? Verdict.REJECT : Verdict.MAJOR;
  }

  private static long count(LabelMap labels, int number) {
    long[] voxels = labels.histogram();
    return number < voxels.length ? voxels[number] : 0;
  }

  /** The labels that came with the images, as ours, on the grid of the series. */
  private short[] reference(LabelMap proposed) throws IOException {
    Path file = SharedData.require("P05_ct_abdomen_totalseg_j2k/example_seg_dicom.nii.gz");
    LabelMap theirs = NiftiReader.readLabelMap(file, proposed.geometry().frameOfReference());
    short[] ours = theirs.toArray();
    for (int i = 0; i < ours.length; i++) {
      ours[i] = OURS.getOrDefault((int) ours[i], 0).shortValue();
    }
    LabelMap known = ByPosition.on(proposed.geometry(), new LabelMap(theirs.geometry(), ours));
    assertTrue(Dice.of(proposed, known, LIVER) > 0.5, "the first version found the liver");
    return known.toArray();
  }

  /** Patients who have no side yet get this one with the next export, for ever. */
  private void deal(String split) throws IOException {
    Files.writeString(
        StateFolder.at(up.state()).settings(), Keys.DATASET_SPLIT + "=" + split + "\n");
    CommandLineRun export =
        command(
            List.of(
                "dataset",
                "export",
                "--format",
                "nnunet",
                "--to",
                folder.resolve("sides-" + split).toString()));
    assertEquals(0, export.status(), export::err);
  }

  private void awaitServing(String version) {
    Deadline.await(
        version + " is served",
        () ->
            Stream.of(up.administrator().get("/models"))
                .flatMap(page -> page.findParents("version").stream())
                .anyMatch(
                    each ->
                        each.path("version").asText().equals(version)
                            && each.path("state").asText().equals("serving")));
  }

  private void assertVersionInSeg(ProposalMade proposal, String version) throws IOException {
    Path file = up.segmentation(proposal);
    DicomJson.Header header =
        DicomJson.header(() -> Files.newInputStream(file), tag -> tag == SEGMENTS);
    List<JsonNode> versions = JSON.readTree(header.json()).findValues(ALGORITHM_VERSION);
    assertFalse(versions.isEmpty(), header::json);
    for (JsonNode each : versions) {
      assertEquals(version, each.at("/Value/0").asText());
    }
  }

  private CommandLineRun command(List<String> words) {
    List<String> line = new ArrayList<>(words);
    line.addAll(List.of("--state", up.state().toString()));
    return CommandLineRun.of(line);
  }

  private static SeriesInstanceUid seriesOf(List<Path> files) {
    return InstanceHeader.read(() -> Files.newInputStream(files.get(0))).reference().series();
  }
}

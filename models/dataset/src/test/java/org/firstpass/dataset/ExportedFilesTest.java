package org.firstpass.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.firstpass.database.Database;
import org.firstpass.dataset.split.DatasetSecret;
import org.firstpass.dataset.split.Split;
import org.firstpass.dataset.split.SplitProportions;
import org.firstpass.dataset.split.SplitRule;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Vector3;
import org.firstpass.segment.LabelSchema;
import org.firstpass.store.FileObjectStore;
import org.firstpass.stream.EventPublisher;
import org.firstpass.stream.Topics;
import org.firstpass.study.Sha256;
import org.firstpass.testing.TestBroker;
import org.firstpass.testing.TestPostgres;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.NiftiReader;
import org.firstpass.volume.Volume;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of one export of six patients, as trainers and other readers open them. */
class ExportedFilesTest {
  private static final LabelSchema SCHEMA = Readings.schema("Upper abdomen files", 1);
  private static final SplitRule THIRDS =
      new SplitRule(
          new DatasetSecret("a secret for tests only, number 4".getBytes(StandardCharsets.UTF_8)),
          new SplitProportions(34, 33, 33));

  @TempDir static Path folder;
  private static DatasetManifest nnunet;
  private static DatasetManifest monai;

  @BeforeAll
  static void export() {
    var store = new FileObjectStore(folder.resolve("objects"));
    var readings = new Readings(store, SCHEMA);
    try (var publisher = new EventPublisher(TestBroker.stream(), "/firstpass/test");
        Database database = TestPostgres.database()) {
      for (int patient = 1; patient <= 6; patient++) {
        publisher.publish(
            Topics.CORRECTIONS, readings.of(Reading.of(patient, 1).shifted(patient % 3)));
      }
      var exporter = new DatasetExport(store, TestBroker.stream(), database, THIRDS);
      nnunet = exporter.run(request(DatasetFormat.NNUNET), folder.resolve("nnunet"), (d, t) -> {});
      monai = exporter.run(request(DatasetFormat.MONAI), folder.resolve("monai"), (d, t) -> {});
    }
  }

  private static DatasetRequest request(DatasetFormat format) {
    return DatasetRequest.of(format).withSchema(SchemaChoice.of(SCHEMA)).named(42, "Abdomen");
  }

  @Test
  void nnUnetFindsEveryCaseWhereItLooksForIt() {
    var exported = new ExportedFolder(folder.resolve("nnunet"));
    String root = "Dataset042_Abdomen/";
    JsonNode json = exported.json(root + "dataset.json");
    List<String> training = names(nnunet, Split.TRAINING);
    List<String> validation = names(nnunet, Split.VALIDATION);
    List<String> test = names(nnunet, Split.TEST);
    var fitted = new TreeSet<String>(training);
    fitted.addAll(validation);

    assertEquals("{\"0\":\"CT\"}", json.get("channel_names").toString());
    assertEquals("{\"background\":0,\"Liver\":1,\"Spleen\":2}", json.get("labels").toString());
    assertEquals(fitted.size(), json.get("numTraining").asInt());
    assertEquals(".nii.gz", json.get("file_ending").asText());
    assertEquals(with(fitted, "_0000.nii.gz"), exported.names(root + "imagesTr"));
    assertEquals(with(fitted, ".nii.gz"), exported.names(root + "labelsTr"));
    assertEquals(with(test, "_0000.nii.gz"), exported.names(root + "imagesTs"));
    assertEquals(with(test, ".nii.gz"), exported.names(root + "labelsTs"));
    JsonNode folds = exported.json(root + "splits_final.json");
    assertEquals(1, folds.size());
    assertEquals(training, texts(folds.get(0).get("train"), null));
    assertEquals(validation, texts(folds.get(0).get("val"), null));
  }

  @Test
  void nnUnetsOwnCheckFindsTheFolderSound() throws Exception {
    List<String> said =
        TrainerCheck.run(
            "nnunetv2", "check_nnunet.py", folder, folder.resolve("nnunet/Dataset042_Abdomen"));
    assertEquals("sound", said.get(said.size() - 1));
    assertTrue(said.stream().noneMatch(line -> line.contains("WARNING")), said::toString);
  }

  @Test
  void monaisOwnLoaderReadsEveryCase() throws Exception {
    List<String> said =
        TrainerCheck.run("monai", "check_monai.py", folder, folder.resolve("monai/datalist.json"));
    for (Split split : Split.values()) {
      String line = split.name().toLowerCase(Locale.ROOT) + " " + names(monai, split).size();
      assertTrue(said.contains(line), said::toString);
    }
  }

  @Test
  void theMonaiDataListNamesEveryFileOnce() {
    var exported = new ExportedFolder(folder.resolve("monai"));
    JsonNode json = exported.json("datalist.json");
    for (Split split : Split.values()) {
      JsonNode section = json.get(split.name().toLowerCase(Locale.ROOT));
      assertEquals(names(monai, split), texts(section, "case"));
      assertTrue(section.size() > 0, "the fixture has patients in " + split);
    }
    var named = new ArrayList<String>();
    for (String section : List.of("training", "validation", "test")) {
      named.addAll(texts(json.get(section), "image"));
      named.addAll(texts(json.get(section), "label"));
    }
    assertEquals(
        exported.digests().keySet().stream().filter(path -> path.endsWith(".gz")).toList(),
        named.stream().sorted().toList());
    assertEquals(
        "{\"0\":\"background\",\"1\":\"Liver\",\"2\":\"Spleen\"}", json.get("labels").toString());
  }

  @Test
  void bothFormatsHaveTheSameVoxels() {
    for (int i = 0; i < nnunet.cases().size(); i++) {
      DatasetCase.Files a = nnunet.cases().get(i).files();
      DatasetCase.Files b = monai.cases().get(i).files();
      assertEquals(a.image().niftiDigest(), b.image().niftiDigest());
      assertEquals(a.label().niftiDigest(), b.label().niftiDigest());
    }
  }

  @Test
  void theManifestHasTheDigestOfEveryFile() {
    for (DatasetCase one : nnunet.cases()) {
      for (var file : List.of(one.files().image(), one.files().label())) {
        Path path = folder.resolve("nnunet").resolve(file.path());
        assertEquals(Sha256.of(ExportedFolder.content(path)), file.niftiDigest());
      }
    }
    var exported = new ExportedFolder(folder.resolve("nnunet"));
    Map<String, Sha256> digests = exported.digests();
    digests.remove("SHA256SUMS");
    var lines = new StringBuilder();
    digests.forEach((path, digest) -> lines.append(digest + "  " + path + "\n"));
    byte[] checksums = ExportedFolder.bytes(folder.resolve("nnunet").resolve("SHA256SUMS"));
    assertEquals(lines.toString(), new String(checksums, StandardCharsets.UTF_8));
  }

  @Test
  void theManifestSaysWhereEverythingComesFrom() {
    JsonNode json = new ExportedFolder(folder.resolve("nnunet")).json("manifest.json");
    JsonNode one = json.get("cases").get(0);
    assertEquals(2, json.get("formatVersion").asInt());
    assertEquals("10200004", json.at("/schema/segments/1/type/value").asText());
    assertTrue(one.get("name").asText().matches("case_[0-9a-f]{12}"));
    assertTrue(
        one.at("/source/revisionHash").asText().startsWith(one.get("name").asText().substring(5)));
    assertEquals(5, one.at("/source/instances").size());
    assertEquals("abdomen-net", one.at("/provenance/proposed/modelPackage/name").asText());
    assertEquals("ACCEPT", one.at("/decisions/0/verdict").asText());
    assertEquals(61_000, one.at("/provenance/reading/activeMillis").asInt());
  }

  @Test
  void ourOwnReaderGetsTheImageAndTheLabelsBackOnTheGridOfTheSeries() throws IOException {
    for (DatasetCase one : monai.cases()) {
      var frame = one.files().geometry().frameOfReference();
      Path root = folder.resolve("monai");
      Volume image = NiftiReader.readVolume(root.resolve(one.files().image().path()), frame);
      LabelMap label = NiftiReader.readLabelMap(root.resolve(one.files().label().path()), frame);
      assertTrue(image.geometry().isSameGridAs(one.files().geometry()), one.name());
      assertTrue(label.geometry().isSameGridAs(one.files().geometry()), one.name());
      int patient = Integer.parseInt(one.source().patient().value().substring(2));
      assertEquals(-1000 + 3 * (100 * patient + 1), image.valueAt(0));
      assertEquals(image.valueAt(0) + 17, image.valueAt(17));
      assertEquals(1, label.labelAt(1 + patient % 3, 1, 1));
      assertEquals(0, label.labelAt(patient % 3, 1, 1));
      assertEquals(2, label.labelAt(8, 6, 3));
    }
  }

  @Test
  void nibabelSeesEveryLabelledVoxelAtItsPlaceInThePatientWithItsValue() {
    DatasetCase one = nnunet.cases().get(0);
    Path root = folder.resolve("nnunet");
    NibabelReading seen =
        NibabelReading.of(
            folder,
            root.resolve(one.files().image().path()),
            root.resolve(one.files().label().path()));

    assertTrue(seen.lines().get(0).startsWith("int16 9x7x5 True "), seen.lines().get(0));
    int patient = Integer.parseInt(one.source().patient().value().substring(2));
    var expected = new TreeSet<String>();
    for (int slice = 1; slice <= 2; slice++) {
      for (int row = 1; row <= 2; row++) {
        for (int column = 1; column <= 3; column++) {
          expected.add(line(one, column + patient % 3, row, slice, 1));
        }
      }
    }
    expected.add(line(one, 8, 6, 3, 2));
    var found = new TreeSet<String>();
    for (String line : seen.lines().subList(1, seen.lines().size())) {
      String[] parts = line.split(" ", -1);
      found.add(
          line(
              Double.parseDouble(parts[0]),
              Double.parseDouble(parts[1]),
              Double.parseDouble(parts[2]),
              Double.parseDouble(parts[3]),
              Integer.parseInt(parts[4])));
    }
    assertEquals(expected, found);
  }

  // The fixture's grid in numbers of its own: LPS mm, then RAS by turning x and y over.
  private static String line(DatasetCase one, int column, int row, int slice, int label) {
    var along = new Vector3(0.8, 0.6, 0).times(0.75 * column);
    var down = new Vector3(-0.36, 0.48, 0.8).times(1.25 * row);
    var up = new Vector3(0.48, -0.64, 0.6).times(3.5 * slice);
    Vector3 lps = new Vector3(-101.5, 33.25, -712.125).plus(along).plus(down).plus(up);
    int patient = Integer.parseInt(one.source().patient().value().substring(2));
    int index = new GridSize(9, 7, 5).index(column, row, slice);
    return line(-lps.x(), -lps.y(), lps.z(), index - 1000 + 3 * (100 * patient + 1), label);
  }

  private static String line(double x, double y, double z, double value, int label) {
    return String.format(Locale.ROOT, "%.2f %.2f %.2f %.0f %d", x, y, z, value, label);
  }

  private static List<String> names(DatasetManifest manifest, Split split) {
    return manifest.casesOf(split).stream().map(DatasetCase::name).toList();
  }

  private static List<String> with(Iterable<String> names, String ending) {
    var result = new ArrayList<String>();
    names.forEach(name -> result.add(name + ending));
    return result;
  }

  private static List<String> texts(JsonNode array, @Nullable String field) {
    var result = new ArrayList<String>();
    array.forEach(item -> result.add(field == null ? item.asText() : item.get(field).asText()));
    return result;
  }
}

package org.firstpass.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.firstpass.dataset.ExportRefused.Reason;
import org.firstpass.dataset.split.DatasetSecret;
import org.firstpass.dataset.split.Split;
import org.firstpass.dataset.split.SplitProportions;
import org.firstpass.dataset.split.SplitRule;
import org.firstpass.database.Database;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.segment.LabelSchema;
import org.firstpass.segment.Verdict;
import org.firstpass.store.FileObjectStore;
import org.firstpass.stream.EventPublisher;
import org.firstpass.stream.StreamConfig;
import org.firstpass.stream.Topics;
import org.firstpass.study.PatientKey;
import org.firstpass.study.Sha256;
import org.firstpass.testing.TestBroker;
import org.firstpass.testing.TestPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

class DatasetExportTest {
  private static final DatasetSecret SECRET =
      new DatasetSecret("a secret for tests only, number 4".getBytes(StandardCharsets.UTF_8));
  private static final SplitRule THIRDS = new SplitRule(SECRET, new SplitProportions(34, 33, 33));
  private static final ExportProgress SILENT = (done, total) -> {};

  @TempDir Path folder;
  private Database database;
  private FileObjectStore store;
  private Readings readings;
  private LabelSchema schema;

  @BeforeEach
  void open(TestInfo test) {
    // The topic is shared, so each test has a label schema of its own.
    schema = Readings.schema(test.getDisplayName(), 1);
    database = TestPostgres.database();
    store = new FileObjectStore(folder.resolve("objects"));
    readings = new Readings(store, schema);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aSecondExportHasTheSameManifestHashAndTheSameBytes() {
    publish(sixPatientsWithTwoSeriesEach());

    DatasetManifest first = export(DatasetFormat.NNUNET, "first");
    DatasetManifest second = export(DatasetFormat.NNUNET, "second");

    assertEquals(first.hash(), second.hash());
    assertEquals(at("first").digests(), at("second").digests());
    assertEquals(
        first.hash(),
        Sha256.of(ExportedFolder.bytes(folder.resolve("first").resolve("manifest.json"))));
    assertEquals(12, first.cases().size());
  }

  @Test
  void theOrderOfTheSeriesInTheTopicLeavesNoTrace() {
    List<CorrectionAccepted> events = sixPatientsWithTwoSeriesEach();
    publish(events);
    DatasetManifest here = export(DatasetFormat.MONAI, "here");
    Collections.reverse(events);
    try (TestBroker another = TestBroker.isolated()) {
      publish(another.config(), events);
      DatasetManifest there =
          new DatasetExport(store, another.config(), database, THIRDS)
              .run(DatasetFormat.MONAI, folder.resolve("there"), SILENT);
      assertEquals(here.hash(), there.hash());
    }
    assertEquals(at("here").digests(), at("there").digests());
  }

  @Test
  void anotherCorrectionGivesAnotherManifestHashAndTheNewestOneIsInTheFiles() {
    CorrectionAccepted first = readings.of(Reading.of(1, 1));
    publish(List.of(first));
    DatasetManifest before = export(DatasetFormat.MONAI, "before");

    CorrectionAccepted second = readings.of(Reading.of(1, 1).shifted(2));
    publish(List.of(second));
    DatasetManifest after = export(DatasetFormat.MONAI, "after");

    assertNotEquals(before.hash(), after.hash());
    assertEquals(second.id(), after.cases().get(0).provenance().correction());
    assertEquals(
        before.cases().get(0).files().image().niftiDigest(),
        after.cases().get(0).files().image().niftiDigest());
    assertNotEquals(
        before.cases().get(0).files().label().niftiDigest(),
        after.cases().get(0).files().label().niftiDigest());
  }

  @Test
  void allSeriesOfAPatientAreOnOneSideAndAllThreeSidesAreThere() {
    publish(sixPatientsWithTwoSeriesEach());
    DatasetManifest manifest = export(DatasetFormat.NNUNET, "target");

    var sides = new HashMap<PatientKey, Split>();
    for (DatasetCase one : manifest.cases()) {
      Split before = sides.putIfAbsent(one.source().patient(), one.split());
      assertTrue(before == null || before == one.split(), one.name());
    }
    assertEquals(6, sides.size());
    for (Split split : Split.values()) {
      assertTrue(manifest.count(split) > 0, "the fixture has patients in " + split);
    }
  }

  @Test
  void aPatientStaysOnItsSideWhenTheProportionsChange() {
    publish(sixPatientsWithTwoSeriesEach());
    DatasetManifest before = export(DatasetFormat.MONAI, "before");
    var allForTest = new SplitRule(SECRET, new SplitProportions(0, 0, 100));
    publish(List.of(readings.of(Reading.of(7, 1))));

    DatasetManifest after =
        new DatasetExport(store, TestBroker.stream(), database, allForTest)
            .run(request(DatasetFormat.MONAI), folder.resolve("after"), SILENT);

    Map<String, Split> splits = new HashMap<>();
    after.cases().forEach(one -> splits.put(one.name(), one.split()));
    before.cases().forEach(one -> assertEquals(one.split(), splits.remove(one.name())));
    assertEquals(List.of(Split.TEST), List.copyOf(splits.values()));
  }

  @Test
  void oneImageUnderTwoPatientsIsOnOneSideOnly() {
    var events = new ArrayList<CorrectionAccepted>();
    for (int patient = 1; patient <= 6; patient++) {
      events.add(readings.of(Reading.of(patient, 1).image(77)));
    }
    publish(events);
    DatasetManifest manifest = export(DatasetFormat.NNUNET, "target");

    assertFalse(manifest.leftOut().isEmpty());
    assertEquals(manifest.count(Split.TEST), manifest.cases().size());
    manifest
        .leftOut()
        .forEach(
            one ->
                assertEquals(LeftOutCase.Reason.SAME_IMAGE_ON_ANOTHER_SIDE, one.reason()));
    assertEquals(
        2 * manifest.cases().size(),
        at("target").files().stream().filter(file -> file.toString().endsWith(".gz")).count());
  }

  @Test
  void aCaseWithASegmentThatIsNotAssessableIsLeftOutAndNamed() {
    publish(
        List.of(
            readings.of(Reading.of(1, 1)),
            readings.of(Reading.of(2, 1).saying(Readings.SPLEEN, Verdict.NOT_ASSESSABLE))));
    DatasetManifest manifest = export(DatasetFormat.MONAI, "target");

    assertEquals(1, manifest.cases().size());
    assertEquals(new PatientKey("pk1"), manifest.cases().get(0).source().patient());
    assertEquals(LeftOutCase.Reason.NOT_ASSESSABLE, manifest.leftOut().get(0).reason());
    assertTrue(manifest.leftOut().get(0).explanation().contains("[Spleen]"));
  }

  @Test
  void aRejectedSegmentIsBackground() {
    publish(
        List.of(readings.of(Reading.of(1, 1).saying(Readings.SPLEEN, Verdict.REJECT))));
    DatasetManifest manifest = export(DatasetFormat.MONAI, "target");
    assertEquals(
        Map.of(0, 9L * 7 * 5 - 12, 1, 12L, 2, 0L), manifest.cases().get(0).files().voxels());
  }

  @Test
  void withTheIgnoreLabelNothingIsSaidOfVoxelsOutsideTheAssessedSegments() {
    publish(
        List.of(
            readings.of(Reading.of(1, 1)),
            readings.of(Reading.of(2, 1).saying(Readings.SPLEEN, Verdict.NOT_ASSESSABLE))));
    DatasetManifest manifest =
        exporter()
            .run(
                request(DatasetFormat.NNUNET)
                    .named(7, "Abdomen")
                    .withNotAssessable(NotAssessableRule.IGNORE_LABEL),
                folder.resolve("target"),
                SILENT);

    assertEquals(2, manifest.cases().size());
    for (DatasetCase one : manifest.cases()) {
      boolean assessed = one.source().patient().value().equals("pk1");
      assertEquals(
          assessed
              ? Map.of(0, 9L * 7 * 5 - 13, 1, 12L, 2, 1L)
              : Map.of(0, 0L, 1, 12L, 2, 0L, 3, 9L * 7 * 5 - 12),
          one.files().voxels());
    }
    assertEquals(
        "{\"background\":0,\"Liver\":1,\"Spleen\":2,\"ignore\":3}",
        at("target").json("Dataset007_Abdomen/dataset.json").get("labels").toString());
  }

  @Test
  void theTargetMustBeEmptyAndIsLeftAsItIs() throws IOException {
    publish(List.of(readings.of(Reading.of(1, 1))));
    Path target = Files.createDirectories(folder.resolve("target"));
    Files.writeString(target.resolve("note.txt"), "mine");

    ExportRefused refusal =
        assertThrows(ExportRefused.class, () -> export(DatasetFormat.MONAI, "target"));

    assertEquals(Reason.TARGET_NOT_EMPTY, refusal.reason());
    assertEquals(List.of("note.txt"), at("target").names(""));
    Files.delete(target.resolve("note.txt"));
    assertEquals(1, export(DatasetFormat.MONAI, "target").cases().size());
  }

  @Test
  void anExportThatFailsLeavesNothingBehind() throws IOException {
    List<CorrectionAccepted> events = sixPatientsWithTwoSeriesEach();
    publish(events);
    Sha256 lost = events.get(5).acceptedLabels().digest();
    Files.delete(
        folder
            .resolve("objects")
            .resolve(lost.hex().substring(0, 2))
            .resolve(lost.hex().substring(2, 4))
            .resolve(lost.hex()));

    Defect defect = assertThrows(Defect.class, () -> export(DatasetFormat.NNUNET, "out/target"));

    assertEquals(ReasonCode.OBJECT_MISSING, defect.code());
    assertEquals(List.of(), at("out").names(""));
  }

  @Test
  void labelsOnAnotherGridAreADefectAndNoCase() {
    CorrectionAccepted right = readings.of(Reading.of(1, 1));
    CorrectionAccepted larger = readings.of(Reading.of(1, 2).revision(3));
    publish(List.of(Readings.withLabels(right, larger.acceptedLabels())));
    Defect defect = assertThrows(Defect.class, () -> export(DatasetFormat.MONAI, "target"));
    assertTrue(defect.getMessage().contains(right.series().value()), defect.getMessage());
    assertFalse(Files.exists(folder.resolve("target")));
  }

  @Test
  void noPatientAndNoReaderIsNamedInAnyFile() {
    publish(sixPatientsWithTwoSeriesEach());
    export(DatasetFormat.NNUNET, "nnunet");
    export(DatasetFormat.MONAI, "monai");
    for (String target : List.of("nnunet", "monai")) {
      for (Path file : at(target).files()) {
        String content = new String(ExportedFolder.content(file), StandardCharsets.ISO_8859_1);
        for (String secret : List.of("Familyname", "HOSPITAL-ID", Readings.READER, "dr.reader")) {
          assertFalse(content.contains(secret), file + " has " + secret);
          assertFalse(file.toString().contains(secret), file.toString());
        }
      }
    }
    String manifest =
        new String(
            ExportedFolder.bytes(folder.resolve("nnunet").resolve("manifest.json")),
            StandardCharsets.UTF_8);
    assertTrue(manifest.contains("\"reader\" : \"reader_"), "the reader has a pseudonym");
    assertTrue(manifest.contains("\"patient\" : \"pk1\""), "the patient has a pseudonym");
  }

  @Test
  void progressIsToldFromNoneToAll() {
    publish(sixPatientsWithTwoSeriesEach());
    var told = new ArrayList<String>();
    exporter()
        .run(
            request(DatasetFormat.MONAI),
            folder.resolve("target"),
            (done, total) -> told.add(done + "/" + total));
    assertEquals(
        Stream.iterate(0, done -> done + 1).limit(13).map(done -> done + "/12").toList(), told);
  }

  private List<CorrectionAccepted> sixPatientsWithTwoSeriesEach() {
    var events = new ArrayList<CorrectionAccepted>();
    for (int patient = 1; patient <= 6; patient++) {
      events.add(readings.of(Reading.of(patient, 1)));
      events.add(readings.of(Reading.of(patient, 2)));
    }
    return events;
  }

  private void publish(List<CorrectionAccepted> events) {
    publish(TestBroker.stream(), events);
  }

  private static void publish(StreamConfig stream, List<CorrectionAccepted> events) {
    try (var publisher = new EventPublisher(stream, "/firstpass/test")) {
      events.forEach(event -> publisher.publish(Topics.CORRECTIONS, event));
    }
  }

  private DatasetExport exporter() {
    return new DatasetExport(store, TestBroker.stream(), database, THIRDS);
  }

  private DatasetManifest export(DatasetFormat format, String target) {
    return exporter().run(request(format), folder.resolve(target), SILENT);
  }

  private DatasetRequest request(DatasetFormat format) {
    return DatasetRequest.of(format).withSchema(SchemaChoice.of(schema));
  }

  private ExportedFolder at(String target) {
    return new ExportedFolder(folder.resolve(target));
  }
}

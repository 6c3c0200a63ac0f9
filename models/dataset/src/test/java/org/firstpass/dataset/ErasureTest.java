package org.firstpass.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.firstpass.database.Database;
import org.firstpass.dataset.register.DatasetRegister;
import org.firstpass.dataset.register.ErasureReport;
import org.firstpass.dataset.register.RegisteredVersion;
import org.firstpass.dataset.split.LinkReason;
import org.firstpass.dataset.split.SplitLedger;
import org.firstpass.event.PackageReference;
import org.firstpass.study.PatientKey;
import org.firstpass.study.Sha256;
import org.firstpass.testing.TestBroker;
import org.firstpass.testing.TestPostgres;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ErasureTest extends ExportFixture {
  private static final PatientKey ERASED = new PatientKey("pk3");
  private static final PackageReference TRAINED =
      new PackageReference("abdomen-net", "2.0.0", Sha256.of(new byte[] {7}));

  private Database own;
  private DatasetRegister register;
  private DatasetExport exporter;

  @BeforeEach
  void openOwn() {
    own = TestPostgres.database();
    register = new DatasetRegister(own);
    exporter = new DatasetExport(store, TestBroker.stream(), own, THIRDS);
    publish(sixPatientsWithTwoSeriesEach());
  }

  @AfterEach
  void closeOwn() {
    own.close();
  }

  @Test
  void everyDataSetAndEveryPackageThatThePatientTouchedIsListedEachTime() {
    DatasetManifest monai = make(DatasetFormat.MONAI, "monai");
    DatasetManifest nnunet = make(DatasetFormat.NNUNET, "nnunet");
    assertTrue(register.noteUse(nnunet.hash(), TRAINED));
    assertFalse(register.noteUse(Sha256.of(new byte[] {1}), TRAINED), "no such data set");

    ErasureReport report = register.erase(ERASED, "request 17");

    assertEquals(
        List.of(monai.hash(), nnunet.hash()),
        report.versions().stream().map(ErasureReport.Touched::version).toList());
    ErasureReport.Touched second = report.versions().get(1);
    assertEquals(List.of(TRAINED), second.packages());
    assertEquals(List.of(folder.resolve("nnunet").toString()), second.folders());
    assertEquals(casesOf(nnunet), second.cases());
    assertEquals(report, register.erase(ERASED, "request 17 again"));
  }

  @Test
  void aLaterDataSetAndOneThatIsRebuiltLeaveThePatientOutAndSaySo() {
    DatasetManifest old = make(DatasetFormat.MONAI, "old");
    register.erase(ERASED, "request 17");

    DatasetManifest rebuilt =
        exporter.rebuild(
            ExportedFolder.bytes(folder.resolve("old").resolve("manifest.json")),
            folder.resolve("rebuilt"),
            SILENT);
    DatasetManifest later = make(DatasetFormat.MONAI, "later");

    for (DatasetManifest one : List.of(rebuilt, later)) {
      assertEquals(10, one.cases().size());
      assertEquals(List.of(), casesOf(one));
      assertEquals(2, one.erased());
    }
    assertNotEquals(old.hash(), rebuilt.hash());
    assertEquals(rebuilt.hash(), later.hash());
    for (var file : at("rebuilt").files()) {
      String content = new String(ExportedFolder.content(file), StandardCharsets.ISO_8859_1);
      assertFalse(content.contains("\"pk3\""), file.toString());
    }
  }

  @Test
  void theRegisterForgetsThePatientAndRemembersThatThereWasOne() {
    DatasetManifest old = make(DatasetFormat.MONAI, "old");
    var before = new String(register.manifest(old.hash()).orElseThrow(), StandardCharsets.UTF_8);
    String series = Readings.reference(Reading.of(3, 1)).series().value();
    assertTrue(before.contains("\"pk3\"") && before.contains(series));

    register.erase(ERASED, "request 17");

    var after = new String(register.manifest(old.hash()).orElseThrow(), StandardCharsets.UTF_8);
    assertFalse(after.contains("\"pk3\""), after);
    assertFalse(after.contains(series), after);
    RegisteredVersion version = register.find(old.hash().hex().substring(0, 8)).get(0);
    assertTrue(version.tombstoned().isPresent());
    assertEquals(12, version.cases());
    DatasetManifest rebuilt =
        exporter.rebuild(
            register.manifest(old.hash()).orElseThrow(), folder.resolve("rebuilt"), SILENT);
    assertEquals(10, rebuilt.cases().size());
    assertEquals(2, rebuilt.erased());
  }

  @Test
  void otherKeysOfThePersonAreNamedAndNotErased() {
    new SplitLedger(own).link(ERASED, new PatientKey("pk4"), LinkReason.MERGED);
    ErasureReport report = register.erase(ERASED, "request 17");
    assertEquals(List.of(new PatientKey("pk4")), report.otherKeys());
    assertEquals(10, make(DatasetFormat.MONAI, "later").cases().size());
  }

  @Test
  void anErasureIsNotTakenBack() {
    register.erase(ERASED, "request 17");
    assertThrows(
        JdbiException.class,
        () -> own.jdbi().useHandle(handle -> handle.execute("delete from dataset.erasure")));
  }

  private DatasetManifest make(DatasetFormat format, String target) {
    return exporter.run(request(format), folder.resolve(target), SILENT);
  }

  private static List<String> casesOf(DatasetManifest manifest) {
    return manifest.cases().stream()
        .filter(one -> one.source().patient().equals(ERASED))
        .map(DatasetCase::name)
        .toList();
  }
}

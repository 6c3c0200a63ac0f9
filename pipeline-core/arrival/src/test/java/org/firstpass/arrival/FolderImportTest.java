package org.firstpass.arrival;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.TryAgainLater;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderImportTest {
  @TempDir static Path stateFolder;
  @TempDir Path folder;
  private static GatewayFixture fixture;

  @BeforeAll
  static void open() {
    fixture = new GatewayFixture(stateFolder);
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @Test
  void instancesAreTakenAndOtherFilesCounted() throws IOException {
    SampleSeries series = SampleSeries.small(5);
    series.writeTo(folder.resolve("a").resolve("b"));
    Files.writeString(folder.resolve("notes.txt"), "not a study");
    Files.createFile(folder.resolve("empty"));
    Set<Integer> progress = ConcurrentHashMap.newKeySet();
    ImportReport report = new FolderImport(fixture.gateway.receiver()).run(folder, progress::add);
    assertEquals(5, report.stored());
    assertEquals(2, report.skipped());
    assertEquals(0, report.refusals().size());
    assertEquals(Set.of(1, 2, 3, 4, 5, 6, 7), progress);
    assertEquals(7, FolderImport.count(folder));
    assertEquals(5, fixture.awaitRevision(series.uid(), 1).instances());
  }

  @Test
  void anInstanceOfAFileIsTheOneOfAnAssociation() {
    SampleSeries series = SampleSeries.small(3);
    fixture.receive(series);
    series.writeTo(folder);
    new FolderImport(fixture.gateway.receiver()).run(folder, done -> {});
    assertEquals(3, fixture.history(series).contents());
  }

  @Test
  void aFileWithoutPreambleIsTaken() throws IOException {
    SampleSeries series = SampleSeries.small(1);
    byte[] file = series.file(0);
    // The data set begins with (0008,0005); File Meta Information is group 0002.
    int start = 132;
    while (file[start] != 8 || file[start + 1] != 0 || file[start + 2] != 5) {
      start++;
    }
    Files.write(folder.resolve("plain"), Arrays.copyOfRange(file, start, file.length));
    ImportReport report = new FolderImport(fixture.gateway.receiver()).run(folder, done -> {});
    assertEquals(1, report.stored(), report::toString);
    assertEquals(1, fixture.awaitRevision(series.uid(), 1).instances());
  }

  @Test
  void aDamagedInstanceIsReportedByItsPath() throws IOException {
    byte[] file = SampleSeries.small(1).file(0);
    Files.write(folder.resolve("damaged.dcm"), Arrays.copyOf(file, 200));
    ImportReport report = new FolderImport(fixture.gateway.receiver()).run(folder, done -> {});
    assertEquals(0, report.stored());
    assertEquals(1, report.refusals().size());
    assertEquals(ReasonCode.MALFORMED_INSTANCE, report.refusals().get(0).code());
    assertEquals(folder.resolve("damaged.dcm"), report.refusals().get(0).file());
  }

  @Test
  void aFullStoreEndsTheImport() {
    SampleSeries.small(2).writeTo(folder);
    try (var full = new GatewayFixture(stateFolder.resolve("full"), Long.MAX_VALUE)) {
      var importer = new FolderImport(full.gateway.receiver());
      assertThrows(TryAgainLater.class, () -> importer.run(folder, done -> {}));
    }
  }
}

package org.firstpass.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.firstpass.database.Database;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.testing.TestBroker;
import org.firstpass.testing.TestPostgres;
import org.junit.jupiter.api.Test;

class SameImagesTest extends ExportFixture {
  @Test
  void oneImageUnderSixPatientsIsOnOneSideWithEverythingThatTheyHave() {
    var events = new ArrayList<CorrectionAccepted>();
    for (int patient = 1; patient <= 6; patient++) {
      events.add(readings.of(Reading.of(patient, 1).image(77)));
      events.add(readings.of(Reading.of(patient, 2)));
    }
    publish(events);
    DatasetManifest manifest = exportWithAnEmptyLedger("target");

    assertEquals(12, manifest.cases().size());
    assertEquals(List.of(), manifest.leftOut());
    assertEquals(1, manifest.cases().stream().map(DatasetCase::split).distinct().count());
  }

  @Test
  void whoWasDecidedForAnotherSideBeforeTheImageCameIsOnNeitherSide() {
    publish(sixPatientsWithTwoSeriesEach());
    try (Database empty = TestPostgres.database()) {
      var exporter = new DatasetExport(store, TestBroker.stream(), empty, THIRDS);
      DatasetManifest before =
          exporter.run(request(DatasetFormat.NNUNET), folder.resolve("before"), SILENT);
      var sides = before.cases().stream().map(DatasetCase::split).distinct().count();
      assertEquals(3, sides);
      var events = new ArrayList<CorrectionAccepted>();
      for (int patient = 1; patient <= 6; patient++) {
        events.add(readings.of(Reading.of(patient, 3).image(77)));
      }
      publish(events);

      DatasetManifest after =
          exporter.run(request(DatasetFormat.NNUNET), folder.resolve("after"), SILENT);

      assertEquals(1, after.cases().stream().map(DatasetCase::split).distinct().count());
      assertEquals(18, after.cases().size() + after.leftOut().size());
      after
          .leftOut()
          .forEach(
              one -> assertEquals(LeftOutCase.Reason.SAME_PERSON_ON_ANOTHER_SIDE, one.reason()));
      assertEquals(
          2L * after.cases().size(),
          at("after").files().stream().filter(file -> file.toString().endsWith(".gz")).count());
    }
  }

  private DatasetManifest exportWithAnEmptyLedger(String target) {
    try (Database empty = TestPostgres.database()) {
      return new DatasetExport(store, TestBroker.stream(), empty, THIRDS)
          .run(request(DatasetFormat.NNUNET), folder.resolve(target), SILENT);
    }
  }
}

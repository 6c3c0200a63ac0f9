package org.firstpass.dataset;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.firstpass.database.Database;
import org.firstpass.dataset.split.DatasetSecret;
import org.firstpass.dataset.split.SplitProportions;
import org.firstpass.dataset.split.SplitRule;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.segment.LabelSchema;
import org.firstpass.store.FileObjectStore;
import org.firstpass.stream.EventPublisher;
import org.firstpass.stream.StreamConfig;
import org.firstpass.stream.Topics;
import org.firstpass.testing.TestBroker;
import org.firstpass.testing.TestPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** One store, one broker and one database, and a label schema of its own for each test. */
abstract class ExportFixture {
  static final DatasetSecret SECRET =
      new DatasetSecret("a secret for tests only, number 4".getBytes(StandardCharsets.UTF_8));
  static final SplitRule THIRDS = new SplitRule(SECRET, new SplitProportions(34, 33, 33));
  static final ExportProgress SILENT = (done, total) -> {};

  @TempDir Path folder;
  static Database database;
  FileObjectStore store;
  Readings readings;
  LabelSchema schema;

  @BeforeAll
  static void openDatabase() {
    database = TestPostgres.database();
  }

  @AfterAll
  static void closeDatabase() {
    database.close();
  }

  @BeforeEach
  void open(TestInfo test) {
    // The topic is shared, so each test has a label schema of its own.
    schema = Readings.schema(test.getDisplayName(), 1);
    store = new FileObjectStore(folder.resolve("objects"));
    readings = new Readings(store, schema);
  }

  List<CorrectionAccepted> sixPatientsWithTwoSeriesEach() {
    var events = new ArrayList<CorrectionAccepted>();
    for (int patient = 1; patient <= 6; patient++) {
      events.add(readings.of(Reading.of(patient, 1)));
      events.add(readings.of(Reading.of(patient, 2)));
    }
    return events;
  }

  void publish(List<CorrectionAccepted> events) {
    publish(TestBroker.stream(), events);
  }

  static void publish(StreamConfig stream, List<CorrectionAccepted> events) {
    try (var publisher = new EventPublisher(stream, "/firstpass/test")) {
      events.forEach(event -> publisher.publish(Topics.CORRECTIONS, event));
    }
  }

  DatasetExport exporter() {
    return new DatasetExport(store, TestBroker.stream(), database, THIRDS);
  }

  DatasetManifest export(DatasetFormat format, String target) {
    return exporter().run(request(format), folder.resolve(target), SILENT);
  }

  DatasetRequest request(DatasetFormat format) {
    return DatasetRequest.of(format).withSchema(SchemaChoice.of(schema));
  }

  ExportedFolder at(String target) {
    return new ExportedFolder(folder.resolve(target));
  }
}

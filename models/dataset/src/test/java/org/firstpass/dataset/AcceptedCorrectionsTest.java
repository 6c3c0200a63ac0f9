package org.firstpass.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.dataset.ExportRefused.Reason;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.segment.LabelSchema;
import org.firstpass.store.FileObjectStore;
import org.firstpass.stream.LogPosition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AcceptedCorrectionsTest {
  private static final LabelSchema SCHEMA = Readings.schema("Upper abdomen", 1);
  private static final SchemaChoice CHOICE = SchemaChoice.of(SCHEMA);

  @TempDir Path folder;
  private Readings readings;
  private long offset;
  private final AcceptedCorrections accepted = new AcceptedCorrections();

  @BeforeEach
  void open() {
    readings = new Readings(new FileObjectStore(folder), SCHEMA);
  }

  @Test
  void theCorrectionToldLastCounts() {
    CorrectionAccepted first = readings.of(Reading.of(1, 1));
    CorrectionAccepted second = readings.of(Reading.of(1, 1).shifted(1));
    tell(first);
    tell(second);
    assertEquals(List.of(second.id()), counting());
  }

  @Test
  void anEventToldAgainLaterDoesNotCountAgain() {
    CorrectionAccepted first = readings.of(Reading.of(1, 1));
    CorrectionAccepted second = readings.of(Reading.of(1, 1).shifted(1));
    tell(first);
    tell(second);
    tell(first);
    assertEquals(List.of(second.id()), counting());
  }

  @Test
  void aNewerRevisionOfTheSeriesCountsAlthoughTheOlderOneWasCorrectedLater() {
    CorrectionAccepted newer = readings.of(Reading.of(1, 1).revision(2));
    CorrectionAccepted older = readings.of(Reading.of(1, 1));
    tell(newer);
    tell(older);
    assertEquals(List.of(newer.id()), counting());
  }

  @Test
  void everySeriesAndEverySchemaHasACaseOfItsOwn() {
    LabelSchema other = Readings.schema("Upper abdomen", 2);
    tell(readings.of(Reading.of(1, 1)));
    tell(readings.of(Reading.of(1, 2)));
    tell(readings.of(Reading.of(1, 1), other));
    assertEquals(2, accepted.of(CHOICE).size());
    assertEquals(1, accepted.of(SchemaChoice.of(other)).size());
  }

  @Test
  void severalSchemasAreRefusedByNameUntilOneIsChosen() {
    tell(readings.of(Reading.of(1, 1)));
    tell(readings.of(Reading.of(1, 1), Readings.schema("Kidneys", 3)));

    ExportRefused refusal = refusal(Optional.empty());
    assertEquals(Reason.CHOOSE_SCHEMA, refusal.reason());
    assertTrue(refusal.getMessage().contains("[Kidneys:3, Upper abdomen:1]"), refusal.getMessage());
    assertEquals(
        new SchemaChoice("Kidneys", 3),
        accepted.choose(Optional.of(SchemaChoice.parse("Kidneys:3"))));
    assertEquals(
        Reason.CHOOSE_SCHEMA, refusal(Optional.of(SchemaChoice.parse("Kidneys:4"))).reason());
  }

  @Test
  void oneSchemaVersionWithTwoMeaningsIsRefused() {
    LabelSchema other =
        new LabelSchema(SCHEMA.name(), SCHEMA.version(), List.of(SCHEMA.segments().get(0)));
    tell(readings.of(Reading.of(1, 1)));
    tell(readings.of(Reading.of(2, 1), other));
    assertEquals(Reason.SCHEMA_CONFLICT, refusal(Optional.empty()).reason());
  }

  @Test
  void noCorrectionAtAllIsRefused() {
    assertEquals(Reason.NO_CASES, refusal(Optional.empty()).reason());
  }

  private void tell(CorrectionAccepted correction) {
    accepted.add(correction, new LogPosition(0, offset++));
  }

  private ExportRefused refusal(Optional<SchemaChoice> asked) {
    return assertThrows(ExportRefused.class, () -> accepted.choose(asked));
  }

  private List<UUID> counting() {
    return accepted.of(CHOICE).stream().map(one -> one.counted().id()).toList();
  }
}

package org.firstpass.ups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.firstpass.dicom.dataset.DataSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MatchingKeyTest {

  @ParameterizedTest
  @CsvSource({
    "Liver, Liver, true",
    "Liver, liver, false",
    "Liv*, Liver, true",
    "*ver, Liver, true",
    "L?ver, Liver, true",
    "L?er, Liver, false",
    "*, Liver, true",
    "*i*r*, Liver, true",
    "Liver?, Liver, false",
    "L*x*r, Liver, false"
  })
  void aTextMatchesLiterallyAndByWildCards(String key, String found, boolean matches) {
    assertEquals(matches, ofLabel(key).matches(new DataSet().put(UpsAttribute.LABEL, found)));
  }

  @Test
  void aKeyOfManyStarsIsAnsweredInTime() {
    String stars = "*a".repeat(300) + "b";
    assertFalse(ofLabel(stars).matches(new DataSet().put(UpsAttribute.LABEL, "a".repeat(5000))));
  }

  @ParameterizedTest
  @CsvSource({
    "20261102, 20261102080000.000000+0000, true",
    "20261103, 20261102080000.000000+0000, false",
    "2026110208, 20261102080000.000000+0000, true",
    "20261101-, 20261102080000.000000+0000, true",
    "20261103-, 20261102080000.000000+0000, false",
    "-20261102, 20261102080000.000000+0000, true",
    "-20261101, 20261102080000.000000+0000, false",
    "20261101-20261102, 20261102080000.000000+0000, true",
    "20261102080000.5-, 20261102080000.000000+0000, false"
  })
  void aRangeOfTimesIncludesItsEnds(String key, String found, boolean matches) {
    MatchingKey range =
        MatchingKey.of(List.of(UpsAttribute.START_DATE_TIME), MatchingKey.Kind.RANGE, key);
    assertEquals(matches, range.matches(new DataSet().put(UpsAttribute.START_DATE_TIME, found)));
  }

  @Test
  void aListOfUidsMatchesAnyOfThem() {
    MatchingKey key =
        MatchingKey.of(List.of(UpsAttribute.SOP_INSTANCE_UID), MatchingKey.Kind.LIST, "1.2,1.3");
    assertTrue(key.matches(new DataSet().put(UpsAttribute.SOP_INSTANCE_UID, "1.3")));
    assertFalse(key.matches(new DataSet().put(UpsAttribute.SOP_INSTANCE_UID, "1.4")));
    assertFalse(key.matches(new DataSet()), "what is absent does not match");
  }

  @Test
  void aSequenceMatchesIfOneOfItsItemsDoes() {
    DataSet workitem =
        new DataSet()
            .putItems(
                UpsAttribute.SCHEDULED_STATION_NAMES,
                List.of(Codes.code("A", "99X", "a"), Codes.code("B", "99X", "b")));
    WorkitemQuery query =
        WorkitemQuery.of(Map.of("ScheduledStationNameCodeSequence.CodeValue", List.of("B")));
    assertTrue(query.matches(workitem));
    assertFalse(WorkitemQuery.of(Map.of("00404025.00080100", List.of("C"))).matches(workitem));
  }

  @Test
  void theStatesOfAQueryAreThoseThatMatch() {
    assertEquals(
        EnumSet.of(UpsState.COMPLETED, UpsState.CANCELED),
        WorkitemQuery.of(Map.of("ProcedureStepState", List.of("C*"))).states());
    assertEquals(EnumSet.allOf(UpsState.class), WorkitemQuery.of(Map.of()).states());
    assertTrue(WorkitemQuery.of(Map.of("00741000", List.of("DONE"))).states().isEmpty());
  }

  @Test
  void theLimitIsTheServersIfNoneOrALargerOneIsAskedFor() {
    assertTrue(WorkitemQuery.of(Map.of()).ownLimit());
    assertTrue(WorkitemQuery.of(Map.of("limit", List.of("100000"))).ownLimit());
    WorkitemQuery small = WorkitemQuery.of(Map.of("limit", List.of("7"), "offset", List.of("3")));
    assertFalse(small.ownLimit());
    assertEquals(7, small.limit());
    assertEquals(3, small.offset());
  }

  @Test
  void whatCannotBeMatchedIsRefused() {
    for (String name : List.of("AdmissionID", "00380010", "Nonsense", "PatientName.CodeValue")) {
      assertThrows(WorklistRefusal.class, () -> WorkitemQuery.of(Map.of(name, List.of("x"))), name);
    }
    assertThrows(
        WorklistRefusal.class,
        () -> WorkitemQuery.of(Map.of("SOPInstanceUID", List.of("1.2' or 1=1"))));
    assertThrows(
        WorklistRefusal.class,
        () -> WorkitemQuery.of(Map.of("ExpectedCompletionDateTime", List.of("today"))));
    assertThrows(WorklistRefusal.class, () -> WorkitemQuery.of(Map.of("00741204", List.of(""))));
    for (String filter : List.of("", "=x", "a", "00741204=x,", "PatientID=x")) {
      assertThrows(WorklistRefusal.class, () -> WorkitemQuery.filter(filter), filter);
    }
    assertEquals(2, WorkitemQuery.filter("00741204=x, ProcedureStepState=SCHEDULED").size());
  }

  private static MatchingKey ofLabel(String key) {
    return MatchingKey.of(List.of(UpsAttribute.LABEL), MatchingKey.Kind.TEXT, key);
  }
}

package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.net.pdu.PresentationContext;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.study.SopClassUid;
import org.firstpass.study.StudyInstanceUid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What can be asked of an archive, and what is proposed to it. */
class StudyQueryTest {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 4);

  @Test
  void whatWouldAskForMoreThanIsMeantIsRefused() {
    for (String id : List.of("", " ", "4711*", "47?1", "47\\11", "47\n11", "x".repeat(65))) {
      assertUnsound(() -> StudyQuery.ofPatient(new PatientIdentity("", id)));
    }
    assertUnsound(() -> StudyQuery.ofPatient(new PatientIdentity("*", "4711")));
    assertUnsound(() -> StudyQuery.ofAccessionNumber("A*"));
    assertUnsound(() -> StudyQuery.ofAccessionNumber("x".repeat(17)));
    assertUnsound(() -> StudyQuery.ofAccessionNumber(""));
    assertUnsound(() -> StudyQuery.between(null, null));
    assertUnsound(() -> StudyQuery.between(DAY, DAY.minusDays(1)));
    assertUnsound(() -> StudyQuery.between(DAY, null).with(Set.of("CT\\MR")));
    assertUnsound(() -> StudyQuery.between(DAY, DAY.plusDays(1)).within(LocalTime.NOON, null));
    assertUnsound(
        () -> StudyQuery.between(DAY, DAY).within(LocalTime.NOON, LocalTime.NOON.minusHours(1)));
  }

  @Test
  void datesAndTimesAreRangesWithOpenEnds() {
    assertEquals("20260304", dates(StudyQuery.between(DAY, DAY)));
    assertEquals("20260304-20260305", dates(StudyQuery.between(DAY, DAY.plusDays(1))));
    assertEquals("20260304-", dates(StudyQuery.between(DAY, null)));
    assertEquals("-20260304", dates(StudyQuery.between(null, DAY)));
    StudyQuery morning = StudyQuery.between(DAY, DAY).within(null, LocalTime.of(11, 59, 59));
    assertEquals("-115959", morning.keys().getString(Tag.StudyTime));
  }

  @Test
  void onlyOneModalityIsAKeyAndWhatIsNotAskedForIsAnsweredAllTheSame() {
    Attributes one = StudyQuery.between(DAY, null).with(Set.of("CT")).keys();
    Attributes two = StudyQuery.between(DAY, null).with(Set.of("CT", "MR")).keys();
    assertEquals("CT", one.getString(Tag.ModalitiesInStudy));
    assertTrue(two.contains(Tag.ModalitiesInStudy));
    assertFalse(two.containsValue(Tag.ModalitiesInStudy));
    assertTrue(two.contains(Tag.PatientID) && two.contains(Tag.IssuerOfPatientID));
  }

  @Test
  void nothingOfThePatientIsShown() {
    var patient = new PatientIdentity("HOSPITAL", "ID-4711");
    String shown =
        StudyQuery.ofPatient(patient)
            + " "
            + StudyQuery.ofAccessionNumber("A-4711")
            + new StudyKey(new StudyInstanceUid("2.25.1"), patient);
    assertFalse(shown.contains("4711") || shown.contains("HOSPITAL"), shown);
  }

  @Test
  void everyClassIsProposedUncompressedAndTheCommonestSyntaxesAloneAsFarAsContextsGo() {
    for (int count : List.of(0, 1, 5, 50, 126)) {
      List<PresentationContext> contexts = StorageProposals.of(classes(count));
      assertTrue(contexts.size() <= 126, () -> contexts.size() + " contexts");
      Set<Integer> ids = new HashSet<>(Set.of(1, 3));
      contexts.forEach(each -> assertTrue(ids.add(each.getPCID()), "an id is given twice"));
      assertTrue(ids.stream().allMatch(id -> id % 2 == 1 && id > 0 && id < 256));
      Set<String> uncompressed =
          contexts.stream()
              .filter(each -> each.getTransferSyntaxes().length == 2)
              .map(PresentationContext::getAbstractSyntax)
              .collect(Collectors.toSet());
      assertEquals(count == 0 ? StorageProposals.COMMONEST.size() : count, uncompressed.size());
    }
    assertUnsound(() -> StorageProposals.of(classes(127)));
  }

  private static List<SopClassUid> classes(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(number -> new SopClassUid("1.2.840.10008.5.1.4.1.1.999." + number))
        .toList();
  }

  private static String dates(StudyQuery query) {
    return String.valueOf(query.keys().getString(Tag.StudyDate));
  }

  private static void assertUnsound(Executable asking) {
    assertEquals(ReasonCode.QUERY_UNSOUND, assertThrows(StudyRefused.class, asking).code());
  }
}

package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.firstpass.dicom.HostileArchive.Request;
import org.firstpass.failure.FirstpassFailure;
import org.firstpass.failure.ReasonCode;
import org.firstpass.study.StudyInstanceUid;
import org.junit.jupiter.api.Test;

/** Questions to archives that answer wrongly, too much, or nothing. */
class HostileQueryTest {
  private static final Duration SILENCE = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(400);
  private static final StudyQuery QUERY = StudyQuery.ofPatient(new PatientIdentity("", "ID-1"));

  @Test
  void anArchiveThatNeverAnswersIsLeftAfterTheSilence() throws Exception {
    try (var archive = new HostileArchive(request -> {})) {
      FirstpassFailure failure = refusal(archive, 10, SHORT);
      assertEquals(ReasonCode.PEER_UNAVAILABLE, failure.code());
      assertTrue(String.valueOf(failure.getMessage()).contains("silent"), failure.getMessage());
    }
  }

  @Test
  void anArchiveThatHangsUpAmidItsAnswersIsUnavailable() throws Exception {
    try (var archive =
        new HostileArchive(
            request -> {
              request.answer(HostileArchive.PENDING, Request.study("2.25.1", "ID-1", "CT"));
              request.hangUp();
            })) {
      assertEquals(ReasonCode.PEER_UNAVAILABLE, refusal(archive, 10, SILENCE).code());
    }
  }

  @Test
  void anArchiveThatAbortsIsUnavailable() throws Exception {
    try (var archive = new HostileArchive(request -> request.association().abort())) {
      assertEquals(ReasonCode.PEER_UNAVAILABLE, refusal(archive, 10, SILENCE).code());
    }
  }

  @Test
  void aDataSetThatDoesNotParseIsRefused() throws Exception {
    byte[] garbage =
        "(0010,0020) is no element at all, and this is no length"
            .getBytes(StandardCharsets.US_ASCII);
    try (var archive = new HostileArchive(request -> request.bytes(garbage, 1))) {
      assertEquals(ReasonCode.ANSWER_MALFORMED, refusal(archive, 10, SILENCE).code());
    }
  }

  @Test
  void aMessageThatIsLongerThanItMayBeIsRefused() throws Exception {
    // An Explicit VR element of the kind UT that says to be a gigabyte long, and begins to be.
    byte[] element = new byte[64 << 10];
    byte[] start = {0x08, 0, 0x01, 0, 'U', 'T', 0, 0, 0, 0, 0, 0x40};
    System.arraycopy(start, 0, element, 0, start.length);
    try (var archive = new HostileArchive(request -> request.bytes(element, 10_000))) {
      assertEquals(ReasonCode.ANSWER_MALFORMED, refusal(archive, 10, SILENCE).code());
    }
  }

  @Test
  void sequencesWithoutEndAreRefused() throws Exception {
    byte[] level = {
      0x08, 0, 0x40, 0x11, 'S', 'Q', 0, 0, -1, -1, -1, -1, -2, -1, 0, -32, -1, -1, -1, -1
    };
    byte[] deep = new byte[level.length * 1000];
    for (int i = 0; i < 1000; i++) {
      System.arraycopy(level, 0, deep, i * level.length, level.length);
    }
    try (var archive = new HostileArchive(request -> request.bytes(deep, 200))) {
      FirstpassFailure failure = refusal(archive, 10, SILENCE);
      assertEquals(ReasonCode.ANSWER_MALFORMED, failure.code());
    }
  }

  @Test
  void answersWithoutEndAreCutAtTheLimitAndTheArchiveIsToldToStop() throws Exception {
    var stopped = new CountDownLatch(1);
    try (var archive =
        new HostileArchive(
            request -> {
              for (int i = 1; !request.isCancelled(); i++) {
                request.answer(HostileArchive.PENDING, Request.study("2.25." + i, "ID-1", "CT"));
              }
              stopped.countDown();
              request.answer(0xFE00, null);
            })) {
      QueryAnswer<FoundStudy> answer = QueryScu.studies(archive.peer(), QUERY, 7, SILENCE);
      assertTrue(answer.cut());
      assertEquals(7, answer.matches().size());
      assertTrue(stopped.await(30, TimeUnit.SECONDS), "is not told to stop");
    }
  }

  @Test
  void anArchiveThatDoesNotStopWhenItIsToldToIsLeft() throws Exception {
    try (var archive =
        new HostileArchive(
            request -> {
              for (int i = 1; ; i++) {
                request.answer(HostileArchive.PENDING, Request.study("2.25." + i, "ID-1", "CT"));
              }
            })) {
      QueryAnswer<FoundStudy> answer = QueryScu.studies(archive.peer(), QUERY, 7, SHORT);
      assertTrue(answer.cut());
      assertEquals(7, answer.matches().size());
    }
  }

  @Test
  void whatDoesNotMatchIsLeftOut() throws Exception {
    try (var archive =
        new HostileArchive(
            request -> {
              request.answer(HostileArchive.PENDING, Request.study("2.25.1", "ID-1", "CT"));
              request.answer(HostileArchive.PENDING, Request.study("2.25.2", "ID-12", "CT"));
              request.answer(HostileArchive.PENDING, Request.study("2.25.3", "ID-1", "MR"));
              request.answer(HostileArchive.PENDING, Request.study("2.25.1", "ID-1", "CT"));
              Attributes silent = Request.study("2.25.4", "ID-1", "");
              silent.remove(Tag.StudyDate);
              request.answer(HostileArchive.PENDING, silent);
              Attributes old = Request.study("2.25.5", "ID-1", "CT");
              old.setString(Tag.StudyDate, VR.DA, "20200101");
              request.answer(HostileArchive.PENDING, old);
              request.answer(0, null);
            })) {
      StudyQuery query = QUERY.with(Set.of("CT", "PT")).during(LocalDate.of(2026, 1, 1), null);
      QueryAnswer<FoundStudy> answer = QueryScu.studies(archive.peer(), query, 10, SILENCE);
      assertEquals(
          Set.of("2.25.1", "2.25.4"),
          Set.copyOf(answer.matches().stream().map(each -> each.study().value()).toList()));
      assertEquals(2, answer.matches().size());
      assertFalse(answer.cut());
      FoundStudy first = answer.matches().get(0);
      assertEquals(Optional.of(LocalDate.of(2026, 3, 4)), first.date());
      assertEquals(OptionalInt.empty(), first.instances());
      assertFalse(answer.toString().contains("ID-1"), "shows the patient");
    }
  }

  @Test
  void whatHasNoSoundUidIsCountedAndNothingElseIsRefused() throws Exception {
    Attributes unsound = Request.study("2.25.1", "ID-1", "CT");
    unsound.setString(Tag.StudyInstanceUID, VR.UI, "no uid");
    try (var some =
            new HostileArchive(
                request -> {
                  request.answer(HostileArchive.PENDING, unsound);
                  request.answer(HostileArchive.PENDING, null);
                  request.answer(HostileArchive.PENDING, Request.study("2.25.2", "ID-1", "CT"));
                  request.answer(0, null);
                });
        var all =
            new HostileArchive(
                request -> {
                  request.answer(HostileArchive.PENDING, unsound);
                  request.answer(0, null);
                })) {
      QueryAnswer<FoundStudy> answer = QueryScu.studies(some.peer(), QUERY, 10, SILENCE);
      assertEquals(1, answer.matches().size());
      assertEquals(2, answer.unusable());
      assertEquals(ReasonCode.ANSWER_MALFORMED, refusal(all, 10, SILENCE).code());
    }
  }

  @Test
  void namesAreReadInTheCharacterSetOfTheAnswer() throws Exception {
    try (var archive =
        new HostileArchive(
            request -> {
              var match = new Attributes();
              match.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 144");
              match.setString(Tag.SeriesInstanceUID, VR.UI, "2.25.9");
              match.setString(Tag.SeriesDescription, VR.LO, "Грудь");
              match.setString(Tag.NumberOfSeriesRelatedInstances, VR.IS, "12");
              request.answer(HostileArchive.PENDING, match);
              request.answer(0, null);
            })) {
      StudyKey study = StudyKey.of(new StudyInstanceUid("2.25.1"));
      FoundSeries series = QueryScu.series(archive.peer(), study, 10, SILENCE).matches().get(0);
      assertEquals("Грудь", series.description());
      assertEquals(OptionalInt.of(12), series.instances());
    }
  }

  @Test
  void everyStatusHasItsCode() throws Exception {
    assertStatus(0xA700, ReasonCode.ARCHIVE_BUSY);
    assertStatus(0x0110, ReasonCode.ARCHIVE_BUSY);
    assertStatus(0xA900, ReasonCode.QUERY_REFUSED);
    assertStatus(0xC000, ReasonCode.QUERY_REFUSED);
    assertStatus(0x0122, ReasonCode.SERVICE_NOT_OFFERED);
    assertStatus(0xFE00, ReasonCode.ARCHIVE_BUSY);
  }

  @Test
  void aThreadThatIsInterruptedTellsTheArchiveToStop() throws Exception {
    var asked = new CountDownLatch(1);
    var told = new CountDownLatch(1);
    try (var archive =
        new HostileArchive(
            request -> {
              asked.countDown();
              request.cancelled().await();
              told.countDown();
              request.answer(0xFE00, null);
            })) {
      var interrupted = new CompletableFuture<Boolean>();
      var thread =
          new Thread(
              () -> {
                refusal(archive, 10, SILENCE);
                interrupted.complete(Thread.currentThread().isInterrupted());
              });
      thread.start();
      assertTrue(asked.await(30, TimeUnit.SECONDS), "is not asked");
      thread.interrupt();
      assertTrue(interrupted.get(30, TimeUnit.SECONDS), "is not interrupted any more");
      assertTrue(told.await(30, TimeUnit.SECONDS), "is not told to stop");
    }
  }

  private static void assertStatus(int status, ReasonCode code) throws Exception {
    try (var archive = new HostileArchive(request -> request.answer(status, null))) {
      FirstpassFailure failure = refusal(archive, 10, SILENCE);
      assertEquals(code, failure.code());
      assertTrue(
          String.valueOf(failure.getMessage()).contains("%04XH".formatted(status)),
          failure.getMessage());
    }
  }

  private static FirstpassFailure refusal(HostileArchive archive, int limit, Duration silence) {
    return assertThrows(
        FirstpassFailure.class, () -> QueryScu.studies(archive.peer(), QUERY, limit, silence));
  }
}

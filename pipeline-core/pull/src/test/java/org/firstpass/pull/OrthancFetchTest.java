package org.firstpass.pull;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.firstpass.arrival.SeriesState;
import org.firstpass.dicom.IncomingInstance;
import org.firstpass.dicom.ScpConfig;
import org.firstpass.dicom.StorageScp;
import org.firstpass.failure.ReasonCode;
import org.firstpass.peer.DimseAddress;
import org.firstpass.peer.WebAddress;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.StudyInstanceUid;
import org.firstpass.testing.Deadline;
import org.firstpass.testing.OrthancServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From Orthanc, by C-MOVE, C-GET and DICOMweb. */
class OrthancFetchTest {
  @TempDir private static Path shared;
  private static OrthancServer orthanc;
  private static PullFixture fixture;

  /** How it is fetched. */
  enum Way {
    MOVE,
    GET,
    WEB;

    PullSource source() {
      return switch (this) {
        case MOVE -> PullSourceFixture.dimse("move", address(), Retrieval.MOVE);
        case GET -> PullSourceFixture.dimse("get", address(), Retrieval.GET);
        case WEB -> PullSourceFixture.web("web", new WebAddress(orthanc.dicomWeb(), null));
      };
    }

    private static DimseAddress address() {
      return new DimseAddress(
          "127.0.0.1", orthanc.dicomPort(), OrthancServer.AE_TITLE, "FIRSTPASS", null);
    }
  }

  @BeforeAll
  static void start() {
    orthanc = new OrthancServer(shared);
    fixture = new PullFixture(shared);
    orthanc.know(PullFixture.AE_TITLE, fixture.gateway.port());
    orthanc.know(PullFixture.PRIORS_TITLE, fixture.gateway.port());
  }

  @AfterAll
  static void stop() {
    if (fixture != null) {
      fixture.close();
    }
    if (orthanc != null) {
      orthanc.close();
    }
  }

  private static Fetch fetch(Way way, StudyInstanceUid study, SeriesInstanceUid only) {
    PullSource source = way.source();
    try (var lanes = fixture.lanes(PullFixture.only(source))) {
      long entry = fixture.desk.ask(source, study, only, source.target(), fixture.clock.instant());
      Deadline.await(
          "the fetch ends", () -> fixture.ledger.find(entry).orElseThrow().state().isEnd());
      return fixture.ledger.find(entry).orElseThrow();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aStudyComesByTheGatewaysDoorAndOnlyOnce(Way way) {
    SampleStudy study =
        new SampleStudy("P1", "20240102")
            .with("CT", "ABDOMEN", 3)
            .with("CT", "", 2)
            .in(orthanc, shared);
    Fetch first = fetch(way, study.uid(), null);
    assertEquals(PullState.DONE, first.state(), () -> String.valueOf(first));
    assertEquals(new Fetch.Counts(0, 5, 0, 0), first.instances());
    assertEquals(3, fixture.held(study.series(0)));
    fixture.clock.advance(PullFixture.QUIET.plus(Duration.ofSeconds(1)));
    Deadline.await(
        "the series is announced",
        () -> fixture.history(study.series(0)).state().kind() == SeriesState.Kind.COMPLETE);
    Fetch second = fetch(way, study.uid(), null);
    assertEquals(first.entry(), second.entry());
    assertEquals(new Fetch.Counts(5, 0, 0, 0), second.instances());
  }

  @ParameterizedTest
  @EnumSource
  void onlyWhatIsMissingIsFetched(Way way) {
    SampleStudy study = new SampleStudy("P2", "20240102").with("CT", "", 5).in(orthanc, shared);
    fixture.gateway.receiver().receive(study.sent(0, 1));
    fixture.gateway.receiver().receive(study.sent(0, 3));
    Fetch fetched = fetch(way, study.uid(), null);
    assertEquals(new Fetch.Counts(2, 3, 0, 0), fetched.instances());
    assertEquals(5, fixture.held(study.series(0)));
    // The same bytes as they were sent with: none came twice.
    assertEquals(5, fixture.history(study.series(0)).contents());
  }

  @ParameterizedTest
  @EnumSource
  void oneSeriesComesAlone(Way way) {
    SampleStudy study =
        new SampleStudy("P3", "20240102").with("CT", "", 2).with("CT", "", 2).in(orthanc, shared);
    Fetch fetched = fetch(way, study.uid(), study.series(1));
    assertEquals(new Fetch.Counts(0, 2, 0, 0), fetched.instances());
    assertEquals(0, fixture.held(study.series(0)));
    PulledSeries told = fixture.ledger.of(study.series(1)).get(0);
    assertEquals(PullCause.ASKED, told.fetch().cause());
    assertTrue(fixture.ledger.of(study.series(0)).isEmpty());
  }

  @ParameterizedTest
  @EnumSource
  void whatTheGatewayRefusesIsCountedWithItsCode(Way way) {
    SampleStudy study =
        new SampleStudy("P4", "20240102").with("CT", "", 2).withOwnOutput().in(orthanc, shared);
    Fetch fetched = fetch(way, study.uid(), null);
    assertEquals(PullState.DONE, fetched.state(), () -> String.valueOf(fetched));
    assertEquals(new Fetch.Counts(0, 2, 1, 0), fetched.instances());
    assertEquals("not taken: 1 x " + ReasonCode.OWN_OUTPUT.code(), fetched.explanation());
    assertEquals(0, fixture.held(study.series(1)));
  }

  @ParameterizedTest
  @EnumSource
  void whatTheArchiveDoesNotHaveFailsAtOnce(Way way) {
    Fetch fetched = fetch(way, new StudyInstanceUid("1.2.3.4.5"), null);
    assertEquals(PullState.FAILED, fetched.state());
    assertEquals(ReasonCode.PULL_NOT_FOUND, fetched.reason());
    assertEquals(1, fetched.attempts());
  }

  @ParameterizedTest
  @EnumSource
  void aStudyIsFoundByItsAccessionNumber(Way way) {
    SampleStudy study = new SampleStudy("P5", "20240102").with("CT", "", 1).in(orthanc, shared);
    assertEquals(
        List.of(study.uid()), PullDesk.withAccessionNumber(way.source(), study.accession()));
  }

  @ParameterizedTest
  @EnumSource
  void priorsAreKeptForTheirProjectAndAreNotAnnounced(Way way) {
    String patient = "PRIOR-" + way;
    SampleStudy newest =
        new SampleStudy(patient, "20240601").with("CT", "ABDOMEN", 1).in(orthanc, shared);
    SampleStudy head =
        new SampleStudy(patient, "20240401").with("CT", "HEAD", 1).in(orthanc, shared);
    SampleStudy older =
        new SampleStudy(patient, "20240301").with("CT", "ABDOMEN", 2).in(orthanc, shared);
    SampleStudy tooOld =
        new SampleStudy(patient, "20100301").with("CT", "ABDOMEN", 1).in(orthanc, shared);
    SampleStudy other =
        new SampleStudy(patient + "X", "20240301").with("CT", "ABDOMEN", 1).in(orthanc, shared);
    fixture.gateway.receiver().receive(newest.sent(0, 0));
    PriorRule rule =
        new PriorRule(
            "by-" + way.name().toLowerCase(java.util.Locale.ROOT),
            null,
            way.source().title(),
            List.of("CT"),
            List.of("ABDOMEN"),
            5,
            "P5Y",
            null);
    var sources = new PullSources(PullSources.FORMAT, List.of(way.source()), List.of(rule));
    try (var lanes = fixture.lanes(sources)) {
      fixture.desk.askPriors(
          List.of(rule), fixture.history(newest.series(0)).reference(), fixture.clock.instant());
      Deadline.await("the prior came", () -> fixture.held(older.series(0)) == 2);
    }
    for (SampleStudy left : List.of(head, tooOld, other)) {
      assertEquals(0, fixture.held(left.series(0)));
    }
    assertEquals(PriorRule.PRIORS, fixture.history(older.series(0)).project());
    PulledSeries told = fixture.ledger.of(older.series(0)).get(0);
    assertEquals(newest.series(0), told.fetch().priorOf());
    fixture.clock.advance(PullFixture.QUIET.plus(Duration.ofSeconds(1)));
    Deadline.await(
        "the prior is kept",
        () -> fixture.history(older.series(0)).state().kind() == SeriesState.Kind.KEPT);
  }

  @Test
  void anArchiveThatSendsElsewhereIsNotBelieved() {
    SampleStudy study = new SampleStudy("P6", "20240102").with("CT", "", 2).in(orthanc, shared);
    var elsewhere =
        new StorageScp(
            new ScpConfig(PullFixture.AE_TITLE, "127.0.0.1", 0, Set.of()),
            OrthancFetchTest::swallow);
    elsewhere.start();
    // It says that all sub-operations succeeded.
    orthanc.know(PullFixture.AE_TITLE, elsewhere.port());
    try (elsewhere) {
      PullSource source = Way.MOVE.source();
      try (var lanes = fixture.lanes(PullFixture.only(source))) {
        long entry = fixture.ask(source, study);
        Fetch waiting = fixture.awaitAttempts(entry, 1);
        assertEquals(ReasonCode.PULL_INCOMPLETE, waiting.reason());
        assertEquals(new Fetch.Counts(0, 0, 0, 2), waiting.instances());
      }
    } finally {
      orthanc.know(PullFixture.AE_TITLE, fixture.gateway.port());
    }
  }

  private static void swallow(IncomingInstance instance) {
    try {
      instance.part10().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

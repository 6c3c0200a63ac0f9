package org.firstpass.postgres;

import static org.firstpass.postgres.FigureFixture.decision;
import static org.firstpass.postgres.FigureFixture.effort;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.UUID;
import org.firstpass.event.ReaderEffort;
import org.firstpass.event.SegmentDecision;
import org.firstpass.postgres.FigureFixture.Reading;
import org.firstpass.quality.Bucket;
import org.firstpass.quality.Grouping;
import org.firstpass.quality.OwnCounts;
import org.firstpass.quality.QualityCase;
import org.firstpass.quality.QualityChoices;
import org.firstpass.quality.QualityDetail;
import org.firstpass.quality.QualityFigure;
import org.firstpass.quality.QualityFilter;
import org.firstpass.quality.QualityQuery;
import org.firstpass.quality.QualityTool;
import org.firstpass.review.ReviewState;
import org.firstpass.segment.Verdict;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Segments of the fixture's schema: 1 Liver, 2 Spleen, 3 Kidney. */
final class QualityRowsTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Reading MONDAY =
      new Reading("anna", Instant.parse("2026-11-02T10:00:00Z"), "1.0", "Acme Ray 7", "liver");
  private static final List<SegmentDecision> LIVER_TOUCHED =
      List.of(decision(1, Verdict.MINOR, 0.9, 12), decision(2, Verdict.ACCEPT, 1, 0));

  private static QueueFixture fixture;
  private static QualityRows quality;
  private FigureFixture figures;

  @BeforeAll
  static void open() {
    fixture = new QueueFixture();
    quality = new QualityRows(fixture.database);
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @BeforeEach
  void clear() {
    fixture.clear();
    figures = new FigureFixture(fixture);
  }

  @Test
  void aWeekHasWhatItsCorrectionsHaveInCommon() {
    correct(MONDAY, 60_000, effort(10), LIVER_TOUCHED);
    correct(at(MONDAY, "2026-11-05T10:00:00Z"), 20_000, effort(20), accepted());
    correct(at(MONDAY, "2026-11-08T10:00:00Z"), 30_000, Optional.empty(), accepted());
    QualityFigure figure = only(query(Grouping.NONE));
    assertEquals(LocalDate.of(2026, 11, 2), figure.start());
    assertEquals("", figure.name());
    assertEquals(3, figure.cases());
    assertEquals(verdicts(Map.of("ACCEPT", 5L, "MINOR", 1L)), figure.verdicts());
    assertClose(5.9 / 6, figure.agreement().dice());
    assertClose(2.95 / 6, figure.agreement().surfaceDice());
    assertClose(12 / 6.0, figure.agreement().addedPathMm());
    // The median of 60, 20 and 30; the others of the two that were drawn on.
    assertClose(30, figure.work().activeSeconds());
    assertClose(22.5, figure.work().drawingSeconds());
    assertClose(3, figure.work().edits());
  }

  @Test
  void whatCouldNotBeAssessedIsCountedButAgreesWithNothing() {
    correct(
        MONDAY,
        0,
        Optional.empty(),
        List.of(
            decision(1, Verdict.NOT_ASSESSABLE, 0, 0),
            decision(2, Verdict.REJECT, 0, 0),
            decision(3, Verdict.ACCEPT, 1, 0)));
    QualityFigure figure = only(query(Grouping.NONE));
    assertEquals(
        verdicts(Map.of("ACCEPT", 1L, "REJECT", 1L, "NOT_ASSESSABLE", 1L)), figure.verdicts());
    assertClose(0.5, figure.agreement().dice());
  }

  @Test
  void aSegmentThatWasNeitherProposedNorDrawnCountsForNothing() {
    var absent =
        new SegmentDecision(
            3,
            Verdict.NOT_ASSESSABLE,
            org.firstpass.segment.SegmentAlgorithmType.AUTOMATIC,
            0,
            0,
            1);
    correct(MONDAY, 0, Optional.empty(), List.of(decision(1, Verdict.ACCEPT, 1, 0), absent));
    assertEquals(verdicts(Map.of("ACCEPT", 1L)), only(query(Grouping.NONE)).verdicts());
    // A case in which nothing is there at all is a case all the same.
    correct(MONDAY, 0, Optional.empty(), List.of(absent));
    assertEquals(2, only(query(Grouping.NONE)).cases());
  }

  @Test
  void figuresAreSetApartByWhatTheyAreAskedFor() {
    correct(MONDAY, 60_000, effort(10), LIVER_TOUCHED);
    correct(new Reading("ben", MONDAY.at(), "2.0", "", ""), 20_000, Optional.empty(), accepted());
    assertEquals(List.of("phantom 1.0", "phantom 2.0"), names(Grouping.VERSION));
    assertEquals(List.of("", "Acme Ray 7"), names(Grouping.SCANNER));
    // Without a rule that names a protocol it is the label schema.
    assertEquals(List.of("abdomen", "liver"), names(Grouping.PROTOCOL));
    assertEquals(List.of("anna", "ben"), names(Grouping.READER));
    assertEquals(List.of("Liver", "Spleen"), names(Grouping.SEGMENT));
    QualityFigure liver = quality.figures(query(Grouping.SEGMENT)).get(0);
    assertEquals(2, liver.cases());
    assertClose(0.95, liver.agreement().dice());
    assertEquals(OptionalDouble.empty(), liver.work().activeSeconds());
    assertClose(10, liver.work().drawingSeconds());
  }

  @Test
  void figuresAreNarrowedDownToWhatTheyAreAskedFor() {
    UUID first = correct(MONDAY, 60_000, effort(10), LIVER_TOUCHED);
    UUID second =
        correct(new Reading("ben", MONDAY.at(), "2.0", "", ""), 1, Optional.empty(), accepted());
    Optional<String> any = Optional.empty();
    assertEquals(
        List.of(second), cases(new QualityFilter(Optional.of("ben"), any, any, any, any, any)));
    assertEquals(
        List.of(first),
        cases(new QualityFilter(any, Optional.of("phantom 1.0"), any, any, any, any)));
    assertEquals(
        List.of(), cases(new QualityFilter(any, any, Optional.of("Kidney"), any, any, any)));
    assertEquals(
        List.of(second), cases(new QualityFilter(any, any, any, Optional.of(""), any, any)));
    assertEquals(
        List.of(first), cases(new QualityFilter(any, any, any, any, Optional.of("liver"), any)));
    var minor = new QualityFilter(any, any, any, any, any, Optional.of("MINOR"));
    assertEquals(List.of(first), cases(minor));
    assertEquals(verdicts(Map.of("MINOR", 1L)), only(query(Grouping.NONE).with(minor)).verdicts());
    assertEquals(
        List.of(),
        cases(new QualityFilter(any, any, Optional.of("Spleen"), any, any, Optional.of("MINOR"))));
  }

  @Test
  void spansBeginWhereTheAskingPersonIs() {
    // In Berlin it is Monday already.
    correct(at(MONDAY, "2026-11-08T23:30:00Z"), 0, Optional.empty(), accepted());
    assertEquals(LocalDate.of(2026, 11, 9), only(query(Grouping.NONE)).start());
    var inUtc =
        new QualityQuery(
            LocalDate.of(2026, 11, 1),
            LocalDate.of(2026, 11, 8),
            ZoneId.of("UTC"),
            Bucket.DAY,
            Grouping.NONE,
            QualityFilter.ALL);
    assertEquals(LocalDate.of(2026, 11, 8), only(inUtc).start());
    assertEquals(
        LocalDate.of(2026, 11, 1),
        only(new QualityQuery(
                inUtc.from(), inUtc.to(), inUtc.zone(), Bucket.MONTH, inUtc.by(), inUtc.filter()))
            .start());
  }

  @Test
  void theFirstAndTheLastDayCountAndNoOther() {
    for (String time :
        List.of(
            "2026-10-31T22:59:59Z",
            "2026-10-31T23:00:00Z",
            "2026-11-30T22:59:59Z",
            "2026-11-30T23:00:00Z")) {
      correct(at(MONDAY, time), 0, Optional.empty(), accepted());
    }
    assertEquals(2, quality.cases(query(Grouping.NONE), 10, 0).size());
  }

  @Test
  void behindAFigureAreItsCasesTheLatestFirst() {
    UUID first = correct(MONDAY, 60_000, effort(10), LIVER_TOUCHED);
    UUID second = correct(at(MONDAY, "2026-11-03T10:00:00Z"), 1_500, Optional.empty(), accepted());
    List<QualityCase> cases = quality.cases(query(Grouping.NONE), 10, 0);
    assertEquals(List.of(second, first), cases.stream().map(QualityCase::correction).toList());
    QualityCase last = cases.get(1);
    assertEquals(
        new QualityCase.Origin("anna", "phantom 1.0", "Acme Ray 7", "liver"), last.origin());
    assertEquals(60, last.activeSeconds());
    assertEquals(OptionalLong.of(3), last.edits());
    assertEquals(OptionalDouble.of(0.9), last.dice());
    assertEquals(OptionalDouble.of(12), last.addedPathMm());
    assertEquals(Map.of("MINOR", 1L, "ACCEPT", 1L), last.verdicts());
    assertEquals(OptionalLong.empty(), cases.get(0).edits());
    assertEquals(
        ReviewState.ACCEPTED, fixture.queue.find(last.task()).orElseThrow().task().state());
    assertEquals(List.of(first), ids(quality.cases(query(Grouping.NONE), 1, 1)));
  }

  @Test
  void aCaseHasTheFiguresOfItsSegmentsAndTools() {
    UUID id = correct(MONDAY, 60_000, effort(10), LIVER_TOUCHED);
    QualityDetail detail = quality.one(id, Optional.of("anna")).orElseThrow();
    assertEquals(quality.cases(query(Grouping.NONE), 1, 0).get(0), detail.summary());
    assertEquals("1.2.3.4.1", detail.series());
    assertEquals(OptionalLong.of(2), detail.undos());
    assertEquals(
        new QualityDetail.Segment(
            "Liver",
            "MINOR",
            0.9,
            new QualityDetail.Surface(
                OptionalDouble.of(0.45), OptionalDouble.of(1.5), OptionalDouble.of(12)),
            OptionalLong.of(2),
            OptionalDouble.of(10)),
        detail.segments().get(0));
    assertEquals(2, detail.segments().size());
    assertEquals(
        List.of("brush", "lasso"), detail.tools().stream().map(QualityTool::tool).toList());
    assertEquals(Optional.empty(), quality.one(id, Optional.of("ben")));
    assertEquals(Optional.empty(), quality.one(new UUID(1, 1), Optional.empty()));
  }

  @Test
  void toolsAreInTheOrderOfTheTimeTheyTook() {
    correct(MONDAY, 60_000, effort(10), LIVER_TOUCHED);
    correct(MONDAY, 60_000, effort(20), LIVER_TOUCHED);
    assertEquals(
        List.of(new QualityTool("brush", 4, 30), new QualityTool("lasso", 2, 15)),
        quality.tools(query(Grouping.NONE)));
  }

  @Test
  void whatWasUndoneCountsForNothingAnyMore() {
    Duration grace = Duration.ofMinutes(1);
    UUID id = figures.correct(MONDAY, 60_000, effort(10), grace, LIVER_TOUCHED);
    assertEquals(1, quality.cases(query(Grouping.NONE), 10, 0).size());
    fixture.database.useTransaction(
        handle -> CorrectionRows.ended(handle, id, ReviewState.CLAIMED));
    assertEquals(List.of(), quality.figures(query(Grouping.NONE)));
    assertEquals(0, fixture.count("select count(*) from review.segment_figure"));
    assertEquals(0, fixture.count("select count(*) from review.tool_figure"));
  }

  @Test
  void theChoicesAreWhatOccurs() {
    correct(MONDAY, 60_000, effort(10), LIVER_TOUCHED);
    correct(
        new Reading("ben", MONDAY.at(), "2.0", "", ""),
        0,
        Optional.empty(),
        List.of(decision(3, Verdict.MISSING, 0, 4)));
    assertEquals(
        new QualityChoices(
            List.of("phantom 1.0", "phantom 2.0"),
            List.of("Kidney", "Liver", "Spleen"),
            List.of("", "Acme Ray 7"),
            List.of("abdomen", "liver"),
            List.of("anna", "ben")),
        quality.choices(Optional.empty()));
    assertEquals(
        new QualityChoices(
            List.of("phantom 2.0"),
            List.of("Kidney"),
            List.of(""),
            List.of("abdomen"),
            List.of("ben")),
        quality.choices(Optional.of("ben")));
  }

  @Test
  void ownCountsAreOfTodayAndOfTheWeekAndOfNobodyElse() {
    correct(at(MONDAY, "2026-11-01T10:00:00Z"), 7, Optional.empty(), accepted());
    correct(MONDAY, 60_000, Optional.empty(), accepted());
    correct(at(MONDAY, "2026-11-03T08:00:00Z"), 1_000, Optional.empty(), accepted());
    correct(at(MONDAY, "2026-11-03T09:00:00Z"), 2_000, Optional.empty(), accepted());
    correct(new Reading("ben", MONDAY.at(), "1.0", "", ""), 5, Optional.empty(), accepted());
    Instant today = Instant.parse("2026-11-03T00:00:00Z");
    Instant week = Instant.parse("2026-11-02T00:00:00Z");
    assertEquals(
        new OwnCounts(new OwnCounts.Span(2, 3_000), new OwnCounts.Span(3, 63_000)),
        quality.counts("anna", today, week));
    assertEquals(
        new OwnCounts(new OwnCounts.Span(0, 0), new OwnCounts.Span(0, 0)),
        quality.counts("carl", today, week));
  }

  @Test
  void theJournalsEffortIsKeptWithItsRevision() {
    UUID id = correct(MONDAY, 60_000, effort(10), LIVER_TOUCHED);
    String kept =
        fixture.database.inTransaction(
            handle ->
                handle
                    .createQuery("select effort from review.revision where id = :id")
                    .bind("id", id)
                    .mapTo(String.class)
                    .one());
    assertEquals(effort(10).orElseThrow(), TaskRowMapping.parse(kept, ReaderEffort.class));
  }

  private UUID correct(
      Reading reading,
      long activeMillis,
      Optional<ReaderEffort> effort,
      List<SegmentDecision> decisions) {
    return figures.correct(reading, activeMillis, effort, Duration.ZERO, decisions);
  }

  private static List<SegmentDecision> accepted() {
    return List.of(decision(1, Verdict.ACCEPT, 1, 0), decision(2, Verdict.ACCEPT, 1, 0));
  }

  private static Reading at(Reading reading, String time) {
    return new Reading(
        reading.reader(),
        Instant.parse(time),
        reading.version(),
        reading.scanner(),
        reading.protocol());
  }

  private static QualityQuery query(Grouping by) {
    return new QualityQuery(
        LocalDate.of(2026, 11, 1),
        LocalDate.of(2026, 11, 30),
        BERLIN,
        Bucket.WEEK,
        by,
        QualityFilter.ALL);
  }

  private static QualityFigure only(QualityQuery query) {
    List<QualityFigure> found = quality.figures(query);
    assertEquals(1, found.size(), found::toString);
    return found.get(0);
  }

  private static List<String> names(Grouping by) {
    return quality.figures(query(by)).stream().map(QualityFigure::name).toList();
  }

  private static List<UUID> cases(QualityFilter filter) {
    return ids(quality.cases(query(Grouping.NONE).with(filter), 10, 0));
  }

  private static List<UUID> ids(List<QualityCase> cases) {
    return cases.stream().map(QualityCase::correction).toList();
  }

  private static Map<String, Long> verdicts(Map<String, Long> those) {
    Map<String, Long> all = new java.util.HashMap<>();
    for (Verdict verdict : Verdict.values()) {
      all.put(verdict.name(), those.getOrDefault(verdict.name(), 0L));
    }
    return all;
  }

  private static void assertClose(double expected, OptionalDouble found) {
    assertEquals(expected, found.orElseThrow(), 1e-9);
  }
}

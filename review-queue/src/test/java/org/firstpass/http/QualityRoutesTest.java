package org.firstpass.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
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
import java.util.stream.IntStream;
import org.firstpass.quality.Bucket;
import org.firstpass.quality.Grouping;
import org.firstpass.quality.OwnCounts;
import org.firstpass.quality.QualityCase;
import org.firstpass.quality.QualityChoices;
import org.firstpass.quality.QualityDetail;
import org.firstpass.quality.QualityFigure;
import org.firstpass.quality.QualityFilter;
import org.firstpass.quality.QualityLedger;
import org.firstpass.quality.QualityQuery;
import org.firstpass.quality.QualityTool;
import org.firstpass.security.Role;
import org.firstpass.testing.SettableClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may ask for which figures, and how they are written. */
final class QualityRoutesTest {
  private static final Instant NOW = Instant.parse("2026-11-25T23:30:00Z");
  private static GateFixture server;
  private static Asked ledger;

  /** A ledger that remembers what it was asked last. */
  private static final class Asked implements QualityLedger {
    private Optional<QualityQuery> query = Optional.empty();
    private Optional<String> reader = Optional.empty();
    private List<Instant> spans = List.of();

    @Override
    public List<QualityFigure> figures(QualityQuery asked) {
      query = Optional.of(asked);
      return List.of(
          new QualityFigure(
              LocalDate.of(2026, 11, 2),
              "=cmd(\"x\")",
              3,
              Map.of("ACCEPT", 2L, "MINOR", 1L),
              new QualityFigure.Agreement(
                  OptionalDouble.of(0.5), OptionalDouble.empty(), OptionalDouble.of(12.5)),
              QualityFigure.Work.UNKNOWN));
    }

    @Override
    public List<QualityTool> tools(QualityQuery asked) {
      query = Optional.of(asked);
      return List.of(new QualityTool("brush", 3, 1.5));
    }

    @Override
    public List<QualityCase> cases(QualityQuery asked, int limit, int skipped) {
      query = Optional.of(asked);
      return IntStream.range(skipped, Math.min(5, skipped + limit)).mapToObj(this::one).toList();
    }

    private QualityCase one(int number) {
      return new QualityCase(
          new UUID(1, number),
          new UUID(2, number),
          NOW,
          new QualityCase.Origin("anna", "liver 1.0", "Acme", "liver"),
          61.5,
          OptionalLong.empty(),
          OptionalDouble.empty(),
          OptionalDouble.of(2),
          Map.of("ACCEPT", 1L));
    }

    @Override
    public Optional<QualityDetail> one(UUID correction, Optional<String> asked) {
      reader = asked;
      var surface =
          new QualityDetail.Surface(
              OptionalDouble.of(0.5), OptionalDouble.empty(), OptionalDouble.of(3));
      return correction.equals(new UUID(2, 0))
          ? Optional.of(
              new QualityDetail(
                  one(0),
                  "1.2.3",
                  OptionalLong.of(4),
                  List.of(
                      new QualityDetail.Segment(
                          "Liver",
                          "MINOR",
                          0.9,
                          surface,
                          OptionalLong.empty(),
                          OptionalDouble.of(1.5))),
                  List.of()))
          : Optional.empty();
    }

    @Override
    public QualityChoices choices(Optional<String> asked) {
      reader = asked;
      List<String> none = List.of();
      return new QualityChoices(none, none, none, none, List.of("anna", "ben"));
    }

    @Override
    public OwnCounts counts(String asked, Instant today, Instant week) {
      reader = Optional.of(asked);
      spans = List.of(today, week);
      return new OwnCounts(new OwnCounts.Span(1, 2), new OwnCounts.Span(3, 4));
    }
  }

  @BeforeAll
  static void start() {
    ledger = new Asked();
    var clock = new SettableClock(NOW);
    server = new GateFixture(routes -> new QualityRoutes(ledger, clock).install(routes));
    server.rooms.user("anna", Role.RADIOLOGIST);
    server.rooms.user("lea", Role.RADIOLOGIST, Role.LEAD);
    server.rooms.user("emil", Role.ML_ENGINEER);
    server.rooms.user("auditor", Role.AUDITOR);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"figures", "figures.csv", "tools", "cases"})
  void aReaderGetsFiguresOfTheOwnWorkWhateverIsAskedFor(String what) {
    get("anna", "/api/quality/" + what + "?reader=ben");
    assertEquals(Optional.of("anna"), query().filter().reader());
    get("anna", "/api/quality/" + what + "?by=reader");
    assertEquals(Optional.of("anna"), query().filter().reader());
  }

  @Test
  void aReaderChoosesAmongWhatOccursInTheOwnWork() {
    assertEquals("OWN", get("anna", "/api/quality/choices").path("scope").asText());
    assertEquals(Optional.of("anna"), ledger.reader);
  }

  @Test
  void aLeadGetsThoseOfEverybodyByName() {
    get("lea", "/api/quality/figures?by=reader");
    assertEquals(Grouping.READER, query().by());
    assertEquals(Optional.empty(), query().filter().reader());
    get("lea", "/api/quality/figures?reader=ben");
    assertEquals(Optional.of("ben"), query().filter().reader());
    assertEquals(2, get("lea", "/api/quality/choices").path("readers").size());
    assertEquals("anna", get("lea", "/api/quality/cases").at("/cases/0/reader").asText());
  }

  @Test
  void anEngineerGetsThoseOfEverybodyWithoutNames() {
    get("emil", "/api/quality/figures");
    assertEquals(Optional.empty(), query().filter().reader());
    for (String path : List.of("figures?by=reader", "cases?reader=ben", "figures.csv?by=READER")) {
      HttpResponse<String> answer = server.as("emil", "GET", "/api/quality/" + path, "");
      assertEquals(403, answer.statusCode());
      assertEquals("ROLE_MISSING", GateFixture.code(answer));
    }
    JsonNode choices = get("emil", "/api/quality/choices");
    assertEquals("WITHOUT_NAMES", choices.path("scope").asText());
    assertTrue(choices.path("readers").isEmpty());
    assertFalse(get("emil", "/api/quality/cases").at("/cases/0").hasNonNull("reader"));
  }

  @Test
  void othersGetNone() {
    HttpResponse<String> answer = server.as("auditor", "GET", "/api/quality/figures", "");
    assertEquals(403, answer.statusCode());
    assertEquals(401, server.send("GET", "/api/quality/cases", "").statusCode());
  }

  @Test
  void whatIsAskedForIsWhatIsCounted() {
    get(
        "lea",
        "/api/quality/figures?from=2026-01-01&to=2026-01-31&zone=Europe/Berlin&bucket=month"
            + "&by=scanner&version=liver%201.0&segment=Liver&scanner=&protocol=p&verdict=MAJOR");
    assertEquals(
        new QualityQuery(
            LocalDate.of(2026, 1, 1),
            LocalDate.of(2026, 1, 31),
            ZoneId.of("Europe/Berlin"),
            Bucket.MONTH,
            Grouping.SCANNER,
            new QualityFilter(
                Optional.empty(),
                Optional.of("liver 1.0"),
                Optional.of("Liver"),
                Optional.of(""),
                Optional.of("p"),
                Optional.of("MAJOR"))),
        query());
  }

  @Test
  void withoutAPeriodItIsTheLastNinetyDaysWhereTheAskingPersonIs() {
    get("lea", "/api/quality/figures?zone=Europe/Berlin");
    assertEquals(LocalDate.of(2026, 11, 26), query().to());
    assertEquals(LocalDate.of(2026, 8, 28), query().from());
    assertEquals(Instant.parse("2026-11-26T23:00:00Z"), query().end());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "from=yesterday",
        "from=2026-02-02&to=2026-02-01",
        "zone=Mars/Olympus",
        "zone=%2B02:00",
        "by=patient",
        "bucket=year",
      })
  void whatCannotBeMeantIsRefused(String query) {
    HttpResponse<String> answer = server.as("lea", "GET", "/api/quality/figures?" + query, "");
    assertEquals(400, answer.statusCode());
    assertEquals("MALFORMED_REQUEST", GateFixture.code(answer));
  }

  @Test
  void whatIsNotKnownIsLeftOpen() {
    JsonNode figure = get("lea", "/api/quality/figures").at("/figures/0");
    assertEquals("2026-11-02", figure.path("start").asText());
    assertEquals(0.5, figure.path("dice").asDouble());
    assertEquals(2, figure.at("/verdicts/ACCEPT").asInt());
    assertFalse(figure.hasNonNull("surfaceDice"));
    assertFalse(figure.hasNonNull("activeSeconds"));
  }

  @Test
  void aTableIsForSpreadsheetsAndNoNameInItIsAFormula() {
    HttpResponse<String> answer = server.as("lea", "GET", "/api/quality/figures.csv", "");
    assertEquals(
        """
        start,name,cases,accept,minor,major,reject,missing,not_assessable,dice,surface_dice,\
        added_path_mm,active_seconds,drawing_seconds,edits\r
        2026-11-02,"'=cmd(""x"")",3,2,1,0,0,0,0,0.5,,12.5,,,\r
        """,
        answer.body());
    assertEquals(
        "attachment; filename=\"quality-2026-08-27-2026-11-25.csv\"",
        answer.headers().firstValue("Content-Disposition").orElse(""));
  }

  @Test
  void casesComePageByPage() {
    JsonNode first = get("lea", "/api/quality/cases?limit=3");
    assertEquals(3, first.path("cases").size());
    assertTrue(first.path("more").asBoolean());
    JsonNode second = get("lea", "/api/quality/cases?limit=3&page=2");
    assertEquals(2, second.path("cases").size());
    assertFalse(second.path("more").asBoolean());
    assertEquals(new UUID(1, 3).toString(), second.at("/cases/0/task").asText());
  }

  @Test
  void aCaseIsForItsReaderAndForThoseWhoSeeAll() {
    String path = "/api/quality/cases/" + new UUID(2, 0);
    JsonNode detail = get("anna", path);
    assertEquals(Optional.of("anna"), ledger.reader);
    assertEquals("anna", detail.at("/case/reader").asText());
    assertEquals("1.2.3", detail.path("series").asText());
    assertEquals(4, detail.path("undos").asInt());
    assertEquals(0.5, detail.at("/segments/0/surfaceDice").asDouble());
    assertEquals(1.5, detail.at("/segments/0/drawingSeconds").asDouble());
    assertFalse(detail.path("segments").get(0).hasNonNull("meanDistanceMm"));
    get("lea", path);
    assertEquals(Optional.empty(), ledger.reader);
    assertFalse(get("emil", path).path("case").hasNonNull("reader"));
    HttpResponse<String> none =
        server.as("anna", "GET", "/api/quality/cases/" + new UUID(9, 9), "");
    assertEquals("NO_SUCH_CASE", GateFixture.code(none));
    assertEquals(400, server.as("anna", "GET", "/api/quality/cases/x", "").statusCode());
  }

  @Test
  void ownCountsAreOfWhoAsks() {
    JsonNode counts = get("anna", "/api/me/counts?zone=Europe/Berlin");
    assertEquals(Optional.of("anna"), ledger.reader);
    // In Berlin it is Thursday; the week began on the 23rd.
    Instant today = Instant.parse("2026-11-25T23:00:00Z");
    assertEquals(List.of(today, today.minus(Duration.ofDays(3))), ledger.spans);
    assertEquals(1, counts.at("/today/cases").asInt());
    assertEquals(4, counts.at("/week/activeMillis").asInt());
  }

  private static QualityQuery query() {
    return ledger.query.orElseThrow();
  }

  private static JsonNode get(String user, String path) {
    HttpResponse<String> answer = server.as(user, "GET", path, "");
    assertEquals(200, answer.statusCode(), answer::body);
    ledger.query.ifPresent(asked -> assertFalse(asked.end().isBefore(asked.start())));
    return path.contains(".csv")
        ? new com.fasterxml.jackson.databind.node.TextNode(answer.body())
        : GateFixture.json(answer);
  }
}

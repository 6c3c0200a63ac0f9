package org.firstpass.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.firstpass.quality.Bucket;
import org.firstpass.quality.Grouping;
import org.firstpass.quality.QualityFilter;
import org.firstpass.quality.QualityLedger;
import org.firstpass.quality.QualityQuery;
import org.firstpass.security.Role;

/**
 * {@code /api/quality/…} and {@code /api/me/counts}: figures of corrections.
 *
 * <p>A reader gets figures of the own work alone; a lead those of everybody, by name; an engineer
 * those of everybody without names.
 */
public final class QualityRoutes {
  private static final Role[] VIEWERS = {
    Role.RADIOLOGIST, Role.LEAD, Role.ML_ENGINEER, Role.ADMINISTRATOR
  };

  private static final int CASES = 50;
  private static final int MOST_CASES = 500;
  private static final int DEFAULT_DAYS = 90;

  private final QualityLedger ledger;
  private final Clock clock;

  public QualityRoutes(QualityLedger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  public void install(RoutesConfig routes) {
    routes.get("/api/quality/figures", this::figures, AccessGate.allow(VIEWERS));
    routes.get("/api/quality/figures.csv", this::table, AccessGate.allow(VIEWERS));
    routes.get("/api/quality/tools", this::tools, AccessGate.allow(VIEWERS));
    routes.get("/api/quality/cases", this::cases, AccessGate.allow(VIEWERS));
    routes.get("/api/quality/cases/{id}", this::one, AccessGate.allow(VIEWERS));
    routes.get("/api/quality/choices", this::choices, AccessGate.allow(VIEWERS));
    routes.get("/api/me/counts", this::counts, AccessGate.allowAnyRole());
  }

  private void figures(Context context) {
    QualityQuery query = query(context);
    context.json(
        Map.of(
            "from", query.from().toString(),
            "to", query.to().toString(),
            "figures", ledger.figures(query).stream().map(QualityView.Figure::from).toList()));
  }

  private void table(Context context) {
    QualityQuery query = query(context);
    context
        .contentType("text/csv; charset=utf-8")
        .header(
            "Content-Disposition",
            "attachment; filename=\"quality-" + query.from() + "-" + query.to() + ".csv\"")
        .result(QualityView.csv(ledger.figures(query)));
  }

  private void tools(Context context) {
    context.json(Map.of("tools", ledger.tools(query(context))));
  }

  private void cases(Context context) {
    boolean named = scope(context) != Scope.WITHOUT_NAMES;
    int limit = RequestParts.number(context, "limit", CASES, MOST_CASES);
    int page = RequestParts.number(context, "page", 1, 1_000_000);
    // One more than asked for tells whether there is a next page.
    List<QualityView.Case> found =
        ledger.cases(query(context), limit + 1, (page - 1) * limit).stream()
            .map(one -> QualityView.Case.from(one, named))
            .toList();
    context.json(
        Map.of(
            "cases",
            found.subList(0, Math.min(limit, found.size())),
            "more",
            found.size() > limit));
  }

  private void one(Context context) {
    Scope scope = scope(context);
    UUID correction = correction(context);
    Optional<String> reader = scope == Scope.OWN ? Optional.of(subject(context)) : Optional.empty();
    context.json(
        ledger
            .one(correction, reader)
            .map(detail -> QualityView.Detail.from(detail, scope != Scope.WITHOUT_NAMES))
            .orElseThrow(
                () ->
                    new ApiRefusal(
                        404, "NO_SUCH_CASE", "there is no case " + correction + " for you")));
  }

  private static UUID correction(Context context) {
    try {
      return UUID.fromString(context.pathParam("id"));
    } catch (IllegalArgumentException e) {
      throw RequestParts.malformed("a correction's id is a UUID");
    }
  }

  private void choices(Context context) {
    Scope scope = scope(context);
    var choices =
        ledger.choices(scope == Scope.OWN ? Optional.of(subject(context)) : Optional.empty());
    context.json(
        Map.of(
            "scope", scope,
            "versions", choices.versions(),
            "segments", choices.segments(),
            "scanners", choices.scanners(),
            "protocols", choices.protocols(),
            "readers", scope == Scope.WITHOUT_NAMES ? List.of() : choices.readers()));
  }

  private void counts(Context context) {
    ZoneId zone = zone(context);
    LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
    LocalDate monday = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    context.json(
        ledger.counts(
            subject(context),
            today.atStartOfDay(zone).toInstant(),
            monday.atStartOfDay(zone).toInstant()));
  }

  private static String subject(Context context) {
    return AccessGate.identity(context).subject();
  }

  private static Scope scope(Context context) {
    return Scope.of(AccessGate.identity(context));
  }

  private QualityQuery query(Context context) {
    Scope scope = scope(context);
    ZoneId zone = zone(context);
    LocalDate to = day(context, "to").orElseGet(() -> LocalDate.ofInstant(clock.instant(), zone));
    LocalDate from = day(context, "from").orElseGet(() -> to.minusDays(DEFAULT_DAYS));
    Grouping by = word(context, "by", Grouping.NONE, Grouping.values());
    QualityFilter filter = filter(context);
    if (scope == Scope.WITHOUT_NAMES && (by == Grouping.READER || filter.reader().isPresent())) {
      throw new ApiRefusal(403, "ROLE_MISSING", "figures by reader are for the lead");
    }
    if (to.isBefore(from)) {
      throw RequestParts.malformed("'to' is not before 'from'");
    }
    Bucket bucket = word(context, "bucket", Bucket.WEEK, Bucket.values());
    return new QualityQuery(
        from, to, zone, bucket, by, scope == Scope.OWN ? filter.of(subject(context)) : filter);
  }

  private static QualityFilter filter(Context context) {
    Function<String, Optional<String>> named =
        name -> Optional.ofNullable(context.queryParam(name));
    return new QualityFilter(
        named.apply("reader"),
        named.apply("version"),
        named.apply("segment"),
        named.apply("scanner"),
        named.apply("protocol"),
        named.apply("verdict"));
  }

  private static ZoneId zone(Context context) {
    String zone = context.queryParam("zone");
    try {
      ZoneId known = ZoneId.of(zone == null ? "UTC" : zone);
      if (known.getId().matches("[A-Za-z_]+(/[A-Za-z0-9_+-]+)*")) {
        return known;
      }
    } catch (DateTimeException e) {
      throw malformedZone();
    }
    // Offsets have the opposite sign in the database.
    throw malformedZone();
  }

  private static ApiRefusal malformedZone() {
    return RequestParts.malformed("'zone' is the name of a time zone, such as Europe/Berlin");
  }

  private static Optional<LocalDate> day(Context context, String name) {
    try {
      return Optional.ofNullable(context.queryParam(name)).map(LocalDate::parse);
    } catch (DateTimeParseException e) {
      throw RequestParts.malformed("'" + name + "' is a day, such as 2026-01-31");
    }
  }

  private static <E extends Enum<E>> E word(Context context, String name, E otherwise, E[] all) {
    String text = context.queryParam(name);
    if (text == null) {
      return otherwise;
    }
    return Arrays.stream(all)
        .filter(one -> one.name().equals(text.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () -> RequestParts.malformed("'" + name + "' is one of " + Arrays.toString(all)));
  }
}

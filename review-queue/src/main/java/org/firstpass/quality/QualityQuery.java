package org.firstpass.quality;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * A question for figures.
 *
 * @param from the first day that counts
 * @param to the last day that counts
 * @param zone in which days begin
 */
public record QualityQuery(
    LocalDate from, LocalDate to, ZoneId zone, Bucket bucket, Grouping by, QualityFilter filter) {
  public QualityQuery {
    if (to.isBefore(from)) {
      throw new IllegalArgumentException(
          "a period ends after it begins, but " + to + " is before " + from);
    }
  }

  /** The first moment that counts. */
  public Instant start() {
    return from.atStartOfDay(zone).toInstant();
  }

  /** The first moment after it. */
  public Instant end() {
    return to.plusDays(1).atStartOfDay(zone).toInstant();
  }

  public QualityQuery with(QualityFilter other) {
    return new QualityQuery(from, to, zone, bucket, by, other);
  }
}

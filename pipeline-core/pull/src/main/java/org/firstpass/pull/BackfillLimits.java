package org.firstpass.pull;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.firstpass.peer.Requirement;
import org.jspecify.annotations.Nullable;

/**
 * How much backfills may ask of a source, and when.
 *
 * @param studiesPerMinute as many as they can if null
 * @param instancesPerMinute as many as they can if null
 * @param hours at any time if null or empty
 * @param zone of {@code hours}, as Europe/Berlin
 */
public record BackfillLimits(
    @Nullable Integer studiesPerMinute,
    @Nullable Integer instancesPerMinute,
    @Nullable List<OpenHours> hours,
    @Nullable String zone) {
  private static final int MOST_PER_MINUTE = 1_000_000;

  /** As much as possible, always. */
  static final BackfillLimits NONE = new BackfillLimits(null, null, null, null);

  public BackfillLimits {
    rate("studiesPerMinute", studiesPerMinute);
    rate("instancesPerMinute", instancesPerMinute);
    hours = Requirement.list("hours", hours);
    Requirement.that(
        hours.isEmpty() == (zone == null), "hours and zone are given together or not at all");
    if (zone != null) {
      zone(zone);
    }
  }

  private static void rate(String field, @Nullable Integer value) {
    if (value != null) {
      Requirement.within(field, value, 1, MOST_PER_MINUTE);
    }
  }

  private static ZoneId zone(@Nullable String name) {
    try {
      return ZoneId.of(Requirement.text("zone", name));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "zone must be a time zone such as Europe/Berlin, but is '" + name + "'", e);
    }
  }

  boolean isOpen(Instant now) {
    return open().isEmpty() || open().stream().anyMatch(each -> each.contains(now, zone(zone)));
  }

  /** When they may ask again; empty if they may now. */
  Optional<Instant> opens(Instant now) {
    return isOpen(now)
        ? Optional.empty()
        : open().stream()
            .map(each -> each.nextBegin(now, zone(zone)))
            .min(Comparator.naturalOrder());
  }

  private List<OpenHours> open() {
    return hours == null ? List.of() : hours;
  }

  /** How long the next fetch waits after the beginning of one. */
  Duration perStudy() {
    return share(studiesPerMinute, 1);
  }

  /** How long the next fetch waits for so many instances. */
  Duration perInstances(int instances) {
    return share(instancesPerMinute, instances);
  }

  private static Duration share(@Nullable Integer perMinute, int count) {
    return perMinute == null
        ? Duration.ZERO
        : Duration.ofMinutes(1).multipliedBy(count).dividedBy(perMinute);
  }
}

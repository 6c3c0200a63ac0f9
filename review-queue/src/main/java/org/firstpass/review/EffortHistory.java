package org.firstpass.review;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How long the latest readings took, by package and protocol.
 *
 * <p>Fewer than {@value #ENOUGH} readings say nothing: then those of the package count, then all.
 * The median, since one case that lay open over lunch must not move it. Immutable.
 */
public final class EffortHistory {
  static final int ENOUGH = 5;

  /** Readings of a year ago, by people who knew the package less, say little of today's. */
  static final int LATEST = 50;

  /** Where the latest history is. */
  public interface Source {
    EffortHistory latest();
  }

  private static final double MILLIS_PER_MINUTE = 60_000;

  private final Map<Kind, List<Long>> readings = new HashMap<>();

  private record Kind(Optional<String> packageName, Optional<String> protocol) {
    static final Kind ALL = new Kind(Optional.empty(), Optional.empty());

    Kind ofAnyProtocol() {
      return new Kind(packageName, Optional.empty());
    }
  }

  /**
   * One reading that was accepted.
   *
   * @param protocol empty if its route asked for none
   */
  public record Reading(String packageName, Optional<String> protocol, long activeMillis) {}

  /**
   * @param latestFirst readings in any number
   */
  public EffortHistory(List<Reading> latestFirst) {
    for (Reading reading : latestFirst) {
      Kind kind = kind(reading.packageName(), reading.protocol());
      add(kind, reading.activeMillis());
      add(kind.ofAnyProtocol(), reading.activeMillis());
      add(Kind.ALL, reading.activeMillis());
    }
  }

  /** What a reading of this package will probably take, or nothing if nobody has read enough. */
  public Optional<ExpectedEffort> expected(String packageName, Optional<String> protocol) {
    Kind kind = kind(packageName, protocol);
    return median(kind, ExpectedEffort.Basis.PROTOCOL)
        .or(() -> median(kind.ofAnyProtocol(), ExpectedEffort.Basis.PACKAGE))
        .or(() -> median(Kind.ALL, ExpectedEffort.Basis.ALL));
  }

  // A package that is read for no protocol in particular is a kind of its own, beside "any".
  private static Kind kind(String packageName, Optional<String> protocol) {
    return new Kind(Optional.of(packageName), Optional.of(protocol.orElse("")));
  }

  private void add(Kind kind, long millis) {
    List<Long> known = readings.computeIfAbsent(kind, none -> new ArrayList<>());
    if (known.size() < LATEST) {
      known.add(millis);
    }
  }

  private Optional<ExpectedEffort> median(Kind kind, ExpectedEffort.Basis basis) {
    List<Long> sorted = readings.getOrDefault(kind, List.of()).stream().sorted().toList();
    int size = sorted.size();
    if (size < ENOUGH) {
      return Optional.empty();
    }
    double millis = (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2.0;
    return Optional.of(new ExpectedEffort(millis / MILLIS_PER_MINUTE, basis, size));
  }
}

package org.firstpass.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Seconds of one entrant's rounds. */
final class Times {
  private final List<Double> sorted = new ArrayList<>();

  void add(double seconds) {
    addAll(List.of(seconds));
  }

  void addAll(Collection<Double> seconds) {
    sorted.addAll(seconds);
    sorted.sort(null);
  }

  double median() {
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** The value that this share of all does not exceed. */
  double quantile(double share) {
    int rank = (int) Math.ceil(share * sorted.size()) - 1;
    return sorted.get(Math.max(0, Math.min(sorted.size() - 1, rank)));
  }

  int count() {
    return sorted.size();
  }

  String medianText() {
    return seconds(median());
  }

  String rangeText() {
    return seconds(sorted.get(0)) + " to " + seconds(sorted.get(sorted.size() - 1));
  }

  static String seconds(double value) {
    return value < 0.1
        ? String.format(Locale.ROOT, "%.1f ms", value * 1e3)
        : String.format(Locale.ROOT, "%.2f s", value);
  }

  static String ratio(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f x" : "%.1f x", value);
  }
}

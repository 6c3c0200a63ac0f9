package org.firstpass.bench;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Where the milliseconds of a run go: what the worker's own meters counted meanwhile. */
final class StageTable {
  private static final String METER = "inference.window";
  private static final List<String> STAGES =
      List.of("gather", "network", "wait", "blend", "slab", "sink");

  private final MeterRegistry meters;
  private final Map<String, Double> before = new TreeMap<>();

  /** Counts from now on. */
  StageTable(MeterRegistry meters) {
    this.meters = meters;
    STAGES.forEach(stage -> before.put(stage, total(stage)));
  }

  /**
   * What was counted since.
   *
   * @param windows that were run meanwhile
   * @param seconds that it took
   * @param callers that ran networks
   */
  Table table(int windows, double seconds, int callers) {
    var table = new Table("stage", "all of it", "per window", "share of the callers' time");
    double available = seconds * callers;
    for (String stage : STAGES) {
      add(table, name(stage), since(stage), windows, available);
    }
    add(table, "callers not in the network", available - since("network"), windows, available);
    return add(table, "from start to end", seconds, windows, available);
  }

  private static Table add(
      Table table, String name, double seconds, int windows, double available) {
    return table.row(
        name,
        Times.seconds(seconds),
        String.format(Locale.ROOT, "%.2f ms", seconds * 1e3 / windows),
        String.format(Locale.ROOT, "%.2f %%", 100 * seconds / available));
  }

  private static String name(String stage) {
    return switch (stage) {
      case "gather" -> "gather: window into tensor";
      case "network" -> "network";
      case "wait" -> "wait: for a tensor, for a turn";
      case "blend" -> "blend: tensor into slices";
      case "slab" -> "slab: final, every value finite";
      default -> "sink: what takes the slabs";
    };
  }

  private double since(String stage) {
    return total(stage) - before.getOrDefault(stage, 0.0);
  }

  private double total(String stage) {
    Timer timer = meters.find(METER).tag("stage", stage).timer();
    return timer == null ? 0 : timer.totalTime(TimeUnit.NANOSECONDS) / 1e9;
  }
}

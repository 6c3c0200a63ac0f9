package org.firstpass.inference;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What packages cost on this machine, for those who watch it. */
final class CostMetrics {
  private final MultiGauge costs;

  CostMetrics(MeterRegistry registry) {
    costs =
        MultiGauge.builder(Names.COST)
            .description("Time that a million voxels of a package's grid take, in seconds")
            .baseUnit("seconds")
            .register(registry);
  }

  /** The meters' names. */
  static final class Names {
    static final String COST = "inference.cost";

    private Names() {}
  }

  void show(Collection<PackageCost> known) {
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    for (PackageCost cost : known) {
      cost.secondsPerMegavoxel()
          .ifPresent(
              seconds ->
                  rows.add(
                      MultiGauge.Row.of(
                          Tags.of(
                              "package",
                              cost.name(),
                              "version",
                              cost.version(),
                              "device",
                              cost.device().label()),
                          seconds)));
    }
    costs.register(rows, true);
  }
}

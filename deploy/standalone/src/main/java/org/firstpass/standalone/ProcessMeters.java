package org.firstpass.standalone;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** What every process tells of itself: memory, threads, processor, uptime. */
final class ProcessMeters {
  private ProcessMeters() {}

  /** A registry that Prometheus can read, with the process in it. */
  static PrometheusMeterRegistry registry() {
    var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    bind(meters);
    return meters;
  }

  private static void bind(MeterRegistry meters) {
    new JvmMemoryMetrics().bindTo(meters);
    new JvmThreadMetrics().bindTo(meters);
    new ProcessorMetrics().bindTo(meters);
    new UptimeMetrics().bindTo(meters);
  }
}

package org.firstpass.worker;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import org.firstpass.inference.InferenceMetrics;
import org.firstpass.inference.LoadedNetwork;
import org.firstpass.model.ModelPackage;
import org.firstpass.study.Sha256;

/**
 * The networks in memory, one per package, loaded when first needed. Safe for use by many threads.
 */
final class NetworkPool implements AutoCloseable {
  private final int threads;
  private final InferenceMetrics metrics;
  private final Map<Sha256, LoadedNetwork> networks = new HashMap<>();

  NetworkPool(int threads, MeterRegistry registry) {
    this.threads = threads;
    this.metrics = new InferenceMetrics(registry);
  }

  synchronized LoadedNetwork network(ModelPackage model) {
    LoadedNetwork network = networks.get(model.digest());
    if (network == null) {
      network = LoadedNetwork.open(model, threads, metrics);
      networks.put(model.digest(), network);
    }
    return network;
  }

  /** Frees every network; none may be running. */
  @Override
  public synchronized void close() {
    networks.values().forEach(LoadedNetwork::close);
    networks.clear();
  }
}

package org.firstpass.stream;

import java.util.HashMap;
import java.util.Map;

/**
 * How to reach Kafka.
 *
 * @param security client settings such as {@code security.protocol} and {@code sasl.jaas.config}
 */
public record StreamConfig(String bootstrapServers, Map<String, String> security) {
  public StreamConfig {
    if (bootstrapServers.isBlank()) {
      throw new IllegalArgumentException("Kafka needs bootstrap servers, but there are none");
    }
    security = Map.copyOf(security);
  }

  /** Settings of a client: these and its own. */
  Map<String, Object> with(Map<String, ?> own) {
    Map<String, Object> all = new HashMap<>(security);
    all.put("bootstrap.servers", bootstrapServers);
    all.putAll(own);
    return all;
  }

  @Override
  public String toString() {
    return "StreamConfig[bootstrapServers=" + bootstrapServers + "]";
  }
}

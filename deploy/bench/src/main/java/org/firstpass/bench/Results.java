package org.firstpass.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Times by entrant, in the order in which they entered. */
final class Results {
  private final Map<String, Times> times = new LinkedHashMap<>();

  /** The times of an entrant, none at first. */
  Times of(String name) {
    return times.computeIfAbsent(name, key -> new Times());
  }

  Optional<Times> find(String name) {
    return Optional.ofNullable(times.get(name));
  }

  void forEach(BiConsumer<String, Times> action) {
    times.forEach(action);
  }
}

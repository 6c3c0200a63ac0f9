package org.firstpass.bench;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Pairs of {@code --name value}; what is not given has a default where it is used. */
record Arguments(Map<String, String> values) {
  Arguments {
    values = Map.copyOf(values);
  }

  static Arguments of(List<String> words) {
    if (words.size() % 2 != 0) {
      throw new IllegalArgumentException("arguments come as --name value, but got " + words);
    }
    var values = new HashMap<String, String>();
    for (int i = 0; i < words.size(); i += 2) {
      if (!words.get(i).startsWith("--")) {
        throw new IllegalArgumentException("expected --name, found " + words.get(i));
      }
      values.put(words.get(i).substring(2), words.get(i + 1));
    }
    return new Arguments(values);
  }

  int number(String name, int otherwise) {
    return Optional.ofNullable(values.get(name)).map(Integer::valueOf).orElse(otherwise);
  }

  Optional<Path> path(String name) {
    return Optional.ofNullable(values.get(name)).map(Path::of);
  }
}

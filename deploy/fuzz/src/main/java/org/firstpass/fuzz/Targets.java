package org.firstpass.fuzz;

import java.util.List;
import java.util.stream.Stream;
import org.firstpass.dicomweb.BodyTargets;
import org.firstpass.fuzz.files.FileTargets;
import org.firstpass.fuzz.net.NetTargets;

/** Every door. */
public final class Targets {
  static final List<FuzzTarget> ALL =
      Stream.of(FileTargets.all(), BodyTargets.all(), NetTargets.all())
          .flatMap(List::stream)
          .toList();

  private Targets() {}

  static FuzzTarget named(String name) {
    return ALL.stream()
        .filter(target -> target.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no target " + name));
  }
}

package org.firstpass.standalone;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the sources are. */
final class Repository {
  private Repository() {}

  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("LICENSE"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  /** The packages that come along. */
  static Path packages() {
    return root().resolve("models/packages");
  }
}

package org.firstpass.sample;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * Real images, models and fixtures that are not part of the repository; tests skip without them.
 */
public final class SharedData {
  private SharedData() {}

  /** A file or folder below the data folder. */
  public static Path data(String path) {
    String configured = System.getenv("FIRSTPASS_DATA");
    Path root =
        configured == null ? repository().resolveSibling("shared/data") : Path.of(configured);
    return existing(root.resolve(path));
  }

  /** A parity fixture: beside the data folder. */
  public static Path parity(String path) {
    String configured = System.getenv("FIRSTPASS_DATA");
    Path root =
        configured == null ? repository().resolveSibling("shared/data") : Path.of(configured);
    return existing(root.resolveSibling("parity").resolve(path));
  }

  private static Path existing(Path path) {
    Assumptions.assumeTrue(Files.exists(path), () -> "skipped: no " + path.getFileName());
    return path;
  }

  private static Path repository() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder.getParent() != null && !Files.exists(folder.resolve("LICENSE"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}

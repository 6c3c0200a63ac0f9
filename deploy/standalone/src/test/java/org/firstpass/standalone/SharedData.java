package org.firstpass.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Real images and models beside the repository, not part of it; tests skip without them. */
final class SharedData {
  private SharedData() {}

  /** A file or folder of it. */
  static Path require(String name) {
    Path path = root().resolve(name);
    Assumptions.assumeTrue(Files.exists(path), "the shared data has no " + name);
    return path;
  }

  /** The DICOM files below a folder, sorted. */
  static List<Path> files(String folder) throws IOException {
    try (Stream<Path> files = Files.walk(require(folder))) {
      return files.filter(file -> file.toString().endsWith(".dcm")).sorted().toList();
    }
  }

  static Path root() {
    String set = System.getenv("FIRSTPASS_DATA");
    return set != null ? Path.of(set) : Repository.root().resolveSibling("shared").resolve("data");
  }
}

package org.firstpass.dicom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Real series beside the repository, not part of it. */
public final class SharedData {
  private SharedData() {}

  /** A file or folder of it; the test is skipped if it is not there. */
  public static Path require(String name) {
    Path path = root().resolve(name);
    Assumptions.assumeTrue(Files.exists(path), "the shared data has no " + name);
    return path;
  }

  /** The DICOM files of a folder, sorted. */
  public static List<Path> files(String folder) throws IOException {
    try (Stream<Path> files = Files.walk(require(folder))) {
      return files.filter(file -> file.toString().endsWith(".dcm")).sorted().toList();
    }
  }

  private static Path root() {
    String set = System.getenv("FIRSTPASS_DATA");
    if (set != null) {
      return Path.of(set);
    }
    Path folder = Path.of("").toAbsolutePath();
    while (folder.getParent() != null && !Files.exists(folder.resolve("LICENSE"))) {
      folder = folder.getParent();
    }
    return folder.resolveSibling("shared").resolve("data");
  }
}

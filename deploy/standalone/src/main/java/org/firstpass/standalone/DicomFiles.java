package org.firstpass.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Files below some paths, in a stable order. */
final class DicomFiles {
  private DicomFiles() {}

  static List<Path> below(List<Path> sources) throws IOException {
    var files = new ArrayList<Path>();
    for (Path source : sources) {
      if (!Files.exists(source)) {
        throw new CommandFailed("there is no " + source);
      }
      try (var walk = Files.walk(source)) {
        walk.filter(Files::isRegularFile).sorted().forEach(files::add);
      }
    }
    return files;
  }
}

package org.firstpass.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A temporary folder that goes with the benchmark. */
final class Scratch implements AutoCloseable {
  private final Path root;

  Scratch(String name) throws IOException {
    this.root = Files.createTempDirectory("firstpass-bench-" + name);
  }

  Path folder(String name) throws IOException {
    return Files.createDirectories(root.resolve(name));
  }

  Path file(String name) {
    return root.resolve(name);
  }

  @Override
  public void close() throws IOException {
    delete(root);
  }

  /** Deletes a folder with all in it. */
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder()).forEach(Scratch::remove);
    }
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

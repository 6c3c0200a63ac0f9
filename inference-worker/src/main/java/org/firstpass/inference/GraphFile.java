package org.firstpass.inference;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.model.ModelPackage;
import org.firstpass.study.Sha256;

/**
 * A graph on disk, as far as it must be known before the runtime may have it.
 *
 * @param content tells graphs apart: equal for graphs of equal bytes, their weights' files included
 * @param externalFiles where it keeps weights outside itself, as it names them
 * @param foreignOperators those that neither ONNX nor the runtime nor the graph itself defines,
 *     {@code domain:name}
 */
record GraphFile(
    Path path, String content, Set<String> externalFiles, Set<String> foreignOperators) {
  GraphFile {
    externalFiles = Set.copyOf(externalFiles);
    foreignOperators = Set.copyOf(foreignOperators);
  }

  /**
   * Reads a graph that is in no package.
   *
   * @throws Defect with {@link ReasonCode#PACKAGE_INVALID} if it is not ONNX
   */
  static GraphFile read(Path path) {
    GraphReading reading = reading(path);
    var content = new StringBuilder();
    try {
      content.append(digest(path));
      for (String external : new TreeSet<>(reading.externalFiles())) {
        Path weights = path.resolveSibling(external);
        content.append(' ').append(Files.exists(weights) ? digest(weights) : external);
      }
    } catch (IOException e) {
      throw unreadable(path, e);
    }
    return of(path, content.toString(), reading);
  }

  /**
   * Reads a graph of a package, whose digests tell what it is.
   *
   * @param file the path in the package
   * @throws Defect with {@link ReasonCode#PACKAGE_INVALID} if it is not ONNX, or keeps weights in a
   *     file of which the manifest has no digest, or needs an operator that is not there
   */
  static GraphFile of(ModelPackage model, String file) {
    Path path = model.folder().resolve(file);
    GraphReading reading = reading(path);
    Map<String, Sha256> digests = model.manifest().files();
    var content = new StringBuilder(String.valueOf(digests.get(file)));
    for (String external : new TreeSet<>(reading.externalFiles())) {
      String weights = inPackage(model.folder(), path, external);
      Sha256 digest = digests.get(weights);
      if (digest == null) {
        throw new Defect(
            ReasonCode.PACKAGE_INVALID,
            model.label()
                + ": "
                + file
                + " keeps weights in "
                + weights
                + ", so files must have its digest; seal the package");
      }
      content.append(' ').append(digest);
    }
    GraphFile graph = of(path, content.toString(), reading);
    graph.requireKnownOperators(model.label());
    return graph;
  }

  /** Bytes of the graph and of its weights: about what it takes in memory. */
  long bytes() {
    long bytes = path.toFile().length();
    for (String external : externalFiles) {
      bytes += path.resolveSibling(external).toFile().length();
    }
    return bytes;
  }

  /**
   * Where in a package the weights lie that a graph names.
   *
   * @throws Defect with {@link ReasonCode#PACKAGE_INVALID} if they lie outside
   */
  static String inPackage(Path folder, Path graph, String external) {
    Path root = folder.normalize();
    Path weights = graph.resolveSibling(external).normalize();
    if (Path.of(external).isAbsolute() || !weights.startsWith(root)) {
      throw new Defect(
          ReasonCode.PACKAGE_INVALID,
          graph.getFileName() + " keeps weights in " + external + ", which leaves the package");
    }
    return root.relativize(weights).toString().replace('\\', '/');
  }

  /**
   * Refuses a graph that only runs with a library of its own.
   *
   * @throws Defect with {@link ReasonCode#PACKAGE_INVALID} naming the operators
   */
  void requireKnownOperators(String label) {
    if (!foreignOperators.isEmpty()) {
      throw new Defect(
          ReasonCode.PACKAGE_INVALID,
          label
              + ": "
              + path.getFileName()
              + " needs custom operators, which packages cannot bring: "
              + String.join(", ", new TreeSet<>(foreignOperators)));
    }
  }

  private static GraphFile of(Path path, String content, GraphReading reading) {
    return new GraphFile(path, content, reading.externalFiles(), reading.foreignOperators());
  }

  private static GraphReading reading(Path path) {
    try {
      return GraphReading.of(path);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static Defect unreadable(Path path, IOException e) {
    return new Defect(
        ReasonCode.PACKAGE_INVALID,
        path.getFileName() + " cannot be read as ONNX: " + e.getMessage(),
        e);
  }

  private static Sha256 digest(Path file) throws IOException {
    MessageDigest digest = Sha256.newDigest();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return Sha256.from(digest.digest());
  }
}

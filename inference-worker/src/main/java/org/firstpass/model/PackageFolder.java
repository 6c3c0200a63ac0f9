package org.firstpass.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A folder with a manifest, and how its files looked: a folder that looks as it did before was not
 * touched since.
 *
 * @param looks path, size and time of change of every file in it
 */
public record PackageFolder(Path folder, String looks) {
  private static final int DEPTH = 3;

  /**
   * The package folders in this one: itself, or {@code <name>/<version>} below it. A folder without
   * a manifest is none yet.
   *
   * @return empty if the folder cannot be listed, which says nothing of what is in it
   */
  public static Optional<List<PackageFolder>> below(Path root) {
    if (!Files.isDirectory(root)) {
      return Optional.empty();
    }
    try (Stream<Path> tree = Files.walk(root, DEPTH)) {
      List<PackageFolder> found = new ArrayList<>();
      for (Path folder :
          tree.filter(path -> path.endsWith(ModelPackage.MANIFEST_FILE))
              .map(Path::getParent)
              .sorted()
              .toList()) {
        of(folder).ifPresent(found::add);
      }
      return Optional.of(found);
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }

  /** Empty if it went while it was looked at. */
  private static Optional<PackageFolder> of(Path folder) throws IOException {
    var files = new TreeMap<String, String>();
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes is) {
              files.put(
                  folder.relativize(file).toString(),
                  is.size() + " " + is.lastModifiedTime().toMillis());
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    return Optional.of(new PackageFolder(folder, files.toString()));
  }
}

package org.firstpass.dataset;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.firstpass.dataset.ExportRefused.Reason;
import org.firstpass.study.Sha256;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder beside the target in which a data set grows, and which becomes the target when it is
 * whole. Closed before that, it leaves nothing, unless it is to be kept for the next try: an export
 * to the same target then finds the cases that are done, as it does after a crash.
 *
 * <p>Files may be written from several threads; one export at a time has the folder.
 */
final class StagingFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StagingFolder.class);

  private static final String CASES = ".cases";

  private final Path target;
  private final Path folder;
  private final FileChannel lock;
  private boolean kept;

  private StagingFolder(Path target, Path folder, FileChannel lock) {
    this.target = target;
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * A new one for this target.
   *
   * @throws ExportRefused if the target is there and not an empty folder, or cannot be written
   */
  static StagingFolder beside(Path wanted) {
    Path target = wanted.toAbsolutePath().normalize();
    Path parent = target.getParent();
    if (parent == null) {
      throw notEmpty(target);
    }
    requireFree(target);
    try {
      Files.createDirectories(parent);
      FileChannel lock = lock(lockFile(target));
      Path folder = parent.resolve("." + target.getFileName() + ".partial");
      Files.createDirectories(folder);
      removeAllButCases(folder);
      return new StagingFolder(target, folder, lock);
    } catch (OverlappingFileLockException | IOException e) {
      throw notWritable(target, e);
    }
  }

  private static Path lockFile(Path target) {
    return target.resolveSibling("." + target.getFileName() + ".lock");
  }

  private static FileChannel lock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (IOException | OverlappingFileLockException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw new IOException("another export is writing there");
  }

  // An index of cases that were moved is worth nothing without them.
  private static void removeAllButCases(Path folder) throws IOException {
    try (Stream<Path> content = Files.list(folder)) {
      for (Path left : (Iterable<Path>) content::iterator) {
        if (!left.getFileName().toString().equals(CASES)) {
          Files.walkFileTree(left, new Deletion());
        }
      }
    }
  }

  /** Leaves the cases that are done for the next export to this target. */
  void keep() {
    kept = true;
  }

  private static void requireFree(Path target) {
    if (!Files.exists(target)) {
      return;
    }
    if (!Files.isDirectory(target)) {
      throw notEmpty(target);
    }
    try (Stream<Path> content = Files.list(target)) {
      if (content.findAny().isPresent()) {
        throw notEmpty(target);
      }
    } catch (IOException e) {
      throw notWritable(target, e);
    }
  }

  /** Writes content to a stream and leaves it open. */
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** The digest of what would be written. */
  static Sha256 digest(Content content) {
    MessageDigest digest = Sha256.newDigest();
    try {
      content.writeTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
    } catch (IOException e) {
      throw new UncheckedIOException("a digest cannot be computed", e);
    }
    return Sha256.from(digest.digest());
  }

  /** Writes a file and flushes it to the disk. */
  void write(String path, Content content) {
    Path file = folder.resolve(path);
    try {
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        content.writeTo(Channels.newOutputStream(channel));
        channel.force(true);
      }
    } catch (IOException | UncheckedIOException e) {
      throw notWritable(target, e);
    }
  }

  /** Where the files of a case are written before it has a side. */
  static String folder(String caseName) {
    return CASES + "/" + caseName;
  }

  /** Removes a file or a folder, if it is there. */
  void remove(String path) {
    try {
      Path gone = folder.resolve(path);
      if (Files.exists(gone)) {
        Files.walkFileTree(gone, new Deletion());
      }
    } catch (IOException e) {
      throw notWritable(target, e);
    }
  }

  /** Where the image of a case is written before it has a side. */
  static String image(String caseName) {
    return CASES + "/" + caseName + "/image.nii.gz";
  }

  /** Where the labels of a case are written before it has a side. */
  static String label(String caseName) {
    return CASES + "/" + caseName + "/label.nii.gz";
  }

  /** What is noted of a case whose files are whole. */
  static String note(String caseName) {
    return CASES + "/" + caseName + "/" + KnownFiles.NOTE;
  }

  /** A file that was written. */
  Path at(String path) {
    return folder.resolve(path);
  }

  /** Where cases are before they have a side. */
  Path cases() {
    return folder.resolve(CASES);
  }

  /** Writes a file, also one that is there already. */
  void rewrite(String path, Content content) {
    try {
      Files.deleteIfExists(folder.resolve(path));
    } catch (IOException e) {
      throw notWritable(target, e);
    }
    write(path, content);
  }

  /** Has a file that is elsewhere here too, without its bytes if the file system allows that. */
  void share(Path file, String path) {
    Path here = folder.resolve(path);
    if (file.equals(here)) {
      return;
    }
    try {
      Files.createDirectories(Objects.requireNonNull(here.getParent()));
      Files.deleteIfExists(here);
      try {
        Files.createLink(here, file);
      } catch (IOException | UnsupportedOperationException e) {
        Files.copy(file, here);
      }
    } catch (IOException e) {
      throw notWritable(target, e);
    }
  }

  /** Gives a file that was written its place. */
  void move(String from, String to) {
    try {
      Path place = folder.resolve(to);
      Files.createDirectories(Objects.requireNonNull(place.getParent()));
      Files.move(folder.resolve(from), place, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw notWritable(target, e);
    }
  }

  /** Removes what was written of cases and got no place. */
  void removeCases() {
    remove(CASES);
  }

  /** The digests of all files so far, in the form that {@code sha256sum -c} checks. */
  String checksums() {
    var lines = new StringBuilder();
    try (Stream<Path> files = Files.walk(folder)) {
      List<String> paths =
          files
              .filter(Files::isRegularFile)
              .map(file -> folder.relativize(file).toString().replace('\\', '/'))
              .sorted()
              .toList();
      for (String path : paths) {
        lines.append(digest(folder.resolve(path))).append("  ").append(path).append('\n');
      }
    } catch (IOException | UncheckedIOException e) {
      throw notWritable(target, e);
    }
    return lines.toString();
  }

  private static Sha256 digest(Path file) throws IOException {
    MessageDigest digest = Sha256.newDigest();
    var buffer = new byte[1 << 16];
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return Sha256.from(digest.digest());
  }

  /**
   * Makes it the target.
   *
   * @throws ExportRefused if somebody else has put something there meanwhile
   */
  void becomeTarget() {
    requireFree(target);
    try {
      Files.deleteIfExists(target);
      Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (DirectoryNotEmptyException | FileAlreadyExistsException e) {
      throw notEmpty(target);
    } catch (IOException e) {
      throw notWritable(target, e);
    }
  }

  @Override
  public void close() {
    try (lock) {
      removeUnlessKept();
      Files.deleteIfExists(lockFile(target));
    } catch (IOException e) {
      LOG.warn("the lock of {} cannot be given back", target, e);
    }
  }

  private void removeUnlessKept() {
    if (kept || !Files.exists(folder)) {
      return;
    }
    try {
      Files.walkFileTree(folder, new Deletion());
    } catch (IOException e) {
      LOG.warn("the unfinished data set in {} could not be removed", folder, e);
    }
  }

  private static ExportRefused notEmpty(Path target) {
    return new ExportRefused(
        Reason.TARGET_NOT_EMPTY,
        "the target must be a new or an empty folder, but something is in " + target);
  }

  private static ExportRefused notWritable(Path target, Exception cause) {
    return new ExportRefused(
        Reason.TARGET_NOT_WRITABLE, "cannot write the data set for " + target, cause);
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
        throws IOException {
      Files.delete(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}

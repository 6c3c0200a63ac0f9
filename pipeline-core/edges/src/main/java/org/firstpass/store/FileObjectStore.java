package org.firstpass.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Set;
import java.util.stream.Stream;
import org.firstpass.event.ObjectReference;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.TryAgainLater;
import org.firstpass.study.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * Objects as files: {@code abc/<hex>} under a root, written beside, flushed, renamed, and the
 * folder flushed. Safe for use by many threads and by many processes on one file system.
 */
public final class FileObjectStore implements ObjectStore {
  private static final String STAGING = "staging";

  /**
   * Objects are spread over 4096 folders, all made when the store is: a new object then costs no
   * flush of a new folder, and ten million objects are 2,500 a folder.
   */
  private static final int PREFIX_DIGITS = 3;

  private static final int BUFFER_BYTES = 1 << 17;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");
  private static final boolean FOLDERS_CAN_BE_FLUSHED =
      !System.getProperty("os.name", "").startsWith("Windows");

  private final Path root;
  private final Path staging;

  /** Opens the store, making the folder if it is not there. */
  public FileObjectStore(Path root) {
    this.root = root;
    this.staging = root.resolve(STAGING);
    try {
      makeFolders(staging);
      makePrefixes();
    } catch (IOException e) {
      throw unavailable("the store's folder cannot be made", e);
    }
  }

  /**
   * Removes what a process left half written when it died. Only for a caller that knows that no
   * other process is using the store.
   */
  public void clearStaging() {
    try (Stream<Path> left = Files.list(staging)) {
      for (Path file : (Iterable<Path>) left::iterator) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw unavailable("the staging folder cannot be cleared", e);
    }
  }

  @Override
  public ObjectReference put(byte[] content, String mediaType) {
    Sha256 digest = Sha256.of(content);
    Path target = path(digest);
    if (!Files.exists(target)) {
      return put(new ByteArrayInputStream(content), mediaType);
    }
    try {
      // Another caller may have renamed it and not yet flushed the folder.
      flushFolder(parent(target));
    } catch (IOException e) {
      throw unavailable("object " + digest + " cannot be flushed", e);
    }
    return new ObjectReference(digest, content.length, mediaType);
  }

  @Override
  public StagedObject stage(InputStream content) {
    MessageDigest digest = Sha256.newDigest();
    Path file = null;
    try {
      file = Files.createTempFile(staging, "object-", ".part");
      long size = copy(content, file, digest);
      return new StagedFile(this, file, Sha256.from(digest.digest()), size);
    } catch (IOException e) {
      discard(file);
      throw unavailable("an object cannot be staged", e);
    } catch (RuntimeException e) {
      discard(file);
      throw e;
    }
  }

  private static long copy(InputStream content, Path file, MessageDigest digest)
      throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long size = 0;
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        digest.update(buffer, 0, read);
        out.write(buffer, 0, read);
        size += read;
      }
    }
    return size;
  }

  /** Flushes the staged file and gives it its name. */
  void name(Path file, Sha256 digest) {
    Path target = path(digest);
    try {
      if (Files.exists(target)) {
        Files.deleteIfExists(file);
        return;
      }
      makeFolders(parent(target));
      flush(file);
      Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw unavailable("object " + digest + " cannot be stored", e);
    }
  }

  /** Flushes the folder of a name, also of one that another caller gave and has not yet flushed. */
  void settle(Sha256 digest) {
    try {
      flushFolder(parent(path(digest)));
    } catch (IOException e) {
      throw unavailable("object " + digest + " cannot be flushed", e);
    }
  }

  @Override
  public InputStream open(Sha256 digest) throws IOException {
    try {
      InputStream file = Files.newInputStream(path(digest));
      return new CheckedContent(new DigestInputStream(file, Sha256.newDigest()), digest);
    } catch (NoSuchFileException e) {
      throw missing(digest, e);
    }
  }

  @Override
  public byte[] read(Sha256 digest) {
    try {
      byte[] content = Files.readAllBytes(path(digest));
      if (!Sha256.of(content).equals(digest)) {
        throw new Defect(ReasonCode.OBJECT_MISSING, CheckedContent.damaged(digest));
      }
      return content;
    } catch (NoSuchFileException e) {
      throw missing(digest, e);
    } catch (IOException e) {
      throw unavailable("object " + digest + " cannot be read", e);
    }
  }

  @Override
  public boolean contains(Sha256 digest) {
    return Files.exists(path(digest));
  }

  @Override
  public long usableBytes() {
    try {
      return Files.getFileStore(root).getUsableSpace();
    } catch (IOException e) {
      throw unavailable("the free space of the store is not known", e);
    }
  }

  private Path path(Sha256 digest) {
    String hex = digest.hex();
    return root.resolve(hex.substring(0, PREFIX_DIGITS)).resolve(hex);
  }

  private void makePrefixes() throws IOException {
    int last = (1 << PREFIX_DIGITS * 4) - 1;
    String name = "%0" + PREFIX_DIGITS + "x";
    if (Files.isDirectory(root.resolve(name.formatted(last)))) {
      return;
    }
    for (int prefix = 0; prefix <= last; prefix++) {
      makeFolder(root.resolve(name.formatted(prefix)));
    }
    flushFolder(root);
  }

  /** Makes a folder and flushes the entry of each one that is new into its parent. */
  private void makeFolders(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    if (!folder.equals(root)) {
      makeFolders(parent(folder));
      makeFolder(folder);
      flushFolder(parent(folder));
    } else {
      Files.createDirectories(root);
    }
  }

  private static void makeFolder(Path folder) throws IOException {
    try {
      Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    } catch (FileAlreadyExistsException e) {
      // Another process that opened the store was first.
    } catch (UnsupportedOperationException e) {
      Files.createDirectories(folder);
    }
  }

  private static void flush(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private static void flushFolder(Path folder) throws IOException {
    if (FOLDERS_CAN_BE_FLUSHED) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static Path parent(Path path) {
    Path parent = path.getParent();
    if (parent == null) {
      throw new UncheckedIOException(
          new IOException("a store cannot be at the file system's root"));
    }
    return parent;
  }

  private static Defect missing(Sha256 digest, IOException e) {
    return new Defect(ReasonCode.OBJECT_MISSING, "object " + digest + " is not in the store", e);
  }

  private TryAgainLater unavailable(String what, IOException e) {
    boolean full = Files.isDirectory(root) && root.toFile().getUsableSpace() < BUFFER_BYTES;
    ReasonCode code = full ? ReasonCode.STORE_FULL : ReasonCode.STORE_UNAVAILABLE;
    return new TryAgainLater(code, what + ": " + e.getClass().getSimpleName(), e);
  }

  static void discard(@Nullable Path file) {
    if (file != null) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        // A part that stays behind costs space, not correctness.
      }
    }
  }
}

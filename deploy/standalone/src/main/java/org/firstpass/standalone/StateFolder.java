package org.firstpass.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import org.firstpass.study.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * The one folder in which an installation keeps its state: objects, broker, database, secrets.
 *
 * <p>Only its owner can read it.
 */
final class StateFolder {
  private static final int SECRET_BYTES = 32;

  private final Path root;

  private StateFolder(Path root) {
    this.root = root;
  }

  /** The folder, made if it is new. */
  static StateFolder at(Path root) {
    try {
      Files.createDirectories(root.toAbsolutePath(), ownerOnly(root, "rwx------"));
      Files.createDirectories(root.resolve("secrets"), ownerOnly(root, "rwx------"));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot make the state folder " + root + "; choose another one with --state", e);
    }
    return new StateFolder(root.toAbsolutePath());
  }

  /**
   * The folder of an installation that was started before.
   *
   * @throws CommandFailed if there is none
   */
  static StateFolder existing(Path root) {
    if (!Files.isDirectory(root)) {
      throw new CommandFailed(
          "no Firstpass was ever started on " + root + "; start one with 'firstpass up'");
    }
    return at(root);
  }

  static Path standard() {
    String chosen = System.getenv("FIRSTPASS_STATE");
    return chosen != null
        ? Path.of(chosen)
        : Path.of(System.getProperty("user.home"), ".firstpass");
  }

  Path root() {
    return root;
  }

  Path objects() {
    return root.resolve("objects");
  }

  Path broker() {
    return root.resolve("kafka");
  }

  Path database() {
    return root.resolve("postgres");
  }

  /** Packages that were trained here. */
  Path models() {
    return root.resolve("models");
  }

  /** Trainings that are under way, a folder each. */
  Path trainings() {
    return root.resolve("trainings");
  }

  Path settings() {
    return root.resolve("firstpass.properties");
  }

  /** What packages took on this machine. */
  Path modelCosts() {
    return root.resolve("model-costs.json");
  }

  Path running() {
    return root.resolve("running.properties");
  }

  /**
   * A random secret of this installation, made when it is first asked for; 64 hexadecimal digits.
   */
  String secret(String name) {
    Path file = root.resolve("secrets").resolve(name);
    try {
      if (!Files.exists(file)) {
        write(file, newSecret());
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the secret " + file, e);
    }
  }

  /**
   * Lays down a secret that is known, so that pseudonyms and sides are the same in every run: for a
   * demonstration with made-up patients. One that is there already stays.
   *
   * @param name that {@link #secret} is asked for
   * @param phrase what it is made of
   */
  void knownSecret(String name, String phrase) {
    Path file = root.resolve("secrets").resolve(name);
    try {
      write(file, Sha256.of(phrase.getBytes(StandardCharsets.UTF_8)).hex());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the secret " + file, e);
    }
  }

  /**
   * Takes the folder for this process alone.
   *
   * @throws CommandFailed if another process has it
   */
  FileLock lock() {
    Path file = root.resolve("lock");
    try {
      var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      @Nullable FileLock lock = channel.tryLock();
      if (lock == null) {
        channel.close();
        throw inUse();
      }
      return lock;
    } catch (OverlappingFileLockException e) {
      throw inUse();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot lock " + file, e);
    }
  }

  private CommandFailed inUse() {
    return new CommandFailed(
        "another Firstpass runs on " + root + "; stop it, or choose another folder with --state");
  }

  private static String newSecret() {
    var bytes = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Written whole under another name first: a reader never sees half a secret. */
  private void write(Path file, String secret) throws IOException {
    Path fresh = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".new");
    Files.writeString(fresh, secret);
    try {
      Files.createLink(file, fresh);
    } catch (FileAlreadyExistsException e) {
      // Another process was first; its secret counts.
    } finally {
      Files.delete(fresh);
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path path, String permissions) {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    Set<PosixFilePermission> owner = PosixFilePermissions.fromString(permissions);
    return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(owner)};
  }
}

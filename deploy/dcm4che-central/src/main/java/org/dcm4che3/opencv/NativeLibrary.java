package org.dcm4che3.opencv;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/**
 * The native codecs, loaded once, when the first of them is asked for. The library lies in the jar
 * and is copied into a temporary directory to be loaded. Thread-safe.
 */
public final class NativeLibrary {
  private static boolean loaded;

  private NativeLibrary() {}

  /** Whether the jar has a library for this platform; loads nothing. */
  public static boolean isPresent() {
    String resource = resource();
    return resource != null && NativeLibrary.class.getResource(resource) != null;
  }

  /**
   * Loads the library unless that was done before; {@link IllegalStateException} if it cannot be.
   */
  public static synchronized void load() {
    if (loaded) {
      return;
    }
    String resource = resource();
    try (InputStream library =
        resource == null ? null : NativeLibrary.class.getResourceAsStream(resource)) {
      if (library == null) {
        throw new IllegalStateException(
            "No native codecs for " + platform() + ": expected linux, windows or mac on x86_64");
      }
      System.load(copy(library, resource.substring(resource.lastIndexOf('/') + 1)).toString());
      loaded = true;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The native codecs could not be copied into a temporary directory", e);
    } catch (UnsatisfiedLinkError e) {
      throw new IllegalStateException(
          "The native codecs do not load on " + platform() + ": " + e.getMessage(), e);
    }
  }

  private static Path copy(InputStream library, String name) throws IOException {
    Path directory = Files.createTempDirectory("firstpass-codecs");
    Path file = directory.resolve(name);
    // Deleted in reverse order of registration; Windows keeps a loaded library, so a failure there
    // is expected.
    directory.toFile().deleteOnExit();
    file.toFile().deleteOnExit();
    Files.copy(library, file, StandardCopyOption.REPLACE_EXISTING);
    return file;
  }

  private static String resource() {
    String architecture = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    if (!architecture.equals("amd64") && !architecture.equals("x86_64")) {
      return null;
    }
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    if (system.startsWith("linux")) {
      return "/lib/linux-x86_64/libopencv_java.so";
    }
    if (system.startsWith("windows")) {
      return "/lib/win32-x86_64/opencv_java.dll";
    }
    return system.startsWith("mac") ? "/lib/macos-x86_64/libopencv_java.jnilib" : null;
  }

  private static String platform() {
    return System.getProperty("os.name") + " " + System.getProperty("os.arch");
  }
}

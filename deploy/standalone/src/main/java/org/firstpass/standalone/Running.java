package org.firstpass.standalone;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * Where the parts of a running standalone can be reached, kept in its state folder so that other
 * commands find them.
 */
record Running(
    String bootstrapServers, String jdbcUrl, int httpPort, int dicomPort, List<Path> models) {
  Running {
    models = List.copyOf(models);
  }

  void write(Path file) {
    String text =
        "bootstrapServers="
            + bootstrapServers
            + "\njdbcUrl="
            + jdbcUrl
            + "\nhttpPort="
            + httpPort
            + "\ndicomPort="
            + dicomPort
            + "\nmodels="
            + models.stream().map(Running::written).collect(Collectors.joining(","))
            + "\n";
    try {
      Path fresh = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(fresh, text);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** For an orderly end: nobody shall look for what is gone. */
  static void forget(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + file, e);
    }
  }

  /**
   * Reads what the last standalone on a folder wrote; one that was killed may be gone by now.
   *
   * @throws CommandFailed if there is none
   */
  static Running read(Path file) {
    var properties = new Properties();
    try {
      properties.load(new StringReader(Files.readString(file)));
    } catch (IOException e) {
      throw new CommandFailed(
          "no Firstpass runs on " + file.getParent() + "; start one with 'firstpass up'", e);
    }
    return new Running(
        properties.getProperty("bootstrapServers"),
        properties.getProperty("jdbcUrl"),
        Integer.parseInt(properties.getProperty("httpPort")),
        Integer.parseInt(properties.getProperty("dicomPort")),
        Arrays.stream(properties.getProperty("models", "").split(","))
            .filter(folder -> !folder.isEmpty())
            .map(Path::of)
            .toList());
  }

  /** In property files a backslash begins something. */
  private static String written(Path folder) {
    return folder.toAbsolutePath().toString().replace("\\", "\\\\");
  }
}

package org.firstpass.inference;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import org.firstpass.event.EventJson;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cost model on disk: {@code {"format": 1, "packages": [...]}}. It only says what can be
 * measured again, so nothing fails because of it.
 */
final class CostFile {
  private static final Logger LOG = LoggerFactory.getLogger(CostFile.class);
  private static final int FORMAT = 1;
  private static final ObjectMapper MAPPER =
      EventJson.mapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Path file;

  CostFile(Path file) {
    this.file = file;
  }

  private record Content(int format, @Nullable List<PackageCost> packages) {}

  /** What the file says; nothing if there is none, or none that can be read. */
  List<PackageCost> read() {
    try {
      Content content = MAPPER.readValue(Files.readAllBytes(file), Content.class);
      List<PackageCost> packages = content == null ? null : content.packages();
      if (content == null || content.format() != FORMAT || packages == null) {
        throw new IOException("it must have format " + FORMAT + " and packages");
      }
      if (packages.stream().anyMatch(Objects::isNull)) {
        throw new IOException("a package is null");
      }
      return packages;
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      LOG.warn("{} is left out, costs are measured anew: {}", file, e.getMessage());
      return List.of();
    }
  }

  /** Puts a whole new file in the place of the old one. */
  void write(List<PackageCost> packages) {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(fresh, MAPPER.writeValueAsBytes(new Content(FORMAT, packages)));
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.warn("{} cannot be written, costs are forgotten with this process", file, e);
    }
  }
}

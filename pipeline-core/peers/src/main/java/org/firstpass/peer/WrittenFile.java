package org.firstpass.peer;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.firstpass.event.WrittenJson;

/** A JSON file that people write about other systems. */
public final class WrittenFile {
  private WrittenFile() {}

  /**
   * Reads a file.
   *
   * @param what it holds, as messages name it
   * @throws IllegalArgumentException naming the first field that is wrong
   */
  public static <T> T read(Path file, Class<T> type, String what) {
    try {
      T read = WrittenJson.mapper().readerFor(type).readValue(Files.readAllBytes(file));
      Requirement.that(read != null, what + " " + file.getFileName() + " is empty");
      return read;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          what + " " + file.getFileName() + ": " + WrittenJson.complaint(e), e);
    } catch (IOException e) {
      throw new IllegalArgumentException(what + " " + file + " cannot be read", e);
    }
  }
}

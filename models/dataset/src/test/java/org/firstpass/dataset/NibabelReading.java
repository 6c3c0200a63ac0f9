package org.firstpass.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;

/** What nibabel sees in an image and its label file: a reader that was not written here. */
record NibabelReading(List<String> lines) {

  static NibabelReading of(Path folder, Path image, Path label) {
    Path script = folder.resolve("read_case.py");
    try (var resource = NibabelReading.class.getResourceAsStream("/read_case.py")) {
      Files.write(script, Objects.requireNonNull(resource).readAllBytes());
      requireNibabel();
      Process process =
          new ProcessBuilder("python3", script.toString(), image.toString(), label.toString())
              .redirectErrorStream(true)
              .start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, process.waitFor(), output);
      return new NibabelReading(output.lines().toList());
    } catch (IOException e) {
      return fail(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return fail(e);
    }
  }

  private static void requireNibabel() throws InterruptedException {
    boolean there;
    try {
      Process process =
          new ProcessBuilder("python3", "-c", "import nibabel").redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      there = process.waitFor() == 0;
    } catch (IOException e) {
      there = false;
    }
    if (!there && "true".equals(System.getenv("FIRSTPASS_REQUIRE_TOOLS"))) {
      fail("python3 with nibabel is required, but is not there");
    }
    Assumptions.assumeTrue(there, "python3 with nibabel is not there");
  }
}

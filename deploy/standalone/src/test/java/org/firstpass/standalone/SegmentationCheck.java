package org.firstpass.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What other people's checkers say of a SEG object. */
final class SegmentationCheck {
  /** The only thing that cannot equal the source's where the source has none. */
  private static final String FRAME_OF_REFERENCE = "ERROR FrameOfReferenceUID differs";

  private SegmentationCheck() {}

  /**
   * Passes if dciodvfy finds no error, and the shared data's own checker none either, but for the
   * Frame of Reference UID of a source that has none.
   *
   * @param sources the files of the series that it was made from
   */
  static void require(Path segmentation, List<Path> sources)
      throws IOException, InterruptedException {
    Tool.Answer conformance = Tool.run(List.of("dciodvfy", segmentation.toString()));
    assertTrue(conformance.lines().size() > 1, "dciodvfy said nothing");
    assertEquals(List.of(), conformance.startingWith("Error"), "dciodvfy " + sources.get(0));

    List<String> command = new ArrayList<>(List.of("python3"));
    command.add(SharedData.require("tools/segcheck.py").toString());
    command.add(segmentation.toString());
    sources.forEach(source -> command.add(source.toString()));
    Tool.Answer content = Tool.run(command);
    List<String> errors = new ArrayList<>(content.startingWith("ERROR"));
    if (!hasFrameOfReference(sources.get(0))) {
      errors.removeIf(error -> error.strip().startsWith(FRAME_OF_REFERENCE));
    }
    assertEquals(List.of(), errors, "segcheck.py " + sources.get(0));
    assertEquals(
        1, content.startingWith("RESULT").size(), () -> String.join("\n", content.lines()));
  }

  private static boolean hasFrameOfReference(Path file) throws IOException, InterruptedException {
    return !Tool.run(List.of("dcmdump", "-q", "+P", "0020,0052", file.toString()))
        .startingWith("(0020,0052) UI [")
        .isEmpty();
  }
}

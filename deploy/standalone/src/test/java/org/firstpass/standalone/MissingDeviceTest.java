package org.firstpass.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A device that this build never has: nothing starts, and no package is blamed. */
class MissingDeviceTest {
  @TempDir Path state;

  @ParameterizedTest
  @ValueSource(strings = {"up", "worker"})
  void whoAsksForItIsToldWhatToDoBeforeAnythingStarts(String command) throws IOException {
    Files.writeString(state.resolve("firstpass.properties"), "worker.device=openvino\n");
    CommandLineRun run = CommandLineRun.of(command, "--state", state.toString());
    assertEquals(1, run.status(), run::out);
    assertEquals(1, run.err().lines().count(), run::err);
    assertTrue(run.err().contains("[FP3009]"), run::err);
    assertTrue(run.err().contains("openvino: the runtimes on Maven Central are built"), run::err);
    assertFalse(Files.exists(state.resolve("kafka")));
    assertFalse(Files.exists(state.resolve("postgres")));
  }
}

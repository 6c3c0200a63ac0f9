package org.firstpass.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LeftBehindTest {
  /** Starts a program that would never end, says its number, and waits to be killed. */
  static final class Starter {
    private Starter() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
      Process program = new ProcessBuilder("tail", "-f", "/dev/null").start();
      LeftBehind.watch();
      System.out.println(program.pid());
      program.waitFor();
    }
  }

  @Test
  void whatAKilledProcessStartedEndsToo() throws IOException, InterruptedException {
    Process starter =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Starter.class.getName())
            .start();
    try {
      String said = starter.inputReader().readLine();
      ProcessHandle program = ProcessHandle.of(Long.parseLong(said)).orElseThrow();
      assertTrue(program.isAlive());
      starter.destroyForcibly();
      assertTrue(starter.waitFor(30, TimeUnit.SECONDS));
      Deadline.await("what it started has ended", () -> !program.isAlive());
    } finally {
      starter.destroyForcibly();
    }
  }
}

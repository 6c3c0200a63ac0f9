package org.firstpass.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Ends the programs that tests started when their JVM is gone. A JVM that is killed has no time for
 * a shutdown hook, so a shell waits for the end of what it is told, which comes when nobody holds
 * the other end any more.
 */
public final class LeftBehind {
  /** A number may be another program's by then, so it is told with the moment of its start. */
  private static final String WATCH =
      """
      trap '' INT
      all=
      while read -r one; do all="$all $one"; done
      for one in $all; do
        begun=$(sed 's/.*) //' "/proc/${one%:*}/stat" 2> /dev/null | cut -d' ' -f20)
        [ "$begun" = "${one#*:}" ] && kill "${one%:*}"
      done
      """;

  private static final int BEGUN = 19;
  private static final Set<String> TOLD = new HashSet<>();
  private static @Nullable Process shell;
  private static @Nullable Writer words;

  private LeftBehind() {}

  /** From now on, whatever this JVM started and what that started does not outlive it. */
  public static synchronized void watch() {
    try {
      for (ProcessHandle each : ProcessHandle.current().descendants().toList()) {
        if (shell == null || each.pid() != shell.pid()) {
          tell(each.pid());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void tell(long pid) throws IOException {
    String begun;
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      begun = stat.substring(stat.lastIndexOf(')') + 2).split(" ")[BEGUN];
    } catch (IOException gone) {
      return;
    }
    if (TOLD.add(pid + ":" + begun)) {
      Writer to = open();
      to.write(pid + ":" + begun + "\n");
      to.flush();
    }
  }

  private static Writer open() throws IOException {
    Writer opened = words;
    if (opened == null) {
      shell =
          new ProcessBuilder("sh", "-c", WATCH)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      opened = shell.outputWriter(UTF_8);
      words = opened;
    }
    return opened;
  }
}

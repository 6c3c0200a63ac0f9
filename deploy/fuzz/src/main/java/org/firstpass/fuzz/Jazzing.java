package org.firstpass.fuzz;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What Jazzer calls, by name. */
public final class Jazzing {
  private static @Nullable Judge judge;

  private Jazzing() {}

  /** Takes the name of the target and the file of its tally. */
  public static void fuzzerInitialize(String[] arguments) {
    Tally tally = Tally.in(Path.of(arguments[1]));
    FuzzTarget target = Targets.named(arguments[0]);
    var made = new Judge(target, tally);
    made.warmUp(target.seeds());
    judge = made;
    Runtime.getRuntime().addShutdownHook(new Thread(tally::save));
  }

  public static void fuzzerTestOneInput(byte[] input) {
    Objects.requireNonNull(judge).judge(input);
  }
}

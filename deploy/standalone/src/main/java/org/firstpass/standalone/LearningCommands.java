package org.firstpass.standalone;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The commands that an ML engineer would give, given in this process and shown. */
final class LearningCommands {
  private final Path state;
  private final PrintStream out;

  /**
   * @param state folder of the running installation
   */
  LearningCommands(Path state, PrintStream out) {
    this.state = state;
    this.out = out;
  }

  /**
   * @throws CommandFailed if it does not end with 0
   */
  void run(String... words) {
    int status = status(words);
    if (status != 0) {
      throw new CommandFailed("'firstpass " + words[0] + " ...' ended with " + status);
    }
  }

  /** The status that a command ends with. */
  int status(String... words) {
    out.println();
    out.println("$ firstpass " + String.join(" ", words));
    List<String> line = new ArrayList<>(List.of(words));
    line.addAll(List.of("--state", state.toString()));
    return Firstpass.commandLine().execute(line.toArray(String[]::new));
  }
}

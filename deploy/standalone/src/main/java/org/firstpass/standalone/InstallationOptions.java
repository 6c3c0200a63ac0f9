package org.firstpass.standalone;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that every command on an installation has. */
final class InstallationOptions {
  @Option(
      names = "--state",
      paramLabel = "<folder>",
      description = {
        "The folder with all state of this installation.",
        "Default: $FIRSTPASS_STATE, otherwise ~/.firstpass"
      })
  @Nullable Path state;

  /** The folder, made if it is new. */
  StateFolder folder() {
    return StateFolder.at(path());
  }

  /** The folder of an installation that was started before. */
  StateFolder existingFolder() {
    return StateFolder.existing(path());
  }

  private Path path() {
    return state != null ? state : StateFolder.standard();
  }
}

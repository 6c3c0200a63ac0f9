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

  StateFolder folder() {
    return StateFolder.at(state != null ? state : StateFolder.standard());
  }
}

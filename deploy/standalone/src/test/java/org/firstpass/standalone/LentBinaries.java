package org.firstpass.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** The database's programs, unpacked once for all installations of tests. */
final class LentBinaries {
  /** Where those of the other tests are too. */
  private static final Path UNPACKED = Path.of(System.getProperty("java.io.tmpdir"), "embedded-pg");

  private LentBinaries() {}

  /** A new installation would unpack its own, which takes longer than to start it. */
  static StateFolder to(StateFolder state) {
    Path own = state.database().resolve("binaries");
    try {
      if (!Files.exists(own, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectories(UNPACKED);
        Files.createDirectories(state.database());
        Files.createSymbolicLink(own, UNPACKED);
      }
      return state;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

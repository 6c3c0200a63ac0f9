package org.firstpass.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What an administrator says to let a version serve without the gate. */
final class Waiver {
  private Waiver() {}

  static List<String> words(TestInstallation installation) {
    var first = installation.standalone().firstAdministrator().orElseThrow();
    return words(first.user(), password(installation, first.password()), "the first of its kind");
  }

  static List<String> words(String user, Path password, String reason) {
    return List.of(
        "--without-gate", reason, "--user", user, "--password-file", password.toString());
  }

  static Path password(TestInstallation installation, String password) {
    try {
      return Files.writeString(
          Files.createTempFile(installation.state().getParent(), "password", ""), password);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

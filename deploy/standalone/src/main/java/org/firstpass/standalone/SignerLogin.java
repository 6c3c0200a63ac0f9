package org.firstpass.standalone;

import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.firstpass.gate.Signer;
import org.firstpass.security.Identity;
import org.firstpass.security.Security;
import org.firstpass.security.Session;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A person who logs in to sign a decision, for as long as it takes to sign. */
final class SignerLogin {
  @Option(
      names = "--user",
      paramLabel = "<user>",
      description = "Who signs, as at the review server: a lead reader or an administrator.")
  String user = "";

  @Option(
      names = "--password-file",
      paramLabel = "<file>",
      description = "With the password in its first line; asked for if left out.")
  @Nullable Path passwordFile;

  /**
   * @throws CommandFailed if nobody is named, or the password is not that of the user
   */
  Signer login(Security security) {
    if (user.isBlank()) {
      throw new CommandFailed("somebody has to sign: --user, a lead reader or an administrator");
    }
    Session session =
        security
            .authenticator()
            .login(user, password())
            .orElseThrow(() -> new CommandFailed("user or password is wrong"));
    security.authenticator().logout(session.token());
    Identity who = session.identity();
    return new Signer(
        who.subject(),
        who.roles().stream().map(Enum::name).collect(Collectors.toCollection(TreeSet::new)));
  }

  private char[] password() {
    Path file = passwordFile;
    if (file == null) {
      Console console = System.console();
      if (console == null) {
        throw new CommandFailed("there is no terminal to ask for the password: --password-file");
      }
      return console.readPassword("Password of %s: ", user);
    }
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      return text.lines().findFirst().orElse("").toCharArray();
    } catch (IOException e) {
      throw new CommandFailed(file + " cannot be read", e);
    }
  }
}

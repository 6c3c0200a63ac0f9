package org.firstpass.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.firstpass.failure.ReasonCode;
import org.junit.jupiter.api.Test;

/**
 * The documents say what the code does. With {@code -Dfirstpass.write-documents=true} they are
 * written instead of compared.
 */
class DocumentsTest {
  private static final Path DOCUMENTS = Repository.root().resolve("deploy/docs");

  @Test
  void everyReasonCodeIsInItsList() throws IOException {
    String rows =
        Arrays.stream(ReasonCode.values())
            .map(
                reason ->
                    "| %s | %s | %s | %s |"
                        .formatted(
                            reason.code(),
                            reason.name(),
                            switch (reason.kind()) {
                              case REFUSED -> "the sender";
                              case TRY_AGAIN -> "time, or a neighbouring system";
                              case DEFECT -> "Firstpass";
                            },
                            reason.advice()))
            .collect(Collectors.joining("\n"));
    compare(
        "reason-codes.md",
        """
        # Reason codes

        Whatever Firstpass does not do, it says why with one of these. A code never changes its meaning.
        Codes in 1000 are refusals (trying again does not help), in 2000 delays (it is tried again), in 3000 faults of ours.

        | code | name | who can mend it | what to do |
        |---|---|---|---|
        """
            + rows
            + "\n");
  }

  @Test
  void everyCommandOfTheReadmeExists() throws IOException {
    List<String> commands = Firstpass.commandLine().getSubcommands().keySet().stream().toList();
    for (String line : Files.readAllLines(Repository.root().resolve("README.md"))) {
      if (line.startsWith("deploy/firstpass ")) {
        String command = line.split("[ `]+")[1];
        assertTrue(commands.contains(command), line);
      }
    }
  }

  private static void compare(String name, String expected) throws IOException {
    Path file = DOCUMENTS.resolve(name);
    if (Boolean.getBoolean("firstpass.write-documents")) {
      Files.writeString(file, expected);
    }
    assertEquals(expected, Files.readString(file), name + " is out of date");
  }
}

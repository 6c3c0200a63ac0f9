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
  void everySettingIsInItsList() throws IOException {
    String rows =
        Keys.ALL.stream()
            .map(
                setting ->
                    "| `%s` | %s | %s |"
                        .formatted(
                            setting.key(),
                            setting.standard() == null || setting.standard().isEmpty()
                                ? ""
                                : "`" + setting.standard() + "`",
                            setting.meaning()))
            .collect(Collectors.joining("\n"));
    compare(
        "configuration.md",
        """
        # Configuration

        Keys live in `firstpass.properties` in the state folder (`--state`, `$FIRSTPASS_STATE`, otherwise `~/.firstpass`). The environment counts
        more: `gateway.quiet` is `FIRSTPASS_GATEWAY_QUIET`. Options of the command line count most. A key that is not known is an error.
        Durations are `500ms`, `10s`, `5m`; sizes `512MiB`, `2GiB`. `FIRSTPASS_LOGS=json` writes the log as JSON lines.

        | key | default | meaning |
        |---|---|---|
        """
            + rows
            + """


            ## With your own Kafka and PostgreSQL

            Set `kafka.bootstrap` and `database.url` (with `database.user`, `database.password`), and put `objects.folder` on storage that every process
            sees. Then start as many processes as you like, on as many machines: `deploy/firstpass gateway`, `deploy/firstpass worker`,
            `deploy/firstpass review`. Kafka needs share groups (on by default since 4.2) and the brokers' `group.share.max.record.lock.duration.ms` at its
            default of 60 s or more. Topics are made at start with `kafka.partitions` and `kafka.replication`; arrivals always have one
            partition, because a share group deals several out instead of sharing them.

            ## The state folder

            `objects/` what arrived and what was made, by SHA-256; `kafka/`, `postgres/` the embedded broker and database; `secrets/` one file each for the
            database's password, the key of patients' pseudonyms and the key of the data set split. Back all of it up together: without
            `secrets/patients` a patient gets a new pseudonym, and with it perhaps another side of the split.
            """);
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

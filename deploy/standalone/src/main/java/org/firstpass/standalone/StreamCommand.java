package org.firstpass.standalone;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.firstpass.event.EventSchemas;
import org.firstpass.event.EventType;
import org.firstpass.stream.TopicFigures;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The events, for those who read them. */
@Command(
    name = "stream",
    mixinStandardHelpOptions = true,
    description = "The topics of events, and the schemas of what is in them.",
    subcommands = {StreamCommand.TopicList.class, StreamCommand.Schema.class},
    synopsisSubcommandLabel = "COMMAND")
final class StreamCommand {
  private StreamCommand() {}

  /** Shows the topics. */
  @Command(
      name = "topics",
      mixinStandardHelpOptions = true,
      description = "Show where the broker is, and what each topic carries and holds.")
  static final class TopicList implements Callable<Integer> {
    @Mixin InstallationOptions installation = new InstallationOptions();

    @Override
    public Integer call() {
      Configuration configuration = Configuration.of(installation.existingFolder());
      try (var infrastructure = Infrastructure.join(configuration)) {
        System.out.println("bootstrap.servers=" + infrastructure.stream().bootstrapServers());
        TopicFigures.all(infrastructure.stream()).forEach(TopicList::print);
      }
      return 0;
    }

    private static void print(TopicFigures topic) {
      System.out.println(
          "%-24s %2d partitions %8d positions  %s"
              .formatted(
                  topic.topic().name(),
                  topic.partitions(),
                  topic.positions(),
                  topic.topic().types().stream()
                      .map(EventType::wireName)
                      .sorted()
                      .collect(Collectors.joining(" "))));
    }
  }

  /** Prints schemas. */
  @Command(
      name = "schema",
      mixinStandardHelpOptions = true,
      description = {
        "Print the JSON Schema of a type of event, or list all of them.",
        "The same schemas are served at /api/schemas."
      })
  static final class Schema implements Callable<Integer> {
    @Parameters(
        arity = "0..1",
        paramLabel = "<type>",
        description = "For instance correction-accepted. Without it all are listed.")
    String type = "";

    @Option(
        names = "--minor",
        paramLabel = "<version>",
        description = "Not the newest, but that of this minor version.")
    int minor = -1;

    @Override
    public Integer call() {
      if (type.isEmpty()) {
        EventSchemas.all().forEach(each -> System.out.println(each.name()));
        return 0;
      }
      String name = type.startsWith("org.firstpass.") ? type : "org.firstpass." + type;
      String whole = name.matches(".*\\.v[0-9.]+") ? name : name + ".v1";
      EventSchemas.Released found =
          EventSchemas.find(minor < 0 ? whole : whole + "." + minor)
              .orElseThrow(
                  () ->
                      new CommandFailed(
                          "there is no such schema; 'firstpass stream schema' lists all"));
      System.out.print(new String(found.json(), StandardCharsets.UTF_8));
      return 0;
    }
  }
}

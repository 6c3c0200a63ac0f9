package org.firstpass.standalone;

import org.firstpass.failure.FirstpassFailure;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line. */
@Command(
    name = "firstpass",
    mixinStandardHelpOptions = true,
    versionProvider = Firstpass.Version.class,
    description = {
      "Human-in-the-loop pre-annotation of medical images.",
      "",
      "New here? Run 'firstpass demo'. For a running system: 'firstpass up'."
    },
    footerHeading = "%nExit codes:%n",
    footer = {
      "  0  done",
      "  1  not done; the one line on standard error says why and what to do",
      "  2  the command line is wrong",
      "",
      "Every option of a command: firstpass <command> --help"
    },
    subcommands = {
      UpCommand.class,
      DemoCommand.class,
      GatewayCommand.class,
      WorkerCommand.class,
      ReviewCommand.class,
      SendCommand.class,
      ImportCommand.class,
      StatusCommand.class,
      ExplainCommand.class,
      DeliveriesCommand.class,
      PullCommand.class,
      StreamCommand.class,
      DatasetCommand.class,
      ModelCommand.class,
      TrainCommand.class,
      EvaluateCommand.class,
      RouteCommand.class,
      CommandLine.HelpCommand.class
    })
final class Firstpass {
  @Option(
      names = "--log-json",
      scope = ScopeType.INHERIT,
      description = "Write the log as one JSON object per line.")
  boolean logJson;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Show the whole error, not its one line.")
  boolean verbose;

  private Firstpass() {}

  public static void main(String[] arguments) {
    Logs.choose(arguments);
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    var firstpass = new Firstpass();
    var commandLine = new CommandLine(firstpass);
    commandLine.setUsageHelpAutoWidth(true);
    commandLine.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          command.getErr().println("firstpass: " + oneLine(failure));
          if (firstpass.verbose) {
            failure.printStackTrace(command.getErr());
          }
          return CommandLine.ExitCode.SOFTWARE;
        });
    return commandLine;
  }

  static String oneLine(Exception failure) {
    if (failure instanceof FirstpassFailure known) {
      return known.getMessage() + " [" + known.code().code() + "] " + known.code().advice();
    }
    String message = failure.getMessage();
    if (failure instanceof CommandFailed && message != null) {
      return message;
    }
    return failure.getClass().getSimpleName()
        + (message == null ? "" : ": " + message)
        + " (run again with --verbose for the whole error)";
  }

  /** The version that the build wrote into the jar. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Firstpass.class.getPackage().getImplementationVersion();
      return new String[] {"firstpass " + (version == null ? "(not packaged)" : version)};
    }
  }
}

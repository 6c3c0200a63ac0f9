package org.firstpass.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.firstpass.event.EventJson;
import org.firstpass.failure.FirstpassFailure;
import org.firstpass.training.run.Progress;
import org.firstpass.training.run.Training;
import org.firstpass.training.run.TrainingReport;
import org.firstpass.training.run.TrainingSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The reference trainer: a data set and a package in, a package out, in a process of its own. */
@Command(
    name = "firstpass-training",
    sortOptions = false,
    description =
        "Trains the network of a model package on a data set and writes another package. Prints one"
            + " JSON object per step. Given the same command again after a kill it goes on. Ends"
            + " with 0 when the package is there, with 1 and a reason code when it is refused.")
final class Train implements Callable<Integer>, TrainingReport {
  @Spec private CommandSpec command = CommandSpec.create();

  @Option(
      names = "--dataset",
      required = true,
      description = "folder that 'firstpass dataset export --format nnunet' wrote")
  private Path dataset = Path.of("");

  @Option(names = "--base", description = "package to train on")
  private @Nullable Path base;

  @Option(
      names = "--out",
      required = true,
      description = "folder of the package to be made, which must not be there")
  private Path out = Path.of("");

  @Option(names = "--name", required = true, description = "of the package")
  private String name = "";

  @Option(names = "--version", required = true, description = "of the package")
  private String version = "";

  @Option(names = "--steps", description = "updates of the weights (default: ${DEFAULT-VALUE})")
  private int steps = 400;

  @Option(names = "--seed", description = "of everything drawn (default: ${DEFAULT-VALUE})")
  private long seed = 1;

  @Option(names = "--threads", description = "cores to use (default: ${DEFAULT-VALUE})")
  private int threads = 2;

  @Option(names = "--minutes", description = "stop after so long with the best until then")
  private @Nullable Double minutes;

  @Option(names = "--device", description = "cpu or gpu (default: ${DEFAULT-VALUE})")
  private Device device = Device.cpu;

  @Option(names = "--learning-rate", description = "at its height")
  private @Nullable Float learningRate;

  @Option(
      names = "--freeze",
      description = "beginning of the names of weights that are left as they are; may be repeated")
  private List<String> frozen = new ArrayList<>();

  @Option(names = "--logs", description = "TensorBoard's folder, to which the run is added")
  private @Nullable Path logs;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "says this")
  @SuppressWarnings("UnusedVariable") // picocli looks at it
  private boolean help;

  /** Where to compute. */
  enum Device {
    cpu,
    gpu
  }

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Train()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    var settings =
        new TrainingSettings(
            dataset,
            Optional.ofNullable(base),
            out.toAbsolutePath().normalize(),
            name,
            version,
            steps,
            seed,
            threads,
            Optional.ofNullable(minutes),
            Optional.ofNullable(learningRate),
            frozen,
            Optional.ofNullable(logs),
            device == Device.gpu);
    try {
      Training.run(settings, this, Clock.systemUTC());
      say("Wrote " + settings.out());
      return CommandLine.ExitCode.OK;
    } catch (FirstpassFailure e) {
      say(e.code().code() + " " + e.code() + ": " + e.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  @Override
  public void say(String sentence) {
    command.commandLine().getErr().println(sentence);
  }

  @Override
  public void step(Progress progress, int of, double secondsLeft) {
    var line = new LinkedHashMap<String, Object>();
    line.put("step", progress.step());
    line.put("steps", of);
    line.put("loss", progress.loss());
    progress.validationDice().ifPresent(dice -> line.put("validationDice", dice));
    line.put("secondsLeft", Math.round(secondsLeft));
    print(line);
  }

  @Override
  public void compared(int done, double baseDice, double dice) {
    var line = new LinkedHashMap<String, Object>();
    line.put("step", done);
    line.put("steps", done);
    line.put("baseDice", baseDice);
    line.put("bestDice", dice);
    print(line);
  }

  private void print(Map<String, Object> line) {
    PrintWriter lines = command.commandLine().getOut();
    try {
      lines.println(EventJson.mapper().writeValueAsString(line));
      lines.flush();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}

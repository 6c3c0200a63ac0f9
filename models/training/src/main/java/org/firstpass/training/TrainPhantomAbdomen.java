package org.firstpass.training;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.firstpass.model.ModelPackage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains the network of the package {@code phantom-abdomen} and writes the package. */
@Command(
    name = "train-phantom-abdomen",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Trains a small 3-D U-Net on made-up CT volumes and writes the model package"
            + " phantom-abdomen with model card, golden case and calibration. Takes some fifteen"
            + " minutes on two cores.")
final class TrainPhantomAbdomen implements Callable<Integer> {
  private static final int CHECKPOINT_STEPS = 50;

  @Spec private CommandSpec command = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "PACKAGES",
      description =
          "folder of packages; phantom-abdomen/<version> is written there, which must not be there yet")
  private Path packages = Path.of("models/packages");

  @Option(names = "--steps", description = "updates of the weights (default: ${DEFAULT-VALUE})")
  private int steps = 600;

  @Option(names = "--cases", description = "phantoms to train on (default: ${DEFAULT-VALUE})")
  private int cases = 240;

  @Option(names = "--seed", description = "of everything drawn (default: ${DEFAULT-VALUE})")
  private int seed = 1;

  @Option(
      names = "--held-out",
      description =
          "phantoms to measure on, and half as many hard ones (default: ${DEFAULT-VALUE})")
  private int heldOut = 20;

  @Option(
      names = "--threads",
      description = "of PyTorch and of ONNX Runtime (default: ${DEFAULT-VALUE})")
  private int threads = 2;

  @Option(
      names = "--weights",
      description = "file where weights are kept while training (default: ${DEFAULT-VALUE})")
  private Path weights = Path.of("target/phantom-abdomen.weights");

  @Option(names = "--no-training", description = "only pack and measure the weights that are kept")
  private boolean trained;

  @Option(
      names = "--from",
      paramLabel = "<package folder>",
      description = "only pack and measure the graph of this package again")
  private @Nullable Path from;

  @Option(
      names = "--calibration",
      description =
          "phantoms to calibrate on, and half as many to check that (default: ${DEFAULT-VALUE})")
  private int calibration = 60;

  @Option(
      names = "--acceptable-dice",
      description = "from which a segment counts as acceptable (default: ${DEFAULT-VALUE})")
  private double acceptableDice = 0.8;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new TrainPhantomAbdomen()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    var release = new Release(packages, heldOut, calibration, acceptableDice, threads);
    new PackageFolder(packages).requireFree();
    Path graph = from;
    ModelPackage model =
        graph != null ? release.of(folder -> folder.writeAgain(graph)) : release.of(this::pack);
    out().println("Wrote " + model.folder());
    return CommandLine.ExitCode.OK;
  }

  private ModelPackage pack(PackageFolder folder) throws IOException {
    TrainingPlan plan = GraphFacts.plan(seed, steps, cases);
    if (!trained) {
      train(plan);
    }
    try (TrainedNetwork network = TrainedNetwork.load(weights)) {
      return folder.write(network, plan);
    }
  }

  private void train(TrainingPlan plan) throws IOException {
    Path folder = weights.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    try (var run = new TrainingRun(plan);
        TrainedNetwork network = run.trained();
        ProgressBar bar = bar("Training", plan.steps())) {
      double smooth = 0;
      for (int step = 0; step < plan.steps(); step++) {
        float loss = run.step(step);
        smooth = step == 0 ? loss : 0.95 * smooth + 0.05 * loss;
        bar.setExtraMessage(String.format(Locale.ROOT, "loss %.3f", smooth));
        bar.step();
        if ((step + 1) % CHECKPOINT_STEPS == 0 || step + 1 == plan.steps()) {
          network.save(weights);
        }
      }
    }
  }

  private static ProgressBar bar(String task, int steps) {
    return new ProgressBarBuilder().setTaskName(task).setInitialMax(steps).build();
  }

  private PrintWriter out() {
    return command.commandLine().getOut();
  }
}

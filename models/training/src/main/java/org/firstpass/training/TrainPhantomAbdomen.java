package org.firstpass.training;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.firstpass.geometry.GridSize;
import org.firstpass.model.ModelPackage;
import org.firstpass.phantom.PhantomSpec;
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
            + " phantom-abdomen with model card and golden case. Takes some ten minutes on two"
            + " cores.")
final class TrainPhantomAbdomen implements Callable<Integer> {
  private static final int CHECKPOINT_STEPS = 50;
  private static final int EVALUATION_MATRIX = 160;
  private static final long FIRST_HELD_OUT_SEED = 5_000;

  @Spec private CommandSpec command = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "PACKAGES",
      description = "folder of packages; phantom-abdomen/1.0.0 is written there")
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

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new TrainPhantomAbdomen()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    List<Integer> patch = PhantomAbdomen.PATCH;
    var size = new GridSize(patch.get(2), patch.get(1), patch.get(0));
    var plan = new TrainingPlan(seed, steps, cases, size, 3e-3f);
    if (!trained) {
      train(plan);
    }
    try (TrainedNetwork network = TrainedNetwork.load(weights)) {
      var folder = new PackageFolder(packages);
      ModelPackage model = folder.write(network, plan);
      List<CaseScore> usual = measure(model, held(0, heldOut, Double.NaN));
      List<CaseScore> hard = measure(model, held(1_000, (heldOut + 1) / 2, 1));
      folder.writeCard(ModelCard.of(plan, network.weights(), usual, hard));
      out().println("Wrote " + model.folder());
    }
    return CommandLine.ExitCode.OK;
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

  /** Specs of phantoms that no training has seen. */
  private static List<PhantomSpec> held(long offset, int count, double difficulty) {
    long first = FIRST_HELD_OUT_SEED + offset;
    return LongStream.range(first, first + count)
        .mapToObj(number -> PhantomSpec.drawn(number, EVALUATION_MATRIX))
        .map(spec -> Double.isNaN(difficulty) ? spec : spec.withDifficulty(difficulty))
        .toList();
  }

  private List<CaseScore> measure(ModelPackage model, List<PhantomSpec> specs) {
    try (ProgressBar bar = bar("Measuring", specs.size())) {
      return Evaluation.of(model, specs, threads, score -> bar.step());
    }
  }

  private static ProgressBar bar(String task, int steps) {
    return new ProgressBarBuilder().setTaskName(task).setInitialMax(steps).build();
  }

  private PrintWriter out() {
    return command.commandLine().getOut();
  }
}

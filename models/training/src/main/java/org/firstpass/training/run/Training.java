package org.firstpass.training.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.firstpass.calibration.HeldOutCase;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.inference.PackageVerification;
import org.firstpass.model.ModelPackage;
import org.firstpass.study.Sha256;
import org.firstpass.training.data.CaseLoading;
import org.firstpass.training.data.Laterality;
import org.firstpass.training.data.TrainingSet;
import org.firstpass.training.data.WindowDraw;

/**
 * One training, from a data set and a package to another package. It can be killed at any time:
 * asked for the same again it goes on where it last wrote a checkpoint, to the same weights.
 */
public final class Training {
  private static final double SECONDS_BETWEEN_CHECKPOINTS = 20;

  /** Validations without a better one, after which it ends. */
  private static final int PATIENCE = 6;

  private final TrainingSettings settings;
  private final TrainingReport report;
  private final Clock clock;
  private final TrainingSet set;
  private final BasePackage base;
  private final PackageWriting packages;
  private final CaseLoading loading;
  private final List<HeldOutCase> heldOut;
  private final Path checkpointFile;
  private final Sha256 command;

  private List<Progress> history = new ArrayList<>();
  private Weights best;
  private double bestDice = Double.NaN;
  private int bestStep;
  private double spent;

  private Training(TrainingSettings settings, TrainingReport report, Clock clock)
      throws IOException {
    this.settings = settings;
    this.report = report;
    this.clock = clock;
    this.set = TrainingSet.read(settings.dataset());
    this.base = base(set, settings);
    this.packages = new PackageWriting(base, settings);
    this.loading = new CaseLoading(set, base.manifest());
    this.heldOut = set.validation().stream().map(loading::heldOut).toList();
    this.checkpointFile = settings.runFolder().resolve("checkpoint");
    this.command = command();
    this.best = Weights.initial(base.graph().initialValues());
  }

  private static BasePackage base(TrainingSet set, TrainingSettings settings) throws IOException {
    Optional<Path> folder = settings.base();
    if (folder.isEmpty()) {
      return NewPackage.write(set, settings, settings.runFolder().resolve("new"));
    }
    ModelPackage model = ModelPackage.load(folder.get());
    PackageVerification verification = PackageVerification.of(model);
    if (!verification.passed()) {
      throw new Defect(ReasonCode.PACKAGE_INVALID, verification.failures());
    }
    return BasePackage.read(model, name -> settings.frozen().stream().anyMatch(name::startsWith));
  }

  /** What decides on the weights that come out; not how long it may take. */
  private Sha256 command() {
    String text =
        String.join(
            "\n",
            set.hash().hex(),
            base.model().digest().hex(),
            settings.name(),
            settings.version(),
            "" + settings.steps(),
            "" + settings.seed(),
            "" + settings.rate(0),
            "" + settings.frozen());
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Trains to the end and writes the package.
   *
   * @param report is told how far it is
   * @param clock for the logs
   * @throws Defect with a reason code where it is refused
   */
  public static void run(TrainingSettings settings, TrainingReport report, Clock clock)
      throws IOException {
    if (Files.exists(settings.out())) {
      throw new Defect(ReasonCode.PACKAGE_INVALID, settings.out() + " is there already");
    }
    new Training(settings, report, clock).run();
  }

  private void run() throws IOException {
    Files.createDirectories(settings.runFolder());
    Weights begin = resumed();
    try (var network =
        new Optimisation(
            base.graph(),
            base.classes(),
            Weights.initial(base.graph().initialValues()),
            settings.gpu())) {
      double difference = base.requireGoldenAnswer(network);
      report.say(
          "PyTorch gives the golden answer of "
              + base.model().label()
              + ", largest difference "
              + difference
              + " of its range");
    }
    Validation before =
        heldOut.isEmpty() ? Validation.NONE : validate(base.graph().initialValues());
    try (var network = new Optimisation(base.graph(), base.classes(), begin, settings.gpu());
        var supply = supply()) {
      train(network, supply);
      finish(network, before);
    }
  }

  private WindowSupply supply() {
    var windows =
        new WindowDraw(
            base.window(),
            (float) base.manifest().windows().padding(),
            Laterality.mirrored(base.manifest()));
    return new WindowSupply(set.training(), loading, windows, settings.seed(), settings.steps());
  }

  private Weights resumed() throws IOException {
    if (!Files.exists(checkpointFile)) {
      return best;
    }
    Checkpoint kept = Checkpoint.read(checkpointFile, command, base.graph().trainedCount());
    history = new ArrayList<>(kept.history());
    best = kept.best();
    bestDice = kept.bestDice();
    bestStep = kept.bestStep();
    spent = kept.seconds();
    report.say("Goes on after step " + kept.step());
    return kept.weights();
  }

  private void train(Optimisation network, WindowSupply supply) throws IOException {
    double spentBefore = spent;
    long began = System.nanoTime();
    double lastCheckpoint = spent;
    int first = history.size();
    while (history.size() < settings.steps() && !isOver()) {
      int step = history.size();
      float loss = network.step(supply.of(step), step, settings.rate(step));
      boolean validates =
          (step + 1) % settings.validationInterval() == 0 || step + 1 == settings.steps();
      OptionalDouble dice =
          validates && !heldOut.isEmpty()
              ? OptionalDouble.of(validate(network, step + 1))
              : OptionalDouble.empty();
      spent = spentBefore + (System.nanoTime() - began) / 1e9;
      var progress = new Progress(step + 1, loss, settings.rate(step), dice, spent);
      history.add(progress);
      double perStep = (spent - spentBefore) / (history.size() - first);
      report.step(progress, settings.steps(), left(perStep));
      if (validates || spent - lastCheckpoint > SECONDS_BETWEEN_CHECKPOINTS) {
        checkpoint(network);
        lastCheckpoint = spent;
      }
    }
    checkpoint(network);
  }

  private double left(double perStep) {
    double steps = perStep * (settings.steps() - history.size());
    return settings.minutes().map(most -> Math.min(steps, most * 60 - spent)).orElse(steps);
  }

  /** Out of time, or no better for a while. */
  private boolean isOver() {
    boolean late = settings.minutes().map(most -> spent >= most * 60).orElse(false);
    int without = (history.size() - bestStep) / settings.validationInterval();
    return late || (!Double.isNaN(bestDice) && without >= PATIENCE);
  }

  private double validate(Optimisation network, int step) throws IOException {
    Weights now = network.state();
    double dice = validate(now.values()).mean();
    if (Double.isNaN(bestDice) || dice > bestDice) {
      best = now;
      bestDice = dice;
      bestStep = step;
    }
    return dice;
  }

  private Validation validate(float[] values) throws IOException {
    ModelPackage draft = packages.draft(settings.runFolder().resolve("draft"), values);
    return Validation.of(draft, heldOut, settings.threads());
  }

  private void checkpoint(Optimisation network) throws IOException {
    new Checkpoint(command, network.state(), best, bestDice, bestStep, spent, history)
        .write(checkpointFile);
    log();
  }

  private void log() throws IOException {
    if (settings.logs().isPresent()) {
      Instant started = clock.instant().minusMillis((long) (1000 * spent));
      new TensorBoardRun(settings.logs().get(), settings.name(), command.hex(), started)
          .write(parameters(), history);
    }
  }

  private Map<String, String> parameters() {
    return Map.of(
        "base",
        base.model().label(),
        "dataset",
        set.hash().hex(),
        "version",
        settings.version(),
        "steps",
        "" + settings.steps(),
        "seed",
        "" + settings.seed(),
        "learning_rate",
        "" + settings.rate());
  }

  private void finish(Optimisation network, Validation before) throws IOException {
    if (Double.isNaN(bestDice)) {
      best = network.state();
      bestStep = history.size();
    }
    network.set(best.values());
    Validation after = heldOut.isEmpty() ? Validation.NONE : validate(best.values());
    var outcome = new TrainingOutcome(settings, set, base, history, bestStep, spent, before, after);
    packages.finished(
        best.values(),
        base.answer(network),
        outcome.source(),
        new TreeMap<>(outcome.metadata()),
        outcome.files());
    log();
    if (outcome.isCompared()) {
      report.compared(history.size(), before.mean(), after.mean());
      report.say(outcome.verdict());
    }
    PackageWriting.delete(settings.runFolder());
  }
}

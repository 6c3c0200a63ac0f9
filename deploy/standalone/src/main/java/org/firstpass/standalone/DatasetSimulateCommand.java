package org.firstpass.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.firstpass.evaluation.CaseFolder;
import org.firstpass.evaluation.CaseSource;
import org.firstpass.evaluation.simulation.CurvePage;
import org.firstpass.evaluation.simulation.LearningCurves;
import org.firstpass.evaluation.simulation.PickRule;
import org.firstpass.evaluation.simulation.Simulation;
import org.firstpass.event.EventJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws learning curves of selection strategies against random order. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Say what a selection strategy would have gained on cases whose labels are known: cases of",
      "the training side are chosen one after the other, a small voxel classifier is trained on what",
      "was chosen, and measured on the test side; against random order, with intervals over seeds.",
      "Writes curves.json and curves.html. What it can tell: deploy/docs/active-learning.md."
    })
final class DatasetSimulateCommand implements Callable<Integer> {
  @Mixin InstallationOptions installation = new InstallationOptions();

  @Parameters(
      paramLabel = "<folder>",
      description = {
        "What 'firstpass dataset export' wrote, or images/<case>.nii.gz and labels/<case>.nii.gz",
        "with a cases.json that says of each case its patient and its side."
      })
  Path cases = Path.of("");

  @Option(
      names = "--to",
      required = true,
      paramLabel = "<folder>",
      description = "Where the curves are written.")
  Path target = Path.of("");

  @Option(
      names = "--strategy",
      split = ",",
      paramLabel = "<strategy>",
      description =
          "uncertainty, diversity, disagreement, novelty (by scanner; needs --traits or a"
              + " traits.json); several with commas. Default: the first three.")
  List<String> strategies = List.of("uncertainty", "diversity", "disagreement");

  @Option(
      names = "--budget",
      paramLabel = "<n>",
      defaultValue = "20",
      description = "How many cases are chosen. Default: ${DEFAULT-VALUE}")
  int budget;

  @Option(
      names = "--seeds",
      paramLabel = "<n>",
      defaultValue = "10",
      description = "How often everything is run. Default: ${DEFAULT-VALUE}")
  int seeds;

  @Option(
      names = "--random-share",
      paramLabel = "<share>",
      defaultValue = "0.1",
      description = "Of the picks that is by lot, as in the queue. Default: ${DEFAULT-VALUE}")
  double randomShare;

  @Option(
      names = "--voxels",
      paramLabel = "<n>",
      defaultValue = "4000",
      description = "About how many voxels stand for a case. Default: ${DEFAULT-VALUE}")
  int voxels;

  @Option(
      names = "--traits",
      description = {
        "Look up the scanner of each case in the stored images of this installation, which must",
        "be running."
      })
  boolean traits;

  @Override
  public Integer call() {
    try {
      simulate();
    } catch (IllegalArgumentException | UncheckedIOException e) {
      throw new CommandFailed(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new CommandFailed("the curves cannot be written to " + target, e);
    }
    return 0;
  }

  private void simulate() throws IOException {
    var settings = new Simulation.Settings(rules(), budget, seeds, randomShare, voxels);
    var simulation = new Simulation(read(), settings);
    LearningCurves curves;
    try (var bar = new Progress("Simulating", seeds, System.out)) {
      curves = simulation.run(bar::to);
    }
    Files.createDirectories(target);
    Path page = target.resolve("curves.html");
    Files.write(
        target.resolve("curves.json"),
        EventJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(curves));
    Files.writeString(page, CurvePage.of(curves));
    for (LearningCurves.Curve curve : curves.curves()) {
      int last = curve.points().size() - 1;
      System.out.println(
          "%-13s Dice %s after %d cases%s"
              .formatted(
                  curve.rule().name().toLowerCase(Locale.ROOT),
                  CurvePage.words(curve.points().get(last).dice()),
                  last + 1,
                  curve.gain() == null
                      ? ""
                      : "; over random order " + CurvePage.words(curve.gain())));
    }
    System.out.println("wrote " + page);
  }

  private List<CaseSource> read() {
    List<CaseSource> found = CaseFolder.read(cases, 1);
    return traits ? StoredTraits.lookUp(installation, found) : found;
  }

  private List<PickRule> rules() {
    return strategies.stream().map(DatasetSimulateCommand::rule).toList();
  }

  private static PickRule rule(String name) {
    for (PickRule rule : PickRule.values()) {
      if (rule.name().toLowerCase(Locale.ROOT).equals(name.strip())) {
        return rule;
      }
    }
    throw new CommandFailed(
        "--strategy is uncertainty, diversity, disagreement or novelty, not '" + name + "'");
  }
}

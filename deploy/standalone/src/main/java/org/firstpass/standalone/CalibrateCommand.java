package org.firstpass.standalone;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.firstpass.calibration.CalibratedPackage;
import org.firstpass.calibration.Calibration;
import org.firstpass.calibration.CalibrationReport;
import org.firstpass.calibration.HeldOutCase;
import org.firstpass.calibration.NiftiCases;
import org.firstpass.calibration.QualityFigures;
import org.firstpass.model.ModelPackage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures how far a package's doubt can be trusted. */
@Command(
    name = "calibrate",
    sortOptions = false,
    description = {
      "Run a package on cases that its training has not seen and write a new version that knows how",
      "far its own doubt can be trusted: a temperature, the probability that a segment is",
      "acceptable, what is usual of its segments; with the figures in model-card.md. The version",
      "that was calibrated stays as it is.",
      "Label values of the cases are segment numbers of the package."
    })
final class CalibrateCommand implements Callable<Integer> {
  private static final int PASSES = 2;

  /** The standard ones would bring a --version of their own. */
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;

  @Parameters(paramLabel = "<package folder>", description = "A sealed package.")
  Path folder = Path.of("");

  @Option(
      names = "--cases",
      required = true,
      paramLabel = "<folder>",
      description = {
        "With images/<case>.nii.gz and labels/<case>.nii.gz, or nnU-Net's imagesTs/<case>_0000.nii.gz",
        "and labelsTs/<case>.nii.gz. At least "
            + Calibration.FEWEST_CASES
            + "; 50 and more tell more."
      })
  Path cases = Path.of("");

  @Option(
      names = "--version",
      paramLabel = "<version>",
      description = "Of the new package; if left out, the middle number counts up.")
  @Nullable String version;

  @Option(
      names = "--to",
      paramLabel = "<folder>",
      description = "Of the new package; if left out, the new version beside the old one.")
  @Nullable Path to;

  @Option(
      names = "--acceptable-dice",
      paramLabel = "<dice>",
      description =
          "From which Dice on a segment counts as acceptable (default: ${DEFAULT-VALUE}).")
  double acceptableDice = 0.85;

  @Option(
      names = "--coarse",
      paramLabel = "<package folder>",
      description = "The package that looks for the region first, if the package names one.")
  @Nullable Path coarse;

  @Option(
      names = "--check",
      paramLabel = "<folder>",
      description = "More cases, laid out in the same way, to check the new package on.")
  @Nullable Path check;

  @Option(names = "--threads", paramLabel = "<n>", description = "Cores to use; all if left out.")
  int threads = Runtime.getRuntime().availableProcessors();

  @Override
  public Integer call() {
    if (!(acceptableDice > 0 && acceptableDice < 1)) {
      throw new CommandFailed("--acceptable-dice lies between 0 and 1, but is " + acceptableDice);
    }
    try {
      calibrate();
    } catch (IllegalArgumentException | UncheckedIOException e) {
      throw new CommandFailed(String.valueOf(e.getMessage()), e);
    }
    return 0;
  }

  private void calibrate() {
    ModelPackage model = ModelPackage.load(folder);
    String next =
        version != null ? version : CalibratedPackage.nextVersion(model.manifest().version());
    Path target = to != null ? to : folder.toAbsolutePath().normalize().resolveSibling(next);
    CalibratedPackage.requireFree(target);
    int channels = model.manifest().input().channels().size();
    List<HeldOutCase> held = NiftiCases.in(cases, channels);
    List<HeldOutCase> unseen = check == null ? List.of() : NiftiCases.in(check, channels);
    var settings =
        new Calibration.Settings(
            acceptableDice, coarse == null ? null : ModelPackage.load(coarse), threads);
    Calibration found;
    try (var bar = new Progress("Calibrating", (long) PASSES * held.size(), System.out)) {
      long[] done = new long[1];
      found = Calibration.of(model, held, settings, (pass, name) -> bar.to(++done[0]));
    }
    found
        .leftOut()
        .forEach((name, reason) -> System.out.println("left out " + name + ": " + reason));
    ModelPackage written = CalibratedPackage.write(model, next, found, target);
    report(found, written);
    if (!unseen.isEmpty()) {
      checkOn(written, unseen, settings);
    }
  }

  private static void report(Calibration found, ModelPackage written) {
    System.out.println(
        "temperature %.4f: expected calibration error of voxels %.4f before, %.4f after"
            .formatted(
                found.spec().temperature(),
                found.voxels().before().expectedCalibrationError(),
                found.voxels().after().expectedCalibrationError()));
    System.out.println(
        "quality: expected calibration error %.4f before, %.4f after, on the half it was not fitted on"
            .formatted(
                found.quality().naive().expectedCalibrationError(),
                found.quality().reliability().expectedCalibrationError()));
    System.out.println(CalibrationReport.correlations(found.quality()));
    System.out.println("wrote " + written.label() + " to " + written.folder());
  }

  private static void checkOn(
      ModelPackage written, List<HeldOutCase> unseen, Calibration.Settings settings) {
    QualityFigures figures;
    try (var bar = new Progress("Checking", unseen.size(), System.out)) {
      long[] done = new long[1];
      figures = Calibration.check(written, unseen, settings, (pass, name) -> bar.to(++done[0]));
    }
    System.out.println(
        "on %d unseen segments: expected calibration error %.4f (%.4f before), Brier score %.4f"
            .formatted(
                figures.reliability().count(),
                figures.reliability().expectedCalibrationError(),
                figures.naive().expectedCalibrationError(),
                figures.brier()));
    System.out.println(CalibrationReport.correlations(figures));
  }
}

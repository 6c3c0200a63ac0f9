package org.firstpass.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.firstpass.dataset.split.Split;
import org.firstpass.evaluation.CaseFolder;
import org.firstpass.evaluation.CaseSource;
import org.firstpass.evaluation.EvaluationJson;
import org.firstpass.evaluation.EvaluationReport;
import org.firstpass.evaluation.EvaluationSettings;
import org.firstpass.evaluation.PackageEvaluation;
import org.firstpass.evaluation.ReportPage;
import org.firstpass.evaluation.SegmentSummary;
import org.firstpass.model.ModelPackage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures a package on held-out cases. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Run a package on held-out cases and measure what it proposes: Dice, surface Dice, HD95,",
      "volume error, added path length, lesions, calibration; per segment, scanner, sex, age band",
      "and site, with intervals by patient. Writes report.json and report.html.",
      "The definitions are in deploy/docs/evaluation.md."
    })
final class EvaluateCommand implements Callable<Integer> {
  @Mixin InstallationOptions installation = new InstallationOptions();

  @Parameters(paramLabel = "<package folder>", description = "A sealed package.")
  Path folder = Path.of("");

  @Option(
      names = "--cases",
      required = true,
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
      description = "Where the report is written.")
  Path target = Path.of("");

  @Option(
      names = "--side",
      split = ",",
      paramLabel = "<side>",
      description = "test (default), validation or both, with a comma. Never the training side.")
  Set<String> sides = Set.of("test");

  @Option(
      names = "--traits",
      description = {
        "Look up scanner, sex, age band and site of each case in the stored images of this",
        "installation, which must be running."
      })
  boolean traits;

  @Option(
      names = "--lesions",
      split = ",",
      paramLabel = "<number>",
      description = "Numbers of the segments whose parts are counted as lesions.")
  Set<Integer> lesions = Set.of();

  @Option(
      names = "--tolerance",
      paramLabel = "<mm>",
      description = "Within which a surface is the same (default: ${DEFAULT-VALUE}).")
  double tolerance = EvaluationSettings.USUAL.toleranceMm();

  @Option(
      names = "--editor",
      paramLabel = "<URL>",
      description = "Where worst cases are opened (default: ${DEFAULT-VALUE}).")
  URI editor = URI.create("http://127.0.0.1:8080/");

  @Option(
      names = "--coarse",
      paramLabel = "<package folder>",
      description = "The package that looks for the region first, if the package names one.")
  @Nullable Path coarse;

  @Option(names = "--threads", paramLabel = "<n>", description = "Cores to use; all if left out.")
  int threads = Runtime.getRuntime().availableProcessors();

  @Override
  public Integer call() {
    try {
      evaluate();
    } catch (IllegalArgumentException | UncheckedIOException e) {
      throw new CommandFailed(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new CommandFailed("the report cannot be written to " + target, e);
    }
    return 0;
  }

  private List<CaseSource> held(ModelPackage model) {
    int channels = model.manifest().input().channels().size();
    Set<Split> wanted = sides();
    List<CaseSource> held =
        CaseFolder.read(cases, channels).stream()
            .filter(each -> wanted.contains(each.subject().split()))
            .toList();
    if (held.isEmpty()) {
      throw new CommandFailed("%s has no case of %s".formatted(cases, wanted));
    }
    return traits ? StoredTraits.lookUp(installation, held) : held;
  }

  private void evaluate() throws IOException {
    ModelPackage model = ModelPackage.load(folder);
    List<CaseSource> held = held(model);
    var settings =
        EvaluationSettings.USUAL.withLesions(new TreeSet<>(lesions)).withTolerance(tolerance);
    var run =
        new PackageEvaluation.Run(
            coarse == null ? null : ModelPackage.load(coarse), threads, settings);
    EvaluationReport report;
    try (var bar = new Progress("Evaluating", held.size(), System.out)) {
      long[] done = new long[1];
      report = PackageEvaluation.of(model, held, run, name -> bar.to(++done[0]));
    }
    Files.createDirectories(target);
    Path page = target.resolve("report.html");
    Files.write(target.resolve("report.json"), EvaluationJson.write(report));
    Files.writeString(page, ReportPage.of(report, editor));
    tell(report, page);
  }

  private static void tell(EvaluationReport report, Path page) {
    for (SegmentSummary summary : report.all().segments()) {
      String figures =
          summary.figures().entrySet().stream()
              .map(
                  each ->
                      "%s %s".formatted(each.getKey().title(), ReportPage.words(each.getValue())))
              .collect(Collectors.joining(", "));
      String label =
          report.schema().segment(summary.segmentNumber()).map(each -> each.label()).orElse("");
      System.out.println(summary.segmentNumber() + " " + label + ": " + figures);
    }
    report.leftOut().forEach((name, code) -> System.out.println("left out " + name + ": " + code));
    System.out.println(
        "%d cases of %d patients; wrote %s"
            .formatted(report.cases().size(), report.all().patients(), page));
  }

  private Set<Split> sides() {
    Set<Split> wanted = new TreeSet<>();
    for (String side : sides) {
      switch (side.strip().toLowerCase(Locale.ROOT)) {
        case "test" -> wanted.add(Split.TEST);
        case "validation" -> wanted.add(Split.VALIDATION);
        default ->
            throw new CommandFailed("--side is test, validation or both, not '" + side + "'");
      }
    }
    return wanted;
  }
}

package org.firstpass.standalone;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.firstpass.dataset.register.DatasetRegister;
import org.firstpass.dataset.split.Split;
import org.firstpass.evaluation.Bootstrap;
import org.firstpass.evaluation.CaseFolder;
import org.firstpass.evaluation.MinutesSaved;
import org.firstpass.evaluation.ReplayedCase;
import org.firstpass.evaluation.ReportPage;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.failure.FirstpassFailure;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.model.ModelPackage;
import org.firstpass.segment.LabelSchema;
import org.firstpass.stream.EventReplay;
import org.firstpass.stream.Topics;
import org.firstpass.study.PatientKey;
import org.firstpass.worker.SeriesSegmenter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a candidate over what readers decided lately. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Run a version over the cases that readers decided in the last days and say how many minutes",
      "it would have saved or cost them. Nobody is shown what it proposes, and nothing changes.",
      "Cases of erased patients, and of other segments than the version marks, are left out."
    })
final class ModelReplayCommand implements Callable<Integer> {
  private static final String NONE = "none";
  private static final long HEAP_SHARE = 2;
  private static final double MILLIS_PER_MINUTE = 60_000;

  @Mixin InstallationOptions installation = new InstallationOptions();

  @Parameters(index = "0", paramLabel = "<name>", description = "Name of the package.")
  String name = "";

  @Parameters(index = "1", paramLabel = "<version>", description = "The candidate.")
  String version = "";

  @Option(
      names = "--days",
      paramLabel = "<n>",
      description = "How far back (default: ${DEFAULT-VALUE}).")
  int days = 30;

  @Option(
      names = "--trained-on",
      required = true,
      paramLabel = "<folder>|none",
      description = {
        "The exported data set that the candidate was trained on: patients of its training side"
            + " are",
        "left out."
      })
  String trainedOn = "";

  @Mixin PackageFolders packages = new PackageFolders();

  @Option(names = "--threads", paramLabel = "<n>", description = "Cores to use; all if left out.")
  int threads = Runtime.getRuntime().availableProcessors();

  @Override
  public Integer call() {
    if (days < 1) {
      throw new CommandFailed("--days is 1 or more, not " + days);
    }
    Configuration configuration = Configuration.of(installation.existingFolder());
    ModelPackage model =
        packages
            .catalogue(configuration)
            .find(name, version)
            .orElseThrow(
                () -> new CommandFailed("no model folder has %s %s".formatted(name, version)));
    Set<PatientKey> seen = trainingPatients(model);
    Instant since = Clock.systemUTC().instant().minus(Duration.ofDays(days));
    try (var infrastructure = Infrastructure.join(configuration)) {
      List<CorrectionAccepted> decided = decided(infrastructure, since, seen);
      report(replay(infrastructure, model, decided), decided.size());
    }
    return 0;
  }

  private List<CorrectionAccepted> decided(
      Infrastructure infrastructure, Instant since, Set<PatientKey> training) {
    Set<PatientKey> seen = new HashSet<>(training);
    seen.addAll(new DatasetRegister(infrastructure.database()).erased());
    List<CorrectionAccepted> decided = new ArrayList<>();
    EventReplay.forEach(
        infrastructure.stream(),
        Topics.CORRECTIONS,
        accepted -> {
          boolean ours = accepted.modelPackage().name().equals(name);
          boolean recent = !accepted.time().isBefore(since);
          if (ours && recent && !seen.contains(accepted.input().patient())) {
            decided.add(accepted);
          }
        });
    return decided;
  }

  private List<ReplayedCase> replay(
      Infrastructure infrastructure, ModelPackage model, List<CorrectionAccepted> decided) {
    long heap = Runtime.getRuntime().maxMemory() / HEAP_SHARE;
    List<ReplayedCase> cases = new ArrayList<>();
    try (var segmenter = new SeriesSegmenter(threads, heap, new SimpleMeterRegistry());
        var bar = new Progress("Replaying", Math.max(1, decided.size()), System.out)) {
      var proposals = new ReplayedProposals(infrastructure, model, segmenter);
      for (int i = 0; i < decided.size(); i++) {
        CorrectionAccepted accepted = decided.get(i);
        try {
          requireSameSegments(model, accepted);
          cases.add(
              ReplayedCase.of(
                  accepted.input().patient(),
                  proposals.labels(accepted.acceptedLabels()),
                  proposals.labels(accepted.proposedLabels()),
                  proposals.of(accepted.input()),
                  accepted.activeMillis() / MILLIS_PER_MINUTE));
        } catch (FirstpassFailure refused) {
          System.out.println("left out a case: " + refused.code().code());
        }
        bar.to(i + 1L);
      }
    }
    return cases;
  }

  private static void requireSameSegments(ModelPackage model, CorrectionAccepted accepted) {
    LabelSchema marked = model.manifest().labels().schema();
    boolean same =
        marked.segments().size() == accepted.schema().segments().size()
            && marked.segments().stream()
                .allMatch(
                    one ->
                        accepted
                            .schema()
                            .segment(one.number())
                            .filter(other -> other.type().equals(one.type()))
                            .filter(other -> other.modifier().equals(one.modifier()))
                            .isPresent());
    if (!same) {
      throw new StudyRefused(
          ReasonCode.UNKNOWN_SEGMENT, model.label() + " marks other segments than were decided on");
    }
  }

  private void report(List<ReplayedCase> cases, int decided) {
    System.out.println(
        "%d of %d cases that were decided in the last %d days"
            .formatted(cases.size(), decided, days));
    System.out.println(
        "contour to draw per case: %.0f mm on what was served, %.0f mm on what it proposes"
            .formatted(
                cases.stream().mapToDouble(ReplayedCase::servedMm).average().orElse(Double.NaN),
                cases.stream()
                    .mapToDouble(ReplayedCase::candidateMm)
                    .average()
                    .orElse(Double.NaN)));
    MinutesSaved saved =
        MinutesSaved.of(cases, Bootstrap.USUAL)
            .orElseThrow(
                () -> new CommandFailed("these cases do not tell what drawing costs: too few"));
    if (saved.minutesPerMm() == 0) {
      System.out.println(
          "more to draw did not take these readers longer: by their minutes nothing is saved or"
              + " lost");
    }
    System.out.println(
        "minutes saved per case (below 0: lost): %s, %d patients; %.1f in all; a metre of contour takes %.2f minutes"
            .formatted(
                ReportPage.words(saved.perCase()),
                saved.perCase().patients(),
                saved.total(),
                1000 * saved.minutesPerMm()));
  }

  private Set<PatientKey> trainingPatients(ModelPackage model) {
    Set<PatientKey> patients = new HashSet<>();
    if (!trainedOn.equals(NONE)) {
      int channels = model.manifest().input().channels().size();
      try {
        CaseFolder.read(Path.of(trainedOn), channels).stream()
            .filter(each -> each.subject().split() == Split.TRAINING)
            .forEach(each -> patients.add(each.subject().patient()));
      } catch (IllegalArgumentException e) {
        throw new CommandFailed(String.valueOf(e.getMessage()), e);
      }
    }
    return patients;
  }
}

package org.firstpass.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.firstpass.event.ProposalMade;
import org.firstpass.model.ModelCatalogue;
import org.firstpass.model.ModelPackage;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * The full circle before one's eyes: images of a kind that the served model handles badly arrive, a
 * reader corrects, a candidate is trained, earns its place and serves; a worse one is refused; the
 * rollback brings the old answers back. Every step of the ML engineer is a command, and shown.
 */
final class LearningDemo {
  private static final String MODEL = "phantom-abdomen";
  private static final String LEAD = "lead";
  private static final double CANARY = 0.5;
  private static final int PROBES = 2;
  private static final Duration FOLLOWING = Duration.ofMinutes(1);

  private final Plan plan;
  private final PrintStream out;
  private final DemoSite site;
  private final LearningInput input;
  private final LearningReading reading;
  private final LearningCommands commands;
  private final ModelPackage base;

  /**
   * How large it is.
   *
   * @param patients whose images arrive before anything is learnt
   * @param later patients that come to the new version
   * @param matrix columns of an image
   * @param trainer another trainer than the reference one; null for that
   * @param steps that it trains
   * @param output where data set, reports, table and plots are left
   */
  record Plan(
      int patients, int later, int matrix, @Nullable String trainer, int steps, Path output) {}

  LearningDemo(Standalone standalone, Plan plan, Path workshop, PrintStream out) {
    this.plan = plan;
    this.out = out;
    site = new DemoSite(standalone, out);
    input = new LearningInput(workshop.resolve("phantoms"), plan.matrix());
    reading = new LearningReading(site, out);
    commands = new LearningCommands(standalone.stateRoot(), out);
    base = decisions().requireServing(MODEL);
  }

  /**
   * Writes the settings that a demonstration needs, where its commands find them too: little
   * patience, a test side that is large enough for the gate, and the same course each time.
   *
   * @param split percentages of patients for training, validation and test
   */
  static void settle(StateFolder state, String split) throws IOException {
    state.knownSecret("patients", "circle");
    state.knownSecret("split", "circle");
    Files.writeString(
        state.settings(),
        "%s=%s\n%s=1s\n%s=2s\n"
            .formatted(Keys.DATASET_SPLIT, split, Keys.MODELS_SCAN, Keys.GATEWAY_QUIET));
  }

  private ModelDecisions decisions() {
    Configuration configuration = site.standalone().configuration();
    return new ModelDecisions(
        site.standalone().infrastructure().stream(),
        ModelCatalogue.load(configuration.models()),
        Clock.systemUTC());
  }

  void run() throws IOException {
    site.login(LEAD, "Lead reader", "LEAD");
    say("1. Images of a new scanner arrive; " + base.label() + " proposes, a reader corrects");
    List<LearningReading.Read> before = reading.read(made(0, plan.patients()));

    say("2. What was accepted becomes a data set, by patient, and a candidate is trained on it");
    String candidate = minorAfter(base.manifest().version());
    Path dataset = plan.output().resolve("dataset");
    commands.run("dataset", "export", "--format", "nnunet", "--to", dataset.toString());
    train(candidate, dataset);

    say("3. Both are measured on patients that no training has seen; the gate decides");
    Path served = evaluate(base.folder(), dataset, base.manifest().version());
    Path report = evaluate(folder(candidate), dataset, candidate);
    promoteTo(candidate, report, served);
    List<LearningReading.Read> after =
        reading.read(made(plan.patients(), plan.later())).stream()
            .filter(each -> each.version().equals(candidate))
            .toList();

    say("4. A candidate that was spoilt on its way is refused");
    refuseWorse(minorAfter(candidate), folder(candidate), dataset, report);

    say("5. One command goes back, and the old answers are the same, bit for bit");
    rollBack(candidate, before);

    new LearningResult(before, after, served, report)
        .tell(plan.output().resolve("learning.html"), out);
  }

  private List<DemoStudy> made(int first, int count) throws IOException {
    try (var progress = new Progress("Making phantom studies", count, out)) {
      return input.patients(first, count, progress);
    }
  }

  private void train(String candidate, Path dataset) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "train",
                "--dataset",
                dataset.toString(),
                "--base",
                MODEL + "@" + base.manifest().version(),
                "--version",
                candidate,
                "--steps",
                Integer.toString(plan.steps())));
    String trainer = plan.trainer();
    if (trainer != null) {
      words.addAll(List.of("--with", trainer));
    }
    commands.run(words.toArray(String[]::new));
  }

  private Path folder(String version) {
    return site.standalone().configuration().state().models().resolve(MODEL).resolve(version);
  }

  private Path evaluate(Path model, Path dataset, String version) {
    Path report = plan.output().resolve("reports").resolve(version);
    commands.run(
        "evaluate",
        model.toString(),
        "--cases",
        dataset.toString(),
        "--to",
        report.toString(),
        "--editor",
        site.standalone().address().toString());
    return report.resolve("report.json");
  }

  private void promoteTo(String candidate, Path report, Path served) throws IOException {
    commands.run("model", "shadow", MODEL, candidate);
    awaitState(candidate, "shadow");
    requirePassed(promote(report, served, "--canary", Double.toString(CANARY)));
    awaitState(candidate, "canary");
    requirePassed(promote(report, served));
    awaitState(candidate, "serving");
  }

  private static void requirePassed(int status) {
    if (status != 0) {
      throw new CommandFailed("the gate did not let the candidate pass; its reasons are above");
    }
  }

  /** Signed by the lead reader, who logs in for it. */
  private int promote(Path report, Path against, String... more) throws IOException {
    Path password = Files.createTempFile(site.standalone().stateRoot(), "lead", ".password");
    try {
      Files.writeString(password, site.password(LEAD));
      List<String> words =
          new ArrayList<>(
              List.of(
                  "model",
                  "promote",
                  report.toString(),
                  "--against",
                  against.toString(),
                  "--user",
                  LEAD,
                  "--password-file",
                  password.toString()));
      words.addAll(List.of(more));
      return commands.status(words.toArray(String[]::new));
    } finally {
      Files.delete(password);
    }
  }

  private void refuseWorse(String version, Path of, Path dataset, Path against) throws IOException {
    ModelPackage worse = SpoiltPackage.of(of, version, site.standalone().configuration().state());
    decisions().register(worse.reference(), "demo");
    TrainedPackage.copy(worse, site.standalone().configuration().state().models());
    awaitState(version, "registered");
    int status = promote(evaluate(folder(version), dataset, version), against);
    if (status == 0) {
      throw new CommandFailed("the gate let a spoilt candidate pass");
    }
    awaitState(version, "registered");
  }

  private void rollBack(String candidate, List<LearningReading.Read> before) throws IOException {
    commands.run("model", "rollback", MODEL);
    awaitState(base.manifest().version(), "serving");
    awaitState(candidate, "retired");
    List<DemoStudy> probes = new ArrayList<>();
    for (int patient = 0; patient < PROBES; patient++) {
      probes.add(input.again(patient));
    }
    Map<SeriesInstanceUid, ProposalMade> made = reading.propose(probes);
    for (DemoStudy probe : probes) {
      Sha256 now = digest(made, probe);
      Sha256 then =
          before.stream()
              .map(LearningReading.Read::study)
              .filter(study -> study.name().equals(probe.name()))
              .map(study -> digest(made, study))
              .findFirst()
              .orElseThrow();
      if (!now.equals(then)) {
        throw new CommandFailed(
            probe.name() + " got labels " + now + " after the rollback, but " + then + " before");
      }
      out.println(probe.name() + ": labels " + now.hex().substring(0, 12) + " before and after");
    }
  }

  private static Sha256 digest(Map<SeriesInstanceUid, ProposalMade> made, DemoStudy study) {
    ProposalMade proposal = made.get(study.series());
    if (proposal == null) {
      throw new CommandFailed(study.name() + " got no proposal");
    }
    return proposal.labels().digest();
  }

  /** Workers follow what was decided, and tell so. */
  private void awaitState(String version, String state) {
    DemoSite.await(
        FOLLOWING,
        () -> "no worker says that %s %s is %s".formatted(MODEL, version, state),
        () -> {
          for (JsonNode each : site.get("/models")) {
            if (each.path("name").asText().equals(MODEL)
                && each.path("version").asText().equals(version)) {
              return each.path("state").asText().equals(state);
            }
          }
          return false;
        });
  }

  private static String minorAfter(String version) {
    String[] parts = version.split("[.-]");
    return parts[0] + "." + (Integer.parseInt(parts[1]) + 1) + ".0";
  }

  private void say(String what) {
    out.println();
    out.println(what);
  }
}

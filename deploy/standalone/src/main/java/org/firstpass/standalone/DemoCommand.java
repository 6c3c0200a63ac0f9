package org.firstpass.standalone;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The whole loop on made-up patients or on real scans. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Run the whole loop: send studies over DICOM, propose, read and correct, export.",
      "On made-up patients, or on your scans with --data and --model. Stays up for a look at the",
      "worklist until Ctrl-C; its state is deleted at the end.",
      "",
      "With --learn the full circle: a kind of image that the model handles badly",
      "arrives, a script corrects, a candidate is trained on that, earns its place and",
      "serves, a spoilt one is refused, and a rollback brings the old answers back.",
      "Some ten minutes on two cores."
    })
final class DemoCommand implements Callable<Integer> {
  private static final int LEFT_FOR_A_PERSON = 1;

  @Option(names = "--exit", description = "End when the table is printed.")
  boolean exit;

  @Option(
      names = "--studies",
      defaultValue = "6",
      description = "How many phantoms. Default: ${DEFAULT-VALUE}")
  int studies;

  @Option(
      names = "--data",
      paramLabel = "<folder>",
      description = "DICOM files to use instead of phantoms; --models says where their model is.")
  @Nullable Path data;

  @Option(
      names = "--model",
      paramLabel = "<package>",
      description = "Use only this package, by its name.")
  @Nullable String model;

  @ArgGroup(exclusive = false, heading = "%nThe full circle:%n")
  @Nullable Learning learning;

  /** Options of the full circle. */
  static final class Learning {
    @Option(names = "--learn", required = true, description = "Go the full circle.")
    boolean learn;

    @Option(
        names = "--patients",
        paramLabel = "<n>",
        defaultValue = "60",
        description = "Whose corrections are learnt from or kept to measure on: ${DEFAULT-VALUE}.")
    int patients;

    @Option(
        names = "--split",
        paramLabel = "<percentages>",
        defaultValue = "45,15,40",
        description = "Of patients for training, validation and test: ${DEFAULT-VALUE}.")
    String split = "";

    @Option(
        names = "--matrix",
        paramLabel = "<n>",
        defaultValue = "96",
        description = "Columns of their images: ${DEFAULT-VALUE}.")
    int matrix;

    @Option(
        names = "--steps",
        paramLabel = "<n>",
        defaultValue = "200",
        description = "How often the trainer updates the weights: ${DEFAULT-VALUE}.")
    int steps;

    @Option(
        names = "--with",
        paramLabel = "<command>",
        description = "Another trainer, as for 'firstpass train'.")
    @Nullable String trainer;

    @Option(
        names = "--to",
        paramLabel = "<folder>",
        description = "Where data set, reports, table and plots stay. Default: a new one.")
    @Nullable Path target;

    LearningDemo.Plan plan() throws IOException {
      Path output = target != null ? target : Files.createTempDirectory("firstpass-learning");
      Files.createDirectories(output);
      return new LearningDemo.Plan(
          patients, Math.max(patients / LATER, 2), matrix, trainer, steps, output);
    }

    /** Of how many patients one more comes to the new version. */
    private static final int LATER = 5;
  }

  @picocli.CommandLine.Mixin ServingOptions serving = new ServingOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintStream out = System.out;
    Path folder = Files.createTempDirectory("firstpass-demo");
    StateFolder state = StateFolder.at(folder.resolve("state"));
    Learning circle = learning;
    if (circle != null) {
      LearningDemo.settle(state, circle.split);
    }
    Configuration configuration = serving.over(Configuration.of(state)).withModel(model);
    out.println("Starting broker, database, gateway, worker and review queue ...");
    try (var standalone = Standalone.start(configuration)) {
      if (circle != null) {
        new LearningDemo(standalone, circle.plan(), folder, out).run();
      } else {
        List<DemoStudy> input = input(folder, out);
        new Demo(standalone, out).run(input, exit ? 0 : LEFT_FOR_A_PERSON);
      }
      standalone.announce(out);
      if (!exit) {
        out.println("Ctrl-C ends the demo.");
        Interruption.await(
            () -> {
              standalone.close();
              delete(folder);
            });
      }
    } finally {
      delete(folder);
    }
    return 0;
  }

  private List<DemoStudy> input(Path folder, PrintStream out) throws IOException {
    if (data != null) {
      List<DemoStudy> scans = DemoInput.scans(data);
      if (scans.isEmpty()) {
        throw new CommandFailed("there is no DICOM instance under " + data);
      }
      return scans;
    }
    try (var progress = new Progress("Making phantom studies", studies, out)) {
      return DemoInput.phantoms(studies, folder.resolve("phantoms"), progress);
    }
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (var paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      System.err.println("firstpass: cannot delete " + folder + ": " + e.getMessage());
    }
  }
}

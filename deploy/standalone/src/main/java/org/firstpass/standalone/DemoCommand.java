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
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The whole loop on made-up patients or on real scans. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Run the whole loop: send studies over DICOM, propose, read and correct, export.",
      "On made-up patients, or on your scans with --data and --model. Stays up for a look at the",
      "worklist until Ctrl-C; its state is deleted at the end."
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

  @picocli.CommandLine.Mixin ServingOptions serving = new ServingOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintStream out = System.out;
    Path folder = Files.createTempDirectory("firstpass-demo");
    Configuration configuration =
        serving.over(Configuration.of(StateFolder.at(folder.resolve("state")))).withModel(model);
    out.println("Starting broker, database, gateway, worker and review queue ...");
    try (var standalone = Standalone.start(configuration)) {
      List<DemoStudy> input = input(folder, out);
      new Demo(standalone, out).run(input, exit ? 0 : LEFT_FOR_A_PERSON);
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

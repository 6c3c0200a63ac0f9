package org.firstpass.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One target in a process of its own, under Jazzer.
 *
 * <p>Its folder holds {@code seeds}, what Jazzer found to reach new code ({@code corpus}), inputs
 * that are findings ({@code findings}), the log and the tally.
 */
final class FuzzProcess {
  private static final String ENGINE = "com.code_intelligence.jazzer.Jazzer";
  private static final String HEAP = "-Xmx768m";

  /** The heap, what the platform takes besides, and Jazzer's tables. */
  private static final int MOST_RESIDENT_MEGABYTES = 2048;

  /** An input that does not come back; the processor's time is the judge's to measure. */
  private static final int SECONDS_FOR_AN_INPUT = 60;

  private final FuzzTarget target;
  private final Path folder;
  private final Class<?> entry;

  FuzzProcess(FuzzTarget target, Path folder) {
    this(target, folder, Jazzing.class);
  }

  /**
   * @param entry what Jazzer calls
   */
  FuzzProcess(FuzzTarget target, Path folder, Class<?> entry) {
    this.target = target;
    this.folder = folder;
    this.entry = entry;
  }

  Tally tally() {
    return Tally.in(folder.resolve("tally.properties"));
  }

  /**
   * Goes on until the target has had so many inputs in all its runs.
   *
   * @return 0 if there was no finding
   */
  int run(long inputs, long seed) throws IOException, InterruptedException {
    Path seeds = Files.createDirectories(folder.resolve("seeds"));
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    Path findings = Files.createDirectories(folder.resolve("findings"));
    int number = 0;
    for (byte[] each : target.seeds()) {
      Files.write(seeds.resolve("%03d".formatted(number++)), each);
    }
    long done = tally().inputs();
    if (done >= inputs) {
      return 0;
    }
    return start(
        "-runs=" + (inputs - done),
        "-seed=" + (seed + done),
        "-artifact_prefix=" + findings + "/",
        "-dict=" + Dictionary.writeTo(folder.resolve("dictionary")),
        corpus.toString(),
        seeds.toString());
  }

  /** Runs one file again. */
  int replay(Path input) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    return start(input.toAbsolutePath().toString());
  }

  private int start(String... last) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            HEAP,
            "-XX:+UseSerialGC",
            "-XX:+EnableDynamicAgentLoading",
            // Nearly every input ends in an exception.
            "-XX:MaxJavaStackTraceDepth=32",
            "-Djava.awt.headless=true",
            // So that what is done in parallel streams counts as the thread's own.
            "-Djava.util.concurrent.ForkJoinPool.common.parallelism=0"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), ENGINE));
    command.addAll(
        List.of(
            "--target_class=" + entry.getName(),
            "--target_args=" + target.name() + " " + folder.resolve("tally.properties"),
            "--instrumentation_includes=org.firstpass.**:org.dcm4che3.**",
            "--custom_hook_includes=org.firstpass.**:org.dcm4che3.**",
            // Targets that connect to a server of their own do so on purpose.
            "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.ServerSideRequestForgery",
            "--reproducer_path=" + folder,
            "--coverage_report=" + folder.resolve("coverage.txt"),
            "-max_len=" + target.longestInput(),
            "-timeout=" + SECONDS_FOR_AN_INPUT,
            "-rss_limit_mb=" + MOST_RESIDENT_MEGABYTES,
            "-print_final_stats=1"));
    command.addAll(Arrays.asList(last));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
        .start()
        .waitFor();
  }
}

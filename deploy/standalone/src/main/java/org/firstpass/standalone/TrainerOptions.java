package org.firstpass.standalone;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.firstpass.model.ModelPackage;
import org.firstpass.standalone.TrainingRefused.Reason;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a trainer is told beside what it has to make, and how it is run. */
final class TrainerOptions {
  /** Where the launcher says that the reference trainer's jar is. */
  static final String JAR = "firstpass.trainer";

  @Option(names = "--steps", paramLabel = "<n>", description = "Updates of the weights.")
  @Nullable Integer steps;

  @Option(names = "--seed", paramLabel = "<n>", description = "Of everything that is drawn.")
  @Nullable Integer seed;

  @Option(names = "--threads", paramLabel = "<n>", description = "Cores that it may use.")
  @Nullable Integer threads;

  @Option(names = "--minutes", paramLabel = "<n>", description = "How long it may take.")
  @Nullable Double minutes;

  @Option(names = "--device", paramLabel = "<cpu|gpu>", description = "Where it computes.")
  @Nullable String device;

  /** Those that were given, as the contract has them. */
  List<String> told() {
    List<String> told = new ArrayList<>();
    add(told, "--steps", steps);
    add(told, "--seed", seed);
    add(told, "--threads", threads);
    add(told, "--minutes", minutes);
    add(told, "--device", device);
    return told;
  }

  private static void add(List<String> told, String name, @Nullable Object value) {
    if (value != null) {
      told.add(name);
      told.add(value.toString());
    }
  }

  /**
   * The whole command line of a trainer.
   *
   * @param with as a shell would run it; null for the reference trainer
   */
  List<String> command(
      @Nullable String with, TrainingFolder work, ModelPackage base, String version) {
    List<String> command = new ArrayList<>(with == null ? reference() : own(with));
    command.addAll(List.of("--dataset", work.dataset().toString()));
    command.addAll(List.of("--base", base.folder().toAbsolutePath().toString()));
    command.addAll(List.of("--out", work.output().toString()));
    command.addAll(List.of("--name", base.manifest().name()));
    command.addAll(List.of("--version", version));
    command.addAll(told());
    return command;
  }

  /** The shell gives way to the trainer, so that a signal reaches it. */
  private static List<String> own(String with) {
    return List.of("/bin/sh", "-c", "exec " + with + " \"$@\"", "trainer");
  }

  private static List<String> reference() {
    String jar = System.getProperty(JAR, "");
    if (jar.isEmpty() || !Files.isRegularFile(Path.of(jar))) {
      throw new TrainingRefused(
          Reason.TRAINER_MISSING,
          "the reference trainer is not built ("
              + (jar.isEmpty() ? JAR + " is not set" : jar)
              + "); run 'mvn -Pquick -DskipTests -pl models/training -am package', or give --with");
    }
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Dai.djl.offline=true",
        "-Djava.awt.headless=true",
        "-jar",
        jar);
  }
}

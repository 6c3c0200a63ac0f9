package org.firstpass.fuzz;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs Jazzer on one target, or on all, each in a process of its own with a small heap, until so
 * many inputs were run; a run that was stopped goes on where it stopped.
 */
public final class Fuzz {
  private static final String ALL = "all";
  private static final long USUAL_INPUTS = 100_000;

  private Fuzz() {}

  public static void main(String[] words) throws Exception {
    List<FuzzTarget> targets = words.length == 0 ? List.of() : chosen(words[0]);
    Optional<Options> options =
        Options.of(List.of(words).subList(Math.min(1, words.length), words.length));
    if (targets.isEmpty() || options.isEmpty()) {
      String names = String.join("|", Targets.ALL.stream().map(FuzzTarget::name).toList());
      System.err.println("usage: run " + names + "|all [--inputs n] [--seed s]");
      System.err.println("       run target --replay file");
      System.exit(2);
    }
    System.exit(run(targets, options.orElseThrow()));
  }

  /** What the command line says besides the target. */
  private record Options(long inputs, long seed, Optional<Path> replay) {
    static Optional<Options> of(List<String> words) {
      long inputs = USUAL_INPUTS;
      long seed = 1;
      Optional<Path> replay = Optional.empty();
      for (int i = 0; i + 1 < words.size(); i += 2) {
        String value = words.get(i + 1);
        switch (words.get(i)) {
          case "--inputs" -> inputs = Long.parseLong(value);
          case "--seed" -> seed = Long.parseLong(value);
          case "--replay" -> replay = Optional.of(Path.of(value));
          default -> {
            return Optional.empty();
          }
        }
      }
      return words.size() % 2 == 0
          ? Optional.of(new Options(inputs, seed, replay))
          : Optional.empty();
    }
  }

  private static List<FuzzTarget> chosen(String name) {
    return Targets.ALL.stream()
        .filter(target -> name.equals(ALL) || name.equals(target.name()))
        .toList();
  }

  private static int run(List<FuzzTarget> targets, Options options)
      throws IOException, InterruptedException {
    Path work = Path.of(System.getProperty("firstpass.fuzz.work", "target/work"));
    int worst = 0;
    List<String> rows = new ArrayList<>();
    for (FuzzTarget target : targets) {
      var process = new FuzzProcess(target, work.resolve(target.name()));
      int status =
          options.replay().isPresent()
              ? process.replay(options.replay().orElseThrow())
              : process.run(options.inputs(), options.seed());
      worst = Math.max(worst, status);
      rows.add(process.tally().row(target.name()));
    }
    System.out.println("| target | inputs | inputs/s | most allocated | longest | answers |");
    System.out.println("| --- | --- | --- | --- | --- | --- |");
    rows.forEach(System.out::println);
    return worst;
  }
}

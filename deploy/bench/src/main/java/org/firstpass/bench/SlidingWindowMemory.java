package org.firstpass.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.firstpass.inference.InferenceMetrics;
import org.firstpass.inference.LoadedNetwork;
import org.firstpass.model.ModelPackage;
import org.firstpass.prepare.NetworkInput;

/**
 * How much memory a sliding window takes at its peak, in a process of its own for each entrant: the
 * most that is resident while it loads the network, measures its shape and runs twice, less what
 * was resident before with the input in memory and the heap collected.
 */
final class SlidingWindowMemory implements Benchmark {
  static final String NAME = "sliding-window-memory";

  private static final String OURS = "firstpass";
  private static final String PEAK = "peak bytes:";

  /** The worker itself with a sealed package, in a process of its own. */
  static long ofOurs(Arguments arguments, Path folder) throws IOException, InterruptedException {
    return inProcess(arguments, OURS, "--package", folder.toString());
  }

  /** Bare calls in a shape, in a process of their own. */
  static long ofBare(Arguments arguments, int callers, int threads)
      throws IOException, InterruptedException {
    return inProcess(arguments, callers + "x" + threads);
  }

  /** What the process of an entrant does. */
  @Override
  public String run(Arguments arguments, Scratch scratch) throws Exception {
    Path network = SlidingWindowSetup.network(arguments);
    String entrant = Objects.requireNonNullElse(arguments.values().get("entrant"), OURS);
    NetworkInput input = SlidingWindowSetup.input(SlidingWindowSetup.large(arguments));
    Path folder = arguments.path("package").orElseGet(() -> network.resolveSibling("package"));
    var memory = new PeakMemory();
    if (entrant.equals(OURS)) {
      try (LoadedNetwork ours =
          SlidingWindowSetup.open(
              ModelPackage.load(folder),
              arguments,
              new InferenceMetrics(new SimpleMeterRegistry()))) {
        ours.run(input, slab -> {});
        ours.run(input, slab -> {});
        return PEAK + memory.beyond() + "\n";
      }
    }
    String[] shape = entrant.split("x");
    int callers = Integer.parseInt(shape[0]);
    int threads = Integer.parseInt(shape[1]);
    try (var bare =
        new BareOnnxCalls(
            network,
            SlidingWindowSetup.WINDOW,
            SlidingWindowSetup.CHANNELS,
            input.values(),
            threads)) {
      bare.seconds(4 * callers, callers);
      return PEAK + memory.beyond() + "\n";
    }
  }

  private static long inProcess(Arguments arguments, String entrant, String... more)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms64m",
                "-Xmx4g",
                "-XX:+UseG1GC",
                "-Dai.djl.offline=true",
                "-cp",
                System.getProperty("java.class.path"),
                Bench.class.getName(),
                NAME,
                "--entrant",
                entrant));
    for (Map.Entry<String, String> each : arguments.values().entrySet()) {
      command.add("--" + each.getKey());
      command.add(each.getValue());
    }
    command.addAll(List.of(more));
    String said = Program.run(command.toArray(String[]::new));
    return said.lines()
        .filter(line -> line.startsWith(PEAK))
        .map(line -> Long.parseLong(line.substring(PEAK.length())))
        .findFirst()
        .orElse(-1L);
  }
}

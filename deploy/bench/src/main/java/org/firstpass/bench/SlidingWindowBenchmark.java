package org.firstpass.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.firstpass.geometry.GridSize;
import org.firstpass.inference.InferenceMetrics;
import org.firstpass.inference.LoadedNetwork;
import org.firstpass.prepare.NetworkInput;

/**
 * A sliding window over a grid, beside the same number of bare calls of ONNX Runtime in either
 * shape, and beside PyTorch. The network takes {@code input} (N, 1, D, H, W) and answers {@code
 * logits} (N, 3, D, H, W).
 */
final class SlidingWindowBenchmark implements Benchmark {
  private static final String OURS = "Firstpass, gather, run, blend, hand over";
  private static final String MANY = "bare calls, one thread each";
  private static final String ONE = "bare calls, one with all threads";
  private static final int[] TORCH_BATCHES = {1, 4};
  private static final long MIB = 1 << 20;
  private static final int CORES = SlidingWindowSetup.CORES;

  /** The grid on which the budget's figures were first taken. */
  private static final GridSize SMALL = new GridSize(160, 160, 128);

  private static final String INTRODUCTION =
      """
      An nnU-Net-like network of 3 classes, windows of 96, overlap 0.5, Gaussian; in turns after a \
      run that warms up. Ours runs in the shape that the worker found for itself: %s. Its slabs go to \
      a sink that does nothing with them.

      """;

  @Override
  public String run(Arguments arguments, Scratch scratch) throws Exception {
    Path network = SlidingWindowSetup.network(arguments);
    NetworkInput large = SlidingWindowSetup.input(SlidingWindowSetup.large(arguments));
    var meters = new SimpleMeterRegistry();
    try (LoadedNetwork ours =
            SlidingWindowSetup.open(
                SlidingWindowSetup.seal(scratch.folder("package"), network),
                arguments,
                new InferenceMetrics(meters));
        var many = bare(network, large, 1);
        var one = bare(network, large, CORES)) {
      var text = new StringBuilder(String.format(Locale.ROOT, INTRODUCTION, ours.shape()));
      NetworkInput small = SlidingWindowSetup.input(SMALL);
      int few = ours.run(small, slab -> {}).windows();
      var contest =
          new Contest()
              .enter(OURS, round -> seconds(ours, small))
              .enter(MANY, round -> many.seconds(few, CORES))
              .enter(ONE, round -> one.seconds(few, 1));
      List<Peer> peers = peers(network, small, many, scratch);
      peers.forEach(each -> contest.enter(each.name(), each.entrant()));
      Results times = contest.run(0, arguments.number("rounds", 5));
      text.append(section(small, few, times, peers));
      text.append(stages(ours, large, meters));
      text.append(memory(arguments, ours.model().folder()));
      return text.toString();
    }
  }

  private record Peer(String name, Contest.Entrant entrant) {}

  private static BareOnnxCalls bare(Path network, NetworkInput input, int threads)
      throws Exception {
    return new BareOnnxCalls(
        network, SlidingWindowSetup.WINDOW, SlidingWindowSetup.CHANNELS, input.values(), threads);
  }

  private static List<Peer> peers(
      Path network, NetworkInput input, BareOnnxCalls bare, Scratch scratch) throws Exception {
    List<Peer> peers = new ArrayList<>();
    if (!TorchPeer.isHere()) {
      System.err.println(
          "sliding-window: no python3 with torch, onnx and numpy: no peer takes part");
      return peers;
    }
    var peer = new TorchPeer(network, input, bare, scratch);
    String who = Program.pythonHas("monai") ? "MONAI" : "plain PyTorch, MONAI's steps";
    for (int batch : TORCH_BATCHES) {
      peers.add(new Peer(who + ", batch " + batch, round -> peer.seconds(batch)));
    }
    return peers;
  }

  private static double seconds(LoadedNetwork ours, NetworkInput input) {
    long began = System.nanoTime();
    ours.run(input, slab -> {});
    return (System.nanoTime() - began) / 1e9;
  }

  private static String section(NetworkInput input, int windows, Results times, List<Peer> peers) {
    double bare = Math.min(times.of(MANY).median(), times.of(ONE).median());
    double ours = times.of(OURS).median();
    List<Budget> budgets = new ArrayList<>();
    budgets.add(share("beside the bare calls in their best shape", 1.05, ours / bare));
    if (!peers.isEmpty()) {
      double single = times.of(peers.get(0).name()).median();
      double best =
          peers.stream().mapToDouble(each -> times.of(each.name()).median()).min().orElse(single);
      budgets.add(share("beside " + peers.get(0).name(), 0.58, ours / single));
      budgets.add(share("beside the best batch of the same", 0.8, ours / best));
    }
    return String.format(
            Locale.ROOT,
            "%s voxels, %d windows, rounds: %d.%s\n\n",
            input.grid().size(),
            windows,
            times.of(OURS).count(),
            peers.isEmpty() ? " No peer: there is no python3 with torch, onnx and numpy." : "")
        + Table.ofTimes(times, MANY)
        + "\n"
        + Budget.table(budgets.toArray(Budget[]::new))
        + "\n";
  }

  private static Budget share(String what, double allowed, double measured) {
    return new Budget(
        what, "at most " + Times.ratio(allowed), Times.ratio(measured), measured <= allowed);
  }

  private static String stages(LoadedNetwork ours, NetworkInput input, SimpleMeterRegistry meters) {
    ours.run(input, slab -> {});
    var stages = new StageTable(meters);
    long began = System.nanoTime();
    int windows = ours.run(input, slab -> {}).windows();
    double seconds = (System.nanoTime() - began) / 1e9;
    return "Where it goes, "
        + input.grid().size()
        + " voxels, "
        + windows
        + " windows; seconds of all threads that do it:\n\n"
        + stages.table(windows, seconds, ours.shape().callers())
        + "\n";
  }

  private static String memory(Arguments arguments, Path folder) throws Exception {
    long ours = SlidingWindowMemory.ofOurs(arguments, folder);
    var table =
        new Table("each in a process of its own", "peak beyond the input")
            .row("Firstpass", text(ours))
            .row(MANY, text(SlidingWindowMemory.ofBare(arguments, CORES, 1)))
            .row(ONE, text(SlidingWindowMemory.ofBare(arguments, 1, CORES)));
    return table
        + "\n"
        + Budget.table(
            new Budget(
                "peak memory beyond the input",
                "at most 400 MiB",
                text(ours),
                ours >= 0 && ours <= 400 * MIB));
  }

  private static String text(long bytes) {
    return bytes < 0 ? "not told here" : bytes / MIB + " MiB";
  }
}

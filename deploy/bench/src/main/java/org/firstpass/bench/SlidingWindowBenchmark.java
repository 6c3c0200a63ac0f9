package org.firstpass.bench;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.firstpass.geometry.Axes;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Orientation;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.inference.InferenceMetrics;
import org.firstpass.inference.LoadedNetwork;
import org.firstpass.inference.PackageSealing;
import org.firstpass.model.Applicability;
import org.firstpass.model.GridSpec;
import org.firstpass.model.InputSpec;
import org.firstpass.model.IntensitySpec;
import org.firstpass.model.LabelSpec;
import org.firstpass.model.ManifestJson;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.ModelPackage;
import org.firstpass.model.OutputSpec;
import org.firstpass.model.OutsideSpec;
import org.firstpass.model.Provenance;
import org.firstpass.model.WindowSpec;
import org.firstpass.prepare.NetworkInput;
import org.firstpass.study.FrameOfReferenceUid;

/**
 * A sliding window over a grid, beside the same number of bare calls of ONNX Runtime. The network
 * takes {@code input} (N, 1, D, H, W) and answers {@code logits} (N, 3, D, H, W).
 */
final class SlidingWindowBenchmark implements Benchmark {
  private static final int WINDOW = 96;
  private static final int CHANNELS = 3;
  private static final String OURS = "Firstpass, gather, run, blend";
  private static final String BARE = "bare calls, one thread each";
  private static final long MIB = 1 << 20;
  private static final int CORES = Runtime.getRuntime().availableProcessors();

  /** The grid on which the budget's figures were first taken. */
  private static final GridSize SMALL = new GridSize(160, 160, 128);

  private static final String INTRODUCTION =
      """
      An nnU-Net-like network of 3 classes, windows of 96, overlap 0.5, Gaussian; in turns after a \
      run that warms up. Peak memory: the most that the process had resident during its first run, \
      less what it had before with network and input in memory and the heap collected.

      """;

  @Override
  public String run(Arguments arguments, Scratch scratch) throws Exception {
    Path network = network(arguments);
    ModelPackage model = seal(scratch.folder("package"), network);
    int edge = arguments.number("edge", 256);
    NetworkInput large = input(new GridSize(edge, edge, arguments.number("depth", 160)));
    var meters = new SimpleMeterRegistry();
    try (LoadedNetwork ours = LoadedNetwork.open(model, CORES, new InferenceMetrics(meters))) {
      var memory = new PeakMemory();
      int many = windows(ours, large, meters);
      long beyond = memory.beyond();
      var bareMemory = new PeakMemory();
      try (var bare = new BareOnnxCalls(network, WINDOW, CHANNELS, large.values())) {
        bare.seconds(2 * CORES, CORES);
        long bareBeyond = bareMemory.beyond();
        NetworkInput small = input(SMALL);
        int few = windows(ours, small, meters);
        int rounds = arguments.number("rounds", 5);
        var text = new StringBuilder(INTRODUCTION);
        text.append(section(small, few, contest(ours, small, bare, few, rounds)));
        text.append(
            section(large, many, contest(ours, large, bare, many, arguments.number("large", 1))));
        return text.append(memory(beyond, bareBeyond)).toString();
      }
    }
  }

  private static Results contest(
      LoadedNetwork ours, NetworkInput input, BareOnnxCalls bare, int windows, int rounds)
      throws Exception {
    return new Contest()
        .enter(OURS, round -> seconds(ours, input))
        .enter(BARE, round -> bare.seconds(windows, CORES))
        .run(0, rounds);
  }

  /** Runs once and says of how many windows, as the meter has counted them. */
  private static int windows(LoadedNetwork ours, NetworkInput input, MeterRegistry meters) {
    long before = counted(meters);
    ours.run(input);
    return (int) (counted(meters) - before);
  }

  private static long counted(MeterRegistry meters) {
    return meters.get("inference.window").tag("stage", "network").timer().count();
  }

  private static Path network(Arguments arguments) throws NotHere {
    Path network =
        arguments
            .path("network")
            .orElseThrow(() -> new NotHere("no network was given with --network <file.onnx>"));
    if (!Files.exists(network)) {
      throw new NotHere("there is no network " + network.getFileName());
    }
    return network;
  }

  private static double seconds(LoadedNetwork ours, NetworkInput input) {
    long began = System.nanoTime();
    ours.run(input);
    return (System.nanoTime() - began) / 1e9;
  }

  private static String section(NetworkInput input, int windows, Results times) {
    GridSize size = input.grid().size();
    double share = times.of(OURS).median() / times.of(BARE).median();
    return String.format(
            Locale.ROOT,
            "%d x %d x %d voxels, %d windows, rounds: %d.\n\n",
            size.columns(),
            size.rows(),
            size.slices(),
            windows,
            times.of(OURS).count())
        + Table.ofTimes(times, BARE)
        + "\n"
        + Budget.table(
            new Budget(
                "beside the bare calls", "at most 1.05 x", Times.ratio(share), share <= 1.05))
        + "\n";
  }

  private static String memory(long ours, long bare) {
    return "Of the bare calls with their tensors, the runtime's own memory takes "
        + text(bare)
        + ".\n\n"
        + Budget.table(
            new Budget(
                "peak memory beyond the larger input",
                "at most 400 MiB",
                text(ours),
                ours >= 0 && ours <= 400 * MIB));
  }

  private static String text(long bytes) {
    return bytes < 0 ? "what is not told here" : bytes / MIB + " MiB";
  }

  private static NetworkInput input(GridSize size) {
    var random = new SplittableRandom(5);
    var values = new float[size.voxels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextDouble() * 2 - 1);
    }
    var grid =
        new GridGeometry(
            new FrameOfReferenceUid("2.25.5"),
            size,
            new Vector3(0, 0, 0),
            Axes.ofPlane(new Vector3(1, 0, 0), new Vector3(0, 1, 0)),
            new Spacing(1, 1, 1));
    return new NetworkInput(grid, values);
  }

  private static ModelPackage seal(Path folder, Path network) throws Exception {
    var windows =
        new WindowSpec.Sliding(
            List.of(WINDOW, WINDOW, WINDOW), 0.5, WindowSpec.Blending.GAUSSIAN, null, 0);
    var input =
        new InputSpec(
            "input",
            List.of(new InputSpec.ChannelSpec("CT", new IntensitySpec.Raw())),
            new Orientation("SPL"),
            new GridSpec.Source(),
            new OutsideSpec.Edge(),
            null);
    var labels =
        List.of(
            new LabelSpec.LabelledChannel(
                1, SegmentationBenchmark.segment(1, "Liver", "10200004"), null),
            new LabelSpec.LabelledChannel(
                2, SegmentationBenchmark.segment(2, "Spleen", "78961009"), null));
    var draft =
        new ModelManifest(
            ModelManifest.FORMAT,
            "bench",
            "1.0.0",
            new Provenance("Benchmark", "Apache-2.0", "Benchmarks only.", null),
            new Applicability(List.of("CT"), null, null, null, null, 1),
            input,
            windows,
            new OutputSpec("logits", OutputSpec.Activation.SOFTMAX, CHANNELS, null),
            new LabelSpec("bench", 1, labels),
            Map.of(),
            null);
    Files.copy(network, folder.resolve(ModelManifest.MODEL_FILE));
    Files.write(folder.resolve(ModelPackage.MANIFEST_FILE), ManifestJson.write(draft));
    return PackageSealing.seal(folder);
  }
}

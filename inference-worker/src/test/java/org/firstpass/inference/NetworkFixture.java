package org.firstpass.inference;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Orientation;
import org.firstpass.model.Applicability;
import org.firstpass.model.FindingSpec;
import org.firstpass.model.GridSpec;
import org.firstpass.model.InputSpec;
import org.firstpass.model.IntensitySpec;
import org.firstpass.model.LabelSpec;
import org.firstpass.model.LabelSpec.LabelledChannel;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.ModelPackage;
import org.firstpass.model.OutputSpec;
import org.firstpass.model.OutputSpec.Activation;
import org.firstpass.model.OutsideSpec;
import org.firstpass.model.Provenance;
import org.firstpass.model.WindowSpec;
import org.firstpass.model.WindowSpec.Blending;
import org.firstpass.model.WindowSpec.Placement;
import org.firstpass.prepare.NetworkInput;
import org.firstpass.sample.OnnxGraph;
import org.firstpass.sample.SampleGrid;
import org.firstpass.sample.SampleManifest;
import org.firstpass.study.Sha256;
import org.jspecify.annotations.Nullable;

/** A package that is only its manifest and graphs, opened in the shape that a test asks for. */
final class NetworkFixture {
  private static final long MUCH = 1L << 40;

  private final List<OnnxGraph> graphs = new ArrayList<>();
  private WindowSpec windows = new WindowSpec.Whole(1, 0);
  private OutputSpec output = new OutputSpec(ConvolutionGraph.OUTPUT, Activation.SOFTMAX, 2, null);
  private @Nullable FindingSpec findings;
  private String inputTensor = ConvolutionGraph.INPUT;
  private int channels = 1;
  private int neighbours;
  private boolean flat;
  private ExecutionShape shape = new ExecutionShape(1, 1, 1);
  private RunLimits limits = new RunLimits(Duration.ofMinutes(10), MUCH, 0);

  NetworkFixture graph(OnnxGraph graph) {
    graphs.add(graph);
    return this;
  }

  NetworkFixture windows(WindowSpec value) {
    windows = value;
    return this;
  }

  /** Gaussian windows of one edge, or flat ones. */
  NetworkFixture sliding(
      List<Integer> patch, double overlap, Placement placement, List<Integer> mirror) {
    return windows(
        new WindowSpec.Sliding(
            patch, overlap, Blending.GAUSSIAN, null, 0.5, placement, mirror, 64, null));
  }

  NetworkFixture output(Activation activation, int count) {
    output =
        new OutputSpec(
            activation == Activation.NONE ? "" : ConvolutionGraph.OUTPUT, activation, count, null);
    return this;
  }

  /** With other names than those of {@link ConvolutionGraph}. */
  NetworkFixture tensors(String in, String out) {
    inputTensor = in;
    output = new OutputSpec(out, output.activation(), output.channels(), null);
    return this;
  }

  NetworkFixture findings(FindingSpec value) {
    findings = value;
    return this;
  }

  NetworkFixture channels(int value) {
    channels = value;
    return this;
  }

  /** A network that sees slices, and so many on each side. */
  NetworkFixture flat(int neighbouring) {
    flat = true;
    neighbours = neighbouring;
    return this;
  }

  NetworkFixture shape(int callers, int batch) {
    shape = new ExecutionShape(callers, 1, batch);
    return this;
  }

  NetworkFixture timeout(Duration value) {
    limits = new RunLimits(value, limits.blendBytes(), 0);
    return this;
  }

  /** Heap for blending before it is done in half precision. */
  NetworkFixture blendBytes(long value) {
    limits = new RunLimits(limits.timeout(), value, 0);
    return this;
  }

  ModelManifest manifest() {
    List<InputSpec.ChannelSpec> inputs = new ArrayList<>();
    for (int channel = 0; channel < channels; channel++) {
      inputs.add(
          new InputSpec.ChannelSpec(
              "C" + channel,
              new IntensitySpec.Raw(),
              channel == 0 ? null : new Applicability(List.of("MR"), null, null, null, null, 1)));
    }
    boolean standsAlone = output.activation().standsAlone();
    List<LabelledChannel> labels = new ArrayList<>();
    for (int channel = standsAlone ? 0 : 1; channel < output.channels(); channel++) {
      int number = standsAlone ? channel + 1 : channel;
      labels.add(new LabelledChannel(channel, SampleManifest.segment(number), null));
    }
    List<String> networks = new ArrayList<>();
    for (int network = 0; graphs.size() > 1 && network < graphs.size(); network++) {
      networks.add(file(network));
    }
    return new ModelManifest(
        ModelManifest.FORMAT,
        "fixture",
        "1.0.0",
        new Provenance("A fixture", "Apache-2.0", "Tests only.", null),
        new Applicability(List.of("CT"), null, null, null, null, 1),
        new InputSpec(
            inputTensor,
            inputs,
            new Orientation("SPL"),
            null,
            new GridSpec.Source(),
            new OutsideSpec.Edge(),
            null,
            null,
            null,
            flat ? 2 : 3,
            flat ? neighbours : null),
        windows,
        output,
        new LabelSpec("fixture-labels", 1, labels),
        findings,
        networks,
        null,
        null,
        Map.of(),
        null);
  }

  LoadedNetwork open(Path folder) {
    return open(folder, new InferenceMetrics(new SimpleMeterRegistry()));
  }

  LoadedNetwork open(Path folder, InferenceMetrics metrics) {
    List<Path> files = new ArrayList<>();
    for (int network = 0; network < graphs.size(); network++) {
      String file = graphs.size() == 1 ? ModelManifest.MODEL_FILE : file(network);
      files.add(graphs.get(network).write(folder.resolve(file)));
    }
    return open(files, metrics);
  }

  /** With graphs that lie somewhere already. */
  LoadedNetwork open(List<Path> files) {
    return open(files, new InferenceMetrics(new SimpleMeterRegistry()));
  }

  private LoadedNetwork open(List<Path> files, InferenceMetrics metrics) {
    ModelManifest manifest = manifest();
    List<NetworkSession> sessions =
        files.stream().map(file -> NetworkSession.open(file, 1, true)).toList();
    Path folder = files.get(0).toAbsolutePath().getParent();
    return new LoadedNetwork(
        new ModelPackage(folder, manifest, Sha256.of(new byte[0])),
        LoadedGraphs.of(manifest, sessions, shape, Device.CPU),
        limits,
        CostModel.inMemory(),
        metrics);
  }

  /** Seeded values between 0 and 1, all channels. */
  static NetworkInput noise(GridSize size, int channels, long seed) {
    var random = new Random(seed);
    List<float[]> values = new ArrayList<>();
    for (int channel = 0; channel < channels; channel++) {
      var each = new float[size.voxels()];
      for (int i = 0; i < each.length; i++) {
        each[i] = random.nextFloat();
      }
      values.add(each);
    }
    return new NetworkInput(SampleGrid.of(new Orientation("SPL"), size), values);
  }

  private static String file(int network) {
    return "fold-" + network + ".onnx";
  }
}

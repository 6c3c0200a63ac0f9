package org.firstpass.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Orientation;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.NpyArray;
import org.firstpass.model.OutputSpec.Activation;
import org.firstpass.model.WindowSpec;
import org.firstpass.model.WindowSpec.Placement;
import org.firstpass.prepare.NetworkInput;
import org.firstpass.prepare.NetworkOutput;
import org.firstpass.sample.OnnxGraph;
import org.firstpass.sample.SampleGrid;
import org.firstpass.sample.SharedData;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * nnU-Net's windows, weights and mirror images against {@code nnunet_reference.py}, which does the
 * same with ONNX Runtime, NumPy and SciPy and shares no code with us.
 *
 * <p>{@code nnunet-expected.npy.gz} was made by it once: the graph is {@code ConvolutionGraph(1, 3,
 * false, 61)}, the input that of {@link #scattered} with 11 x 12 x 17 voxels (D, H, W), the patch
 * 8,10,12, the step 0.5, the mirror axes 0,1,2; onnxruntime 1.30.0, NumPy 2.4.6, SciPy 1.17.1.
 */
final class NnUnetReferenceTest {
  private static final double TOLERANCE = 1e-5;
  private static final GridSize SIZE = new GridSize(17, 12, 11);
  private static final List<Integer> PATCH = List.of(8, 10, 12);
  private static final ConvolutionGraph NETWORK = new ConvolutionGraph(1, 3, false, 61);

  @TempDir private Path folder;

  @Test
  void theCommittedReferenceIsReproduced() throws IOException {
    Path expected = copied("nnunet-expected.npy.gz");
    NetworkInput input = input(SIZE, scattered(SIZE.voxels()));
    NetworkOutput output = run(NETWORK.graph(), PATCH, List.of(0, 1, 2), input);
    assertEquals(List.of(3, 11, 12, 17), NpyArray.read(expected).shape());
    new Comparison(NpyArray.read(expected), output).requireWithin(TOLERANCE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "17;12;11;8,10,12;0,1,2",
        "17;12;11;8,10,12;none",
        "30;9;25;8,10,12;0,2",
        "9;7;3;8,10,12;0,1,2",
        "40;33;16;16,16,16;1"
      })
  void anyGridIsDoneAsTheReferenceDoesItHere(
      int columns, int rows, int slices, String patch, String mirror) throws Exception {
    requirePython();
    var size = new GridSize(columns, rows, slices);
    NetworkInput input = input(size, scattered(size.voxels()));
    List<Integer> axes =
        mirror.equals("none")
            ? List.of()
            : List.of(mirror.split(",")).stream().map(Integer::valueOf).toList();
    List<Integer> edges = List.of(patch.split(",")).stream().map(Integer::valueOf).toList();
    NetworkOutput output = run(NETWORK.graph(), edges, axes, input);
    Path graph = folder.resolve(ModelManifest.MODEL_FILE);
    new Comparison(reference(graph, input, patch, mirror), output).requireWithin(TOLERANCE);
  }

  @Test
  void aUnetIsDoneAsTheReferenceDoesIt() throws Exception {
    requirePython();
    Path graph = SharedData.parity("unet_nnlike.onnx");
    var size = new GridSize(70, 48, 56);
    NpyArray volume = NpyArray.read(SharedData.parity("volume_160x160x128.npy.gz"));
    NetworkInput input = input(size, middle(volume, size));
    NetworkFixture fixture = fixture(List.of(48, 48, 48), List.of(1, 2));
    NetworkOutput output;
    try (LoadedNetwork network = fixture.tensors("input", "logits").open(List.of(graph))) {
      output = network.run(input);
    }
    new Comparison(reference(graph, input, "48,48,48", "1,2"), output).requireWithin(1e-4);
  }

  private NetworkOutput run(
      OnnxGraph graph, List<Integer> patch, List<Integer> mirror, NetworkInput input) {
    try (LoadedNetwork network = fixture(patch, mirror).graph(graph).open(folder)) {
      return network.run(input);
    }
  }

  private static NetworkFixture fixture(List<Integer> patch, List<Integer> mirror) {
    var windows =
        new WindowSpec.Sliding(
            patch,
            0.5,
            WindowSpec.Blending.GAUSSIAN,
            null,
            0,
            Placement.NNUNET,
            mirror,
            null,
            null);
    return new NetworkFixture().output(Activation.SOFTMAX, 3).windows(windows).shape(2, 1);
  }

  private NpyArray reference(Path graph, NetworkInput input, String patch, String mirror)
      throws Exception {
    GridSize size = input.grid().size();
    Path source = folder.resolve("input.npy");
    Path target = folder.resolve("output.npy");
    new NpyArray(List.of(1, size.slices(), size.rows(), size.columns()), input.values())
        .write(source);
    python(
        copied("nnunet_reference.py").toString(),
        graph.toString(),
        source.toString(),
        target.toString(),
        patch,
        "0.5",
        mirror);
    return NpyArray.read(target);
  }

  private void requirePython() throws Exception {
    boolean there;
    try {
      python("-c", "import numpy, scipy, onnxruntime");
      there = true;
    } catch (IOException e) {
      there = false;
    }
    // No distribution packages ONNX Runtime for Python, so this is not asked of any machine.
    Assumptions.assumeTrue(
        there, "skipped: no python3 with numpy, scipy and onnxruntime to compare with");
  }

  private void python(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("python3"));
    command.addAll(List.of(arguments));
    Path log = folder.resolve("python.log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    boolean ended = process.waitFor(5, TimeUnit.MINUTES);
    if (!ended) {
      process.destroyForcibly();
    }
    if (!ended || process.exitValue() != 0) {
      throw new IOException("python3 failed: " + Files.readString(log, StandardCharsets.UTF_8));
    }
  }

  private Path copied(String resource) throws IOException {
    Path file = folder.resolve(resource);
    try (InputStream in = NnUnetReferenceTest.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("no resource " + resource);
      }
      Files.write(file, in.readAllBytes());
    }
    return file;
  }

  private static NetworkInput input(GridSize size, float[] values) {
    return new NetworkInput(SampleGrid.of(new Orientation("SPL"), size), values);
  }

  /** Values between 0 and 1 without any order, by Knuth's multiplicative hash of their place. */
  private static float[] scattered(int count) {
    var values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (i * 2_654_435_761L & 0xffff_ffffL) / (float) (1L << 32);
    }
    return values;
  }

  private static float[] middle(NpyArray volume, GridSize size) {
    List<Integer> shape = volume.shape();
    var whole = new GridSize(shape.get(2), shape.get(1), shape.get(0));
    var values = new float[size.voxels()];
    for (int slice = 0; slice < size.slices(); slice++) {
      for (int row = 0; row < size.rows(); row++) {
        int from =
            whole.index(
                (whole.columns() - size.columns()) / 2,
                (whole.rows() - size.rows()) / 2 + row,
                (whole.slices() - size.slices()) / 2 + slice);
        System.arraycopy(volume.values(), from, values, size.index(0, row, slice), size.columns());
      }
    }
    return values;
  }
}

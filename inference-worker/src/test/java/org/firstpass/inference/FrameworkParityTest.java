package org.firstpass.inference;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Orientation;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.NpyArray;
import org.firstpass.model.OutputSpec.Activation;
import org.firstpass.model.WindowSpec;
import org.firstpass.model.WindowSpec.Blending;
import org.firstpass.prepare.NetworkInput;
import org.firstpass.prepare.NetworkOutput;
import org.firstpass.prepare.SegmentChoice;
import org.firstpass.sample.SampleGrid;
import org.firstpass.sample.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same network over the same volume answers what MONAI's sliding_window_inference answered, and
 * over one window what PyTorch did. References were rounded to float16.
 */
final class FrameworkParityTest {
  private static final double LARGEST_DIFFERENCE = 1e-3;
  private static final double SMALLEST_AGREEMENT = 0.9999;

  private static final List<Integer> CUBE = List.of(96, 96, 96);

  @Test
  void slidingWindowsAnswerWhatMonaiAnswered() throws IOException {
    NpyArray volume = NpyArray.read(SharedData.parity("volume_160x160x128.npy.gz"));
    NpyArray logits = NpyArray.read(SharedData.parity("ref_unet_nnlike_logits.npy.gz"));
    NpyArray labels = NpyArray.read(SharedData.parity("ref_unet_nnlike_labels.npy.gz"));
    NetworkFixture fixture =
        fixture().windows(new WindowSpec.Sliding(CUBE, 0.5, Blending.GAUSSIAN, null, 0));
    // Axes 0, 1, 2 of the fixture are D, H, W.
    NetworkInput input = input(new GridSize(128, 160, 160), volume.values());
    Path graph = SharedData.parity("unet_nnlike.onnx");
    NetworkOutput output;
    try (LoadedNetwork network = fixture.shape(2, 1).open(List.of(graph))) {
      output = network.run(input);
    }
    new Comparison(logits, output).requireWithin(LARGEST_DIFFERENCE);
    short[] found = SegmentChoice.of(fixture.manifest()).onGridOf(output);
    int equal = 0;
    for (int i = 0; i < found.length; i++) {
      equal += labels.values()[i] == found[i] ? 1 : 0;
    }
    double agreement = (double) equal / found.length;
    assertTrue(agreement >= SMALLEST_AGREEMENT, "labels agree on " + agreement);
  }

  @ParameterizedTest
  @ValueSource(strings = {"unet_nnlike", "unet_monai"})
  void oneWindowAnswersWhatPyTorchAnswered(String name) throws IOException {
    NpyArray window = NpyArray.read(SharedData.parity("window_96_in.npy.gz"));
    NpyArray logits = NpyArray.read(SharedData.parity("window_96_" + name + "_logits.npy.gz"));
    NetworkFixture fixture =
        fixture().windows(new WindowSpec.Sliding(CUBE, 0.5, Blending.GAUSSIAN, null, 0));
    Path graph = SharedData.parity(name + ".onnx");
    try (LoadedNetwork network = fixture.open(List.of(graph))) {
      NetworkOutput output = network.run(input(new GridSize(96, 96, 96), window.values()));
      new Comparison(logits, output).requireWithin(LARGEST_DIFFERENCE);
    }
  }

  @Test
  void aWholeVolumeIsTheWeightedMeanOfItsWindows() throws IOException {
    NpyArray volume = NpyArray.read(SharedData.parity("volume_160x160x128.npy.gz"));
    Path graph = SharedData.parity("unet_monai.onnx");
    NetworkInput input = input(new GridSize(128, 160, 160), volume.values());
    NetworkFixture fixture =
        fixture().windows(new WindowSpec.Sliding(CUBE, 0.5, Blending.GAUSSIAN, null, 0));
    NetworkOutput output;
    try (LoadedNetwork network = fixture.shape(2, 1).open(List.of(graph))) {
      output = network.run(input);
    }
    NpyArray reference = monai(graph, fixture.manifest(), input);
    new Comparison(reference, output).requireWithin(1e-5);
  }

  /** MONAI's definition over bare calls of the runtime: starts by hand, weights as it has them. */
  private static NpyArray monai(Path graph, ModelManifest manifest, NetworkInput input) {
    GridSize size = input.grid().size();
    var window = new GridSize(96, 96, 96);
    var sums = new double[3 * size.voxels()];
    var weights = new double[size.voxels()];
    var plain = new float[window.voxels()];
    var answer = new float[3 * window.voxels()];
    try (NetworkSession session = NetworkSession.open(graph, 2, false);
        var call = new NetworkCall(session, manifest, window)) {
      for (int slice : new int[] {0, 48, 64}) {
        for (int row : new int[] {0, 48, 64}) {
          for (int column : new int[] {0, 32}) {
            for (int at = 0; at < plain.length; at++) {
              plain[at] = input.values()[place(at, column, row, slice, size)];
            }
            call.input().put(0, plain);
            call.run();
            call.readOutput(0, answer, answer.length);
            for (int at = 0; at < plain.length; at++) {
              int to = place(at, column, row, slice, size);
              double weight = Math.max(1e-3, bell(at % 96) * bell(at / 96 % 96) * bell(at / 9216));
              weights[to] += weight;
              for (int channel = 0; channel < 3; channel++) {
                sums[channel * size.voxels() + to] += weight * answer[channel * plain.length + at];
              }
            }
          }
        }
      }
    }
    var mean = new float[sums.length];
    for (int at = 0; at < mean.length; at++) {
      mean[at] = (float) (sums[at] / weights[at % size.voxels()]);
    }
    return new NpyArray(List.of(3, size.slices(), size.rows(), size.columns()), mean);
  }

  private static int place(int at, int column, int row, int slice, GridSize size) {
    return size.index(column + at % 96, row + at / 96 % 96, slice + at / 9216);
  }

  private static double bell(int at) {
    double x = at - 47.5;
    return Math.exp(-x * x / (2 * 12.0 * 12.0));
  }

  private static NetworkFixture fixture() {
    return new NetworkFixture().output(Activation.SOFTMAX, 3).tensors("input", "logits");
  }

  private static NetworkInput input(GridSize size, float[] values) {
    return new NetworkInput(SampleGrid.of(new Orientation("SPL"), size), values);
  }
}

package org.firstpass.inference;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Orientation;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.ModelPackage;
import org.firstpass.model.NpyArray;
import org.firstpass.model.OutputSpec.Activation;
import org.firstpass.prepare.NetworkInput;
import org.firstpass.prepare.NetworkOutput;
import org.firstpass.prepare.SegmentChoice;
import org.firstpass.sample.SampleGrid;
import org.firstpass.sample.SampleManifest;
import org.firstpass.sample.SamplePackage;
import org.firstpass.sample.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same network over the same volume answers what MONAI's sliding_window_inference answered. */
final class FrameworkParityTest {
  private static final double LARGEST_DIFFERENCE = 1e-3;
  private static final double SMALLEST_AGREEMENT = 0.9999;

  @TempDir private Path folder;

  @Test
  void slidingWindowsAnswerWhatMonaiAnswered() throws IOException {
    NpyArray volume = NpyArray.read(SharedData.parity("volume_160x160x128.npy.gz"));
    NpyArray logits = NpyArray.read(SharedData.parity("ref_unet_nnlike_logits.npy.gz"));
    NpyArray labels = NpyArray.read(SharedData.parity("ref_unet_nnlike_labels.npy.gz"));
    ModelManifest draft =
        new SampleManifest()
            .input("input")
            .output(Activation.SOFTMAX, 3)
            .segments(2)
            .sliding(96, 0.5)
            .draft();
    ModelPackage model = SamplePackage.seal(folder, draft, SharedData.parity("unet_nnlike.onnx"));
    // Axes 0, 1, 2 of the fixture are D, H, W.
    var size = new GridSize(volume.shape().get(2), volume.shape().get(1), volume.shape().get(0));
    var input = new NetworkInput(SampleGrid.of(new Orientation("SPL"), size), volume.values());
    int cores = Runtime.getRuntime().availableProcessors();
    NetworkOutput output;
    try (LoadedNetwork network =
        LoadedNetwork.open(model, cores, new InferenceMetrics(new SimpleMeterRegistry()))) {
      output = network.run(input);
    }
    assertTrue(
        largestRelativeDifference(logits, output) <= LARGEST_DIFFERENCE,
        "logits differ by " + largestRelativeDifference(logits, output) + " of their range");
    double agreement = agreement(labels, SegmentChoice.of(draft).onGridOf(output));
    assertTrue(agreement >= SMALLEST_AGREEMENT, "labels agree on " + agreement);
  }

  /** The reference was rounded to float16, which is half a thousandth of each value at most. */
  private static double largestRelativeDifference(NpyArray expected, NetworkOutput output) {
    double largest = 0;
    double minimum = Double.POSITIVE_INFINITY;
    double maximum = Double.NEGATIVE_INFINITY;
    int perChannel = output.grid().size().voxels();
    for (int i = 0; i < expected.values().length; i++) {
      float found = output.channel(i / perChannel)[i % perChannel];
      float wanted = expected.values()[i];
      largest = Math.max(largest, Math.abs((double) wanted - found));
      minimum = Math.min(minimum, wanted);
      maximum = Math.max(maximum, wanted);
    }
    return largest / (maximum - minimum);
  }

  private static double agreement(NpyArray expected, short[] found) {
    int equal = 0;
    for (int i = 0; i < found.length; i++) {
      equal += expected.values()[i] == found[i] ? 1 : 0;
    }
    return (double) equal / found.length;
  }
}

package org.firstpass.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.firstpass.geometry.Axes;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Orientation;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.inference.CostModel;
import org.firstpass.inference.Device;
import org.firstpass.inference.ExecutionSettings;
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

/** The package and the grids over which windows slide, the same for every entrant. */
final class SlidingWindowSetup {
  static final int WINDOW = 96;
  static final int CHANNELS = 3;
  static final int CORES = Runtime.getRuntime().availableProcessors();

  private static final long MIB = 1 << 20;

  private SlidingWindowSetup() {}

  /** The network that the arguments name. */
  static Path network(Arguments arguments) throws NotHere {
    Path network =
        arguments
            .path("network")
            .orElseThrow(() -> new NotHere("no network was given with --network <file.onnx>"));
    if (!Files.exists(network)) {
      throw new NotHere("there is no network " + network.getFileName());
    }
    return network;
  }

  /** Loads it in the shape that the worker finds for itself. */
  static LoadedNetwork open(ModelPackage model, Arguments arguments, InferenceMetrics metrics) {
    var settings =
        new ExecutionSettings(
            List.of(Device.CPU),
            CORES,
            Duration.ofHours(1),
            arguments.number("native-mib", 0) * MIB);
    return LoadedNetwork.open(model, settings, CostModel.inMemory(), metrics);
  }

  /** The larger grid: 256 x 256 x 160 unless the arguments have another. */
  static GridSize large(Arguments arguments) {
    int edge = arguments.number("edge", 256);
    return new GridSize(edge, edge, arguments.number("depth", 160));
  }

  static NetworkInput input(GridSize size) {
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

  static ModelPackage seal(Path folder, Path network) throws IOException {
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

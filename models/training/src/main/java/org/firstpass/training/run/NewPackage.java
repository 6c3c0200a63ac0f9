package org.firstpass.training.run;

import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.firstpass.inference.PackageSealing;
import org.firstpass.model.Applicability;
import org.firstpass.model.GoldenCase;
import org.firstpass.model.GridSpec;
import org.firstpass.model.InputSpec;
import org.firstpass.model.InputSpec.ChannelSpec;
import org.firstpass.model.IntensitySpec;
import org.firstpass.model.LabelSpec;
import org.firstpass.model.LabelSpec.LabelledChannel;
import org.firstpass.model.ManifestJson;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.ModelPackage;
import org.firstpass.model.NpyArray;
import org.firstpass.model.OutputSpec;
import org.firstpass.model.OutsideSpec;
import org.firstpass.model.Provenance;
import org.firstpass.model.WindowSpec;
import org.firstpass.study.Sha256;
import org.firstpass.training.data.Fingerprint;
import org.firstpass.training.data.TrainingSet;
import org.firstpass.training.graph.ResidualUNet;
import org.firstpass.training.graph.TrainableGraph;

/** A package that was never trained, for the segments and images of a data set. */
final class NewPackage {
  static final List<Integer> WIDTHS = List.of(16, 32, 64, 96);

  /** Voxels that the longest side of the usual case has on the network's grid, at most. */
  private static final int LONGEST = 128;

  /** Voxels of a window along an axis, at most. */
  private static final int WINDOW = 64;

  private static final int LEAST_SLICES = 8;

  private final TrainingSet set;
  private final Fingerprint found;
  private final List<Double> spacing;
  private final List<long[]> strides;

  private NewPackage(TrainingSet set) {
    this.set = set;
    this.found = Fingerprint.of(set);
    double coarsest =
        found.extent().stream().mapToDouble(Double::doubleValue).max().orElse(1) / LONGEST;
    this.spacing = found.spacing().stream().map(each -> Math.max(each, coarsest)).toList();
    this.strides = strides(spacing);
  }

  /**
   * Each level halves the axes along which voxels are not more than twice as long as the shortest.
   */
  private static List<long[]> strides(List<Double> spacing) {
    double[] now = spacing.stream().mapToDouble(Double::doubleValue).toArray();
    List<long[]> strides = new ArrayList<>(List.of(new long[] {1, 1, 1}));
    while (strides.size() < WIDTHS.size()) {
      double shortest = Arrays.stream(now).min().orElse(1);
      var stride = new long[now.length];
      for (int axis = 0; axis < now.length; axis++) {
        stride[axis] = now[axis] < 2 * shortest ? 2 : 1;
        now[axis] *= stride[axis];
      }
      strides.add(stride);
    }
    return strides;
  }

  /**
   * Writes the package and reads it as one to train on.
   *
   * @param folder where it is put, to be written over
   */
  static BasePackage write(TrainingSet set, TrainingSettings settings, Path folder)
      throws IOException {
    return new NewPackage(set).write(settings, folder);
  }

  private BasePackage write(TrainingSettings settings, Path folder) throws IOException {
    int classes = set.numbers().size() + 1;
    byte[] onnx = ResidualUNet.onnx(WIDTHS, strides, classes, settings.seed());
    var graph = TrainableGraph.read(onnx, name -> false);
    PackageWriting.delete(folder);
    Files.createDirectories(folder.resolve("golden"));
    Files.write(
        folder.resolve(ModelManifest.MODEL_FILE),
        graph.withValues(graph.initialValues(), Map.of()));
    ModelManifest manifest = manifest(settings, classes);
    NpyArray golden = golden(manifest.goldenCase().orElseThrow(), graph, classes, folder);
    Files.write(folder.resolve(ModelPackage.MANIFEST_FILE), ManifestJson.write(manifest));
    return new BasePackage(PackageSealing.seal(folder), graph, golden);
  }

  /** A small piece of noise, and what PyTorch says to it: no image of anybody is in a package. */
  private NpyArray golden(GoldenCase golden, TrainableGraph graph, int classes, Path folder)
      throws IOException {
    List<Integer> shape = List.of(1, 1, 32, 32, 32);
    var values = new float[32 * 32 * 32];
    var random = new Random(7);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    var input = new NpyArray(shape, values);
    input.write(folder.resolve(golden.input()));
    try (var network =
        new Optimisation(graph, classes, Weights.initial(graph.initialValues()), false)) {
      float[] answer = network.forward(values, new Shape(1, 1, 32, 32, 32));
      new NpyArray(List.of(1, classes, 32, 32, 32), answer).write(folder.resolve(golden.output()));
    }
    return input;
  }

  private ModelManifest manifest(TrainingSettings settings, int classes) {
    return new ModelManifest(
        ModelManifest.FORMAT,
        settings.name(),
        settings.version(),
        new Provenance(
            set.schema().name(), "NOASSERTION", "Proposals for review by a radiologist.", null),
        new Applicability(List.of(set.modality()), null, true, null, null, LEAST_SLICES),
        new InputSpec(
            ResidualUNet.INPUT,
            List.of(new ChannelSpec(set.modality(), intensity())),
            Fingerprint.ORIENTATION,
            new GridSpec.Spaced(spacing),
            new OutsideSpec.Edge(),
            null),
        new WindowSpec.Sliding(window(), 0.5, WindowSpec.Blending.GAUSSIAN, null, padding()),
        new OutputSpec(ResidualUNet.OUTPUT, OutputSpec.Activation.SOFTMAX, classes, null),
        labels(),
        Map.of(ModelManifest.MODEL_FILE, Sha256.of(new byte[0])),
        PackageWriting.GOLDEN);
  }

  /** By the whole data set's values where they have a unit, else by each image's own. */
  private IntensitySpec intensity() {
    return isCt()
        ? new IntensitySpec.ZScore(found.mean(), found.deviation(), found.low(), found.high())
        : new IntensitySpec.ZScore(null, null, null, null);
  }

  private boolean isCt() {
    return set.modality().equals("CT");
  }

  private double padding() {
    return isCt() ? (found.low() - found.mean()) / found.deviation() : 0;
  }

  /** No longer than the usual case, in multiples of what the coarsest level halves. */
  private List<Integer> window() {
    List<Integer> window = new ArrayList<>();
    for (int axis = 0; axis < spacing.size(); axis++) {
      int which = axis;
      int multiple =
          (int) strides.stream().mapToLong(each -> each[which]).reduce(1, (a, b) -> a * b);
      int usual = (int) Math.ceil(found.extent().get(axis) / spacing.get(axis));
      window.add(Math.min(WINDOW, (usual + multiple - 1) / multiple * multiple));
    }
    return window;
  }

  private LabelSpec labels() {
    List<LabelledChannel> channels = new ArrayList<>();
    set.numbers().entrySet().stream()
        .sorted(Comparator.comparingInt(Map.Entry::getKey))
        .forEach(
            entry ->
                channels.add(
                    new LabelledChannel(
                        entry.getKey(),
                        set.schema().segment(entry.getValue()).orElseThrow(),
                        null)));
    return new LabelSpec(set.schema().name(), set.schema().version(), channels);
  }
}

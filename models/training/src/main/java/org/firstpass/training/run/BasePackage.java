package org.firstpass.training.run;

import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.geometry.GridSize;
import org.firstpass.model.CropSpec;
import org.firstpass.model.GoldenCase;
import org.firstpass.model.GridSpec;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.ModelPackage;
import org.firstpass.model.NpyArray;
import org.firstpass.model.OutputSpec;
import org.firstpass.model.WindowSpec;
import org.firstpass.training.graph.TrainableGraph;

/** The package that a training begins with: its manifest, graph and golden case. */
record BasePackage(ModelPackage model, TrainableGraph graph, NpyArray golden) {
  /** Voxels of a window, at most: what two cores and a few gigabytes can take. */
  private static final int LARGEST_WINDOW = 96 * 96 * 96;

  private static final int MULTIPLE = 16;

  /**
   * Reads a package that can be trained.
   *
   * @throws Defect NETWORK_NOT_TRAINABLE naming what stands in the way
   */
  static BasePackage read(ModelPackage model, Predicate<String> frozen) {
    ModelManifest manifest = model.manifest();
    require(manifest.networkFiles().size() == 1, "an ensemble is trained graph by graph");
    require(manifest.findings() == null, "a classification head is not trained");
    require(!manifest.input().seesSlices(), "networks of slices are not trained");
    require(manifest.input().channels().size() == 1, "data sets have one channel");
    require(
        !(manifest.input().crop() instanceof CropSpec.Coarse),
        "a network that needs another one's region is not trained");
    require(
        manifest.output().activation() == OutputSpec.Activation.SOFTMAX,
        "networks with the output "
            + manifest.output().activation()
            + " are not trained, only SOFTMAX");
    try {
      var graph = TrainableGraph.read(Files.readAllBytes(model.modelFile()), frozen);
      GoldenCase golden = manifest.goldenCase().orElseThrow();
      return new BasePackage(model, graph, NpyArray.read(model.folder().resolve(golden.input())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new Defect(ReasonCode.NETWORK_NOT_TRAINABLE, otherwise);
    }
  }

  ModelManifest manifest() {
    return model.manifest();
  }

  int classes() {
    return manifest().output().channels();
  }

  /**
   * The size of windows in training: what the graph fixes, else as in use, made smaller along the
   * longest axis while it is too large to be trained.
   */
  GridSize window() {
    return graph
        .fixedSize()
        .map(
            fixed ->
                new GridSize(
                    fixed.get(2).intValue(), fixed.get(1).intValue(), fixed.get(0).intValue()))
        .orElseGet(this::usualWindow);
  }

  private GridSize usualWindow() {
    List<Integer> patch = List.of(MULTIPLE * 6, MULTIPLE * 6, MULTIPLE * 6);
    if (manifest().windows() instanceof WindowSpec.Sliding sliding) {
      patch = sliding.patch();
    } else if (manifest().input().grid() instanceof GridSpec.Box box) {
      patch = box.size();
    } else if (manifest().input().grid() instanceof GridSpec.Conformed conformed) {
      patch = conformed.size();
    }
    int[] size = patch.stream().mapToInt(Integer::intValue).toArray();
    while ((long) size[0] * size[1] * size[2] > LARGEST_WINDOW) {
      int longest = size[0] >= size[1] && size[0] >= size[2] ? 0 : size[1] >= size[2] ? 1 : 2;
      size[longest] = (size[longest] - 1) / MULTIPLE * MULTIPLE;
    }
    return new GridSize(size[2], size[1], size[0]);
  }

  /** What the network as trained so far answers to the golden input. */
  NpyArray answer(Optimisation network) {
    long[] axes = golden.shape().stream().mapToLong(Integer::longValue).toArray();
    float[] values = network.forward(golden.values(), new Shape(axes));
    axes[1] = classes();
    return new NpyArray(
        java.util.Arrays.stream(axes).mapToObj(axis -> (int) axis).toList(), values);
  }

  /**
   * Checks that PyTorch gives the golden answer, before anything is learnt.
   *
   * @return the largest difference as a share of the answer's range
   * @throws Defect NETWORK_NOT_TRAINABLE if it differs by more than the package's tolerance
   */
  double requireGoldenAnswer(Optimisation network) throws IOException {
    GoldenCase golden = manifest().goldenCase().orElseThrow();
    float[] expected = NpyArray.read(model.folder().resolve(golden.output())).values();
    float[] found = answer(network).values();
    double largest = 0;
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i] - found[i]));
      low = Math.min(low, expected[i]);
      high = Math.max(high, expected[i]);
    }
    double share = largest / (high - low);
    require(
        expected.length == found.length && share <= golden.tolerance(),
        String.format(
            Locale.ROOT,
            "PyTorch's answer to the golden case differs by %.2e of its range, tolerance %.0e",
            share,
            golden.tolerance()));
    return share;
  }
}

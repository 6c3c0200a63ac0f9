package org.firstpass.worker;

import java.nio.file.Path;
import java.util.List;
import org.firstpass.model.Applicability;
import org.firstpass.model.CropSpec;
import org.firstpass.model.FindingSpec;
import org.firstpass.model.InputSpec;
import org.firstpass.model.InputSpec.ChannelSpec;
import org.firstpass.model.IntensitySpec;
import org.firstpass.model.LabelSpec;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.ModelPackage;
import org.firstpass.model.OutputSpec;
import org.firstpass.sample.OnnxGraph;
import org.firstpass.sample.SampleManifest;
import org.firstpass.sample.SamplePackage;
import org.firstpass.sample.TinyNetwork;
import org.firstpass.segment.CodedConcept;
import org.jspecify.annotations.Nullable;

/** Packages whose answers are known by heart, for what a worker does with them. */
final class SamplePackages {
  static final CodedConcept BLEEDING = new CodedConcept("50960005", "SCT", "Bleeding");

  private SamplePackages() {}

  static Applicability described(String expression) {
    return new Applicability(List.of("CT"), null, null, expression, null, 1);
  }

  /** Marks where the values are above a threshold, within a crop. */
  static ModelPackage cropped(Path root, SampleManifest sample, float threshold, CropSpec crop) {
    ModelManifest draft = sample.draft();
    ModelManifest manifest = with(draft, draft.input().channels(), crop);
    return sealed(root, manifest, pointwise(new float[] {1}, threshold));
  }

  /**
   * Marks where the sum of two channels is above a threshold.
   *
   * @param second expression for the description of the series of the second channel
   */
  static ModelPackage sum(Path root, SampleManifest sample, String second, float threshold) {
    ModelManifest draft = sample.draft();
    List<ChannelSpec> channels =
        List.of(
            new ChannelSpec("first", new IntensitySpec.Raw()),
            new ChannelSpec("second", new IntensitySpec.Raw(), described(second)));
    return sealed(root, with(draft, channels, null), pointwise(new float[] {1, 1}, threshold));
  }

  /** Marks nothing, and finds a bleeding with the mean value as its score. */
  static ModelPackage finder(Path root, SampleManifest sample) {
    ModelManifest draft = sample.draft();
    var manifest =
        new ModelManifest(
            draft.format(),
            draft.name(),
            draft.version(),
            draft.about(),
            draft.accepts(),
            draft.input(),
            draft.windows(),
            new OutputSpec("", OutputSpec.Activation.NONE, 0, null),
            new LabelSpec("none", 1, List.of()),
            new FindingSpec(
                "score",
                FindingSpec.Activation.SIGMOID,
                FindingSpec.Across.MAXIMUM,
                List.of(new FindingSpec.FindingClass(0, BLEEDING, 0.5))),
            List.of(),
            null,
            null,
            draft.files(),
            null);
    var graph =
        new OnnxGraph()
            .input(TinyNetwork.INPUT, 1, 1, -1, -1, -1)
            .node("GlobalAveragePool", List.of(TinyNetwork.INPUT), "pooled")
            .node("Flatten", List.of("pooled"), "score")
            .output("score", 1, 1);
    return sealed(root, manifest, graph);
  }

  static ModelPackage sealed(Path root, ModelManifest draft, OnnxGraph graph) {
    Path folder = SamplePackage.folder(root, draft);
    graph.write(folder.resolve(ModelManifest.MODEL_FILE));
    return SamplePackage.seal(folder, draft);
  }

  private static OnnxGraph pointwise(float[] weights, float threshold) {
    int channels = weights.length;
    var all = new float[2 * channels];
    System.arraycopy(weights, 0, all, channels, channels);
    return new OnnxGraph()
        .input(TinyNetwork.INPUT, 1, channels, -1, -1, -1)
        .weights("w", List.of(2L, (long) channels, 1L, 1L, 1L), all)
        .weights("b", List.of(2L), 0, -threshold)
        .node("Conv", List.of(TinyNetwork.INPUT, "w", "b"), TinyNetwork.OUTPUT)
        .output(TinyNetwork.OUTPUT, 1, 2, -1, -1, -1);
  }

  private static ModelManifest with(
      ModelManifest draft, List<ChannelSpec> channels, @Nullable CropSpec crop) {
    InputSpec input = draft.input();
    return new ModelManifest(
        draft.format(),
        draft.name(),
        draft.version(),
        draft.about(),
        draft.accepts(),
        new InputSpec(
            input.tensor(), channels, input.orientation(), input.grid(), input.outside(), crop),
        draft.windows(),
        draft.output(),
        draft.labels(),
        draft.files(),
        draft.golden());
  }
}

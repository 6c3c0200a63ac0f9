package org.firstpass.inference;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.firstpass.model.FindingSpec;
import org.firstpass.model.FindingSpec.FindingClass;
import org.firstpass.model.InputSpec;
import org.firstpass.model.InputSpec.ChannelSpec;
import org.firstpass.model.IntensitySpec;
import org.firstpass.model.LabelSpec;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.ModelPackage;
import org.firstpass.model.NeedsSpec;
import org.firstpass.model.OutputSpec;
import org.firstpass.model.OutputSpec.Activation;
import org.firstpass.model.WindowSpec;
import org.firstpass.sample.OnnxGraph;
import org.firstpass.sample.SampleManifest;
import org.firstpass.sample.SamplePackage;
import org.firstpass.segment.CodedConcept;
import org.jspecify.annotations.Nullable;

/**
 * A draft of which one thing at a time is other than usual, with the graphs that it is sealed with.
 */
final class DraftedPackage {
  private final Path root;
  private ModelManifest base = new SampleManifest().draft();
  private List<String> networks = List.of();
  private @Nullable FindingSpec findings;
  private @Nullable NeedsSpec needs;

  DraftedPackage(Path root) {
    this.root = root;
  }

  DraftedPackage base(SampleManifest manifest) {
    base = manifest.draft();
    return this;
  }

  DraftedPackage networks(String... files) {
    networks = List.of(files);
    return this;
  }

  /** A head of two classes whose tensor is {@code findings}. */
  DraftedPackage findings() {
    var code = new CodedConcept("36118008", "SCT", "Pneumothorax");
    findings =
        new FindingSpec(
            "findings",
            FindingSpec.Activation.SIGMOID,
            FindingSpec.Across.MAXIMUM,
            List.of(new FindingClass(1, code, 0.5)));
    return this;
  }

  DraftedPackage needs(long memoryMiB) {
    needs = new NeedsSpec(memoryMiB);
    return this;
  }

  /** Nothing for voxels. */
  DraftedPackage findingsOnly() {
    base =
        with(
            base.input(),
            new OutputSpec("", Activation.NONE, 0, null),
            new LabelSpec("sample-labels", 1, List.of()),
            findings().findings);
    return this;
  }

  /** Several channels, of a network that sees slices with so many neighbours on each side. */
  DraftedPackage slices(int channels, int neighbours) {
    return input(channels, 2, neighbours);
  }

  DraftedPackage channels(int channels) {
    return input(channels, null, null);
  }

  private DraftedPackage input(
      int channels, @Nullable Integer dimensions, @Nullable Integer neighbours) {
    InputSpec one = base.input();
    var series = new ChannelSpec("CT", new IntensitySpec.Raw());
    var sibling = new ChannelSpec("PT", new IntensitySpec.Raw(), base.accepts());
    List<ChannelSpec> all = channels == 1 ? List.of(series) : List.of(series, sibling);
    base =
        with(
            new InputSpec(
                one.tensor(),
                all,
                one.orientation(),
                null,
                one.grid(),
                one.outside(),
                null,
                null,
                null,
                dimensions,
                neighbours),
            base.output(),
            base.labels(),
            base.findings());
    return this;
  }

  private ModelManifest with(
      InputSpec input, OutputSpec output, LabelSpec labels, @Nullable FindingSpec head) {
    WindowSpec windows = base.windows();
    return new ModelManifest(
        base.format(),
        base.name(),
        base.version(),
        base.about(),
        base.accepts(),
        input,
        windows,
        output,
        labels,
        head,
        networks,
        null,
        needs,
        Map.of(),
        null);
  }

  ModelManifest draft() {
    return with(base.input(), base.output(), base.labels(), findings);
  }

  Path folder() {
    return SamplePackage.folder(root, base);
  }

  /** Writes a graph under its path in the package. */
  DraftedPackage graph(String file, OnnxGraph graph) {
    graph.write(folder().resolve(file));
    return this;
  }

  DraftedPackage graph(OnnxGraph graph) {
    return graph(ModelManifest.MODEL_FILE, graph);
  }

  ModelPackage seal() {
    return SamplePackage.seal(folder(), draft());
  }
}

package org.firstpass.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.firstpass.geometry.Orientation;
import org.firstpass.model.Applicability;
import org.firstpass.model.GridSpec;
import org.firstpass.model.InputSpec;
import org.firstpass.model.InputSpec.ChannelSpec;
import org.firstpass.model.IntensitySpec;
import org.firstpass.model.LabelSpec;
import org.firstpass.model.LabelSpec.LabelledChannel;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.OutputSpec;
import org.firstpass.model.OutputSpec.Activation;
import org.firstpass.model.OutsideSpec;
import org.firstpass.model.Provenance;
import org.firstpass.model.WindowSpec;
import org.firstpass.segment.CodedConcept;
import org.firstpass.segment.Segment;
import org.jspecify.annotations.Nullable;

/** Drafts of manifests: two classes, raw values, the voxels of the series, all at once. */
public final class SampleManifest {
  private String name = "sample";
  private String version = "1.0.0";
  private Applicability accepts = new Applicability(List.of("CT"), null, null, null, null, 1);
  private Orientation orientation = new Orientation("SPL");
  private GridSpec grid = new GridSpec.Source();
  private OutsideSpec outside = new OutsideSpec.Edge();
  private IntensitySpec intensity = new IntensitySpec.Raw();
  private WindowSpec windows = new WindowSpec.Whole(1, 0);
  private OutputSpec output = new OutputSpec("logits", Activation.SOFTMAX, 2, null);
  private List<LabelledChannel> labels = List.of(new LabelledChannel(1, segment(1), null));
  private String input = "image";
  private @Nullable Boolean asAcquired;

  public SampleManifest name(String value) {
    name = value;
    return this;
  }

  public SampleManifest version(String value) {
    version = value;
    return this;
  }

  public SampleManifest accepts(Applicability value) {
    accepts = value;
    return this;
  }

  public SampleManifest grid(String orientationCode, GridSpec value) {
    orientation = new Orientation(orientationCode);
    grid = value;
    return this;
  }

  public SampleManifest asAcquired() {
    asAcquired = true;
    return this;
  }

  public SampleManifest outside(OutsideSpec value) {
    outside = value;
    return this;
  }

  public SampleManifest intensity(IntensitySpec value) {
    intensity = value;
    return this;
  }

  public SampleManifest windows(WindowSpec value) {
    windows = value;
    return this;
  }

  public SampleManifest sliding(int patch, double overlap) {
    return windows(
        new WindowSpec.Sliding(
            List.of(patch, patch, patch), overlap, WindowSpec.Blending.GAUSSIAN, null, 0));
  }

  public SampleManifest input(String value) {
    input = value;
    return this;
  }

  public SampleManifest output(Activation activation, int channels) {
    output = new OutputSpec(output.tensor(), activation, channels, null);
    return this;
  }

  /** Segments 1 to n on channels 1 to n. */
  public SampleManifest segments(int count) {
    List<LabelledChannel> all = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      all.add(new LabelledChannel(number, segment(number), null));
    }
    return labels(all);
  }

  public SampleManifest labels(List<LabelledChannel> value) {
    labels = value;
    return this;
  }

  public static Segment segment(int number) {
    return new Segment(
        number,
        "Structure " + number,
        new CodedConcept("123037004", "SCT", "Anatomical Structure"),
        new CodedConcept("10200004", "SCT", "Liver"),
        null,
        "#dd8265");
  }

  public InputSpec inputSpec() {
    return new InputSpec(
        input,
        List.of(new ChannelSpec("CT", intensity)),
        orientation,
        asAcquired,
        grid,
        outside,
        null,
        null,
        null,
        null,
        null);
  }

  public ModelManifest draft() {
    return new ModelManifest(
        ModelManifest.FORMAT,
        name,
        version,
        new Provenance("A sample", "Apache-2.0", "Tests only.", null),
        accepts,
        inputSpec(),
        windows,
        output,
        new LabelSpec("sample-labels", 1, labels),
        Map.of(),
        null);
  }
}

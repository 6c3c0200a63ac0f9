package org.firstpass.prepare;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.firstpass.geometry.Orientation;
import org.firstpass.model.CropSpec;
import org.firstpass.model.GridSpec;
import org.firstpass.model.InputSpec;
import org.firstpass.model.InputSpec.ChannelSpec;
import org.firstpass.model.IntensitySpec;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.OutsideSpec;
import org.firstpass.model.ResamplingSpec;
import org.firstpass.model.ResamplingSpec.Interpolation;
import org.firstpass.sample.SampleManifest;
import org.jspecify.annotations.Nullable;

/** Inputs of manifests: one channel as it is, on the voxels of the series, unless told else. */
final class SampleInput {
  private List<ChannelSpec> channels = List.of(new ChannelSpec("CT", new IntensitySpec.Raw()));
  private String orientation = "SPL";
  private @Nullable Boolean asAcquired;
  private GridSpec grid = new GridSpec.Source();
  private OutsideSpec outside = new OutsideSpec.Edge();
  private @Nullable CropSpec crop;
  private @Nullable ResamplingSpec resampling;
  private InputSpec.@Nullable Order order;

  SampleInput channels(IntensitySpec... rules) {
    channels = Arrays.stream(rules).map(rule -> new ChannelSpec("X", rule)).toList();
    return this;
  }

  SampleInput orientation(String code) {
    orientation = code;
    return this;
  }

  SampleInput asAcquired() {
    asAcquired = true;
    return this;
  }

  SampleInput grid(GridSpec value) {
    grid = value;
    return this;
  }

  /** mm, in the order of the tensor axes. */
  SampleInput spacing(GridSpec.Anchor anchor, double slice, double row, double column) {
    return grid(new GridSpec.Spaced(List.of(slice, row, column), anchor));
  }

  SampleInput outside(double value) {
    outside = new OutsideSpec.Constant(value);
    return this;
  }

  SampleInput crop(CropSpec value) {
    crop = value;
    return this;
  }

  SampleInput resampling(Interpolation interpolation, @Nullable Double anisotropy) {
    resampling = new ResamplingSpec(interpolation, anisotropy);
    return this;
  }

  SampleInput intensityFirst() {
    order = InputSpec.Order.INTENSITY_FIRST;
    return this;
  }

  InputSpec spec() {
    return new InputSpec(
        "image",
        channels,
        new Orientation(orientation),
        asAcquired,
        grid,
        outside,
        crop,
        resampling,
        order,
        null,
        null);
  }

  /** Of two classes that exclude each other. */
  ModelManifest manifest() {
    return manifest(new SampleManifest());
  }

  /** With all but the input of another sample. */
  ModelManifest manifest(SampleManifest sample) {
    ModelManifest draft = sample.draft();
    return new ModelManifest(
        draft.format(),
        draft.name(),
        draft.version(),
        draft.about(),
        draft.accepts(),
        spec(),
        draft.windows(),
        draft.output(),
        draft.labels(),
        Map.of(),
        null);
  }
}

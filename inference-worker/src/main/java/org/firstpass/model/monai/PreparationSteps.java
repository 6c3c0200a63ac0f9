package org.firstpass.model.monai;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.firstpass.model.CropSpec;
import org.firstpass.model.GridSpec;
import org.firstpass.model.GridSpec.Anchor;
import org.firstpass.model.IntensitySpec;
import org.firstpass.model.ResamplingSpec;
import org.firstpass.model.ResamplingSpec.Interpolation;
import org.firstpass.model.importing.ImportNotes;
import org.jspecify.annotations.Nullable;

/**
 * The preprocessing of a bundle, step by step in its order. Lists are in the order of the bundle's
 * axes: the three letters of Orientation.
 *
 * @see <a href="https://docs.monai.io/en/stable/transforms.html">MONAI transforms</a>
 */
final class PreparationSteps {
  /** They change neither values nor grid. */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "EnsureChannelFirst",
          "AddChannel",
          "EnsureType",
          "ToTensor",
          "ToDevice",
          "CastToType",
          "DataStats",
          "SelectItems",
          "DeleteItems",
          "Identity");

  private static final Set<String> KNOWN =
      Set.of(
          "LoadImage",
          "ConcatItems",
          "Orientation",
          "Spacing",
          "CropForeground",
          "DivisiblePad",
          "SpatialPad");

  private static final Pattern ABOVE =
      Pattern.compile("\\$\\s*lambda\\s+x\\s*:\\s*x\\s*>\\s*(-?[\\d.]+(?:[eE][-+]?\\d+)?)\\s*");

  private final ImportNotes notes;
  private final boolean severalChannels;
  private Set<String> image = Set.of();
  private @Nullable String orientation;
  private @Nullable List<Double> spacing;
  private Interpolation interpolation = Interpolation.LINEAR;
  private @Nullable IntensitySpec intensity;
  private boolean intensityFirst;
  private CropSpec.@Nullable Above crop;
  private List<Double> padded = List.of();
  private int multiple = 1;

  private PreparationSteps(ImportNotes notes, boolean severalChannels) {
    this.notes = notes;
    this.severalChannels = severalChannels;
  }

  static PreparationSteps of(List<BundleStep> steps, boolean severalChannels, ImportNotes notes) {
    var preparation = new PreparationSteps(notes, severalChannels);
    steps.forEach(preparation::take);
    return preparation;
  }

  /** The letters of Orientation; empty if the bundle takes images as they were stored. */
  Optional<String> orientation() {
    return Optional.ofNullable(orientation);
  }

  /** Millimetres along the bundle's axes; empty if it does not resample. */
  Optional<List<Double>> spacing() {
    return Optional.ofNullable(spacing);
  }

  ResamplingSpec resampling() {
    return new ResamplingSpec(interpolation, null);
  }

  IntensitySpec intensity() {
    return intensity == null ? new IntensitySpec.Raw() : intensity;
  }

  boolean intensityFirst() {
    return intensityFirst;
  }

  Optional<CropSpec> crop() {
    return Optional.ofNullable(crop);
  }

  /** What each axis is padded to a multiple of. */
  int multiple() {
    return multiple;
  }

  /** The size to which SpatialPad padded; empty if it did not. */
  List<Double> padded() {
    return padded;
  }

  /** The grid whose axes are those of the bundle in another order. */
  GridSpec grid(List<Integer> axes) {
    if (spacing == null) {
      return new GridSpec.Source();
    }
    List<Double> own = spacing;
    return new GridSpec.Spaced(axes.stream().map(own::get).toList(), Anchor.FIRST_VOXEL);
  }

  private void take(BundleStep step) {
    if (step.among(WITHOUT_EFFECT).isPresent()) {
      requireNoWholeNumbers(step);
      return;
    }
    requireTheImage(step);
    Optional<String> rule = step.among(IntensityStep.NAMES);
    if (rule.isPresent()) {
      takeIntensity(step, rule.get());
      return;
    }
    switch (step.among(KNOWN).orElse("")) {
      case "LoadImage" -> load(step);
      case "ConcatItems" -> image = Set.of(step.text("name", "image"));
      case "Orientation" -> orient(step);
      case "Spacing" -> space(step);
      case "CropForeground" -> crop(step);
      case "DivisiblePad" -> padToMultiple(step);
      case "SpatialPad" -> padToSize(step);
      default -> throw step.unsupported("no field of a manifest does the same");
    }
  }

  private static void requireNoWholeNumbers(BundleStep step) {
    if (step.has("dtype") && step.argument("dtype").toString().matches(".*\\bu?int\\d*\\b.*")) {
      throw step.unsupported("dtype " + step.argument("dtype") + " would round the image");
    }
  }

  /** A transform is of all that LoadImage loads, or it is not understood. */
  private void requireTheImage(BundleStep step) {
    Set<String> keys = Set.copyOf(step.texts("keys"));
    if (!keys.isEmpty() && !image.isEmpty() && !keys.containsAll(image)) {
      throw step.unsupported("its keys are " + keys + ", but the image is " + image);
    }
  }

  private void load(BundleStep step) {
    image = Set.copyOf(step.texts("keys"));
    String reader = step.has("reader") ? step.argument("reader").toString() : "ITKReader";
    if (reader.matches(".*(Numpy|PIL|Nrrd|WSI).*")) {
      throw step.unsupported("reader " + reader + " does not read volumes in patient space");
    }
  }

  private void orient(BundleStep step) {
    step.allow(Set.of("axcodes", "as_closest_canonical", "labels"));
    if (spacing != null) {
      throw step.unsupported("it must come before Spacing, whose first voxel depends on it");
    }
    orientation = step.flag("as_closest_canonical", false) ? "RAS" : step.text("axcodes", "RAS");
    notes.decided("input.orientation " + orientation, step.name() + " axcodes");
  }

  private void space(BundleStep step) {
    step.allow(
        Set.of(
            "pixdim",
            "mode",
            "diagonal",
            "padding_mode",
            "align_corners",
            "scale_extent",
            "recompute_affine",
            "min_pixdim",
            "max_pixdim",
            "ensure_same_shape"));
    if (crop != null || multiple != 1 || !padded.isEmpty()) {
      throw step.unsupported("it must come before the image is cropped or padded");
    }
    step.require("diagonal", "false");
    step.require("scale_extent", "false");
    if (step.has("min_pixdim") || step.has("max_pixdim")) {
      throw step.unsupported("min_pixdim and max_pixdim cannot be said");
    }
    if (!step.text("padding_mode", "border").equals("border")) {
      throw step.unsupported(
          "padding_mode must be border, but is " + step.argument("padding_mode"));
    }
    interpolation =
        switch (step.text("mode", "bilinear")) {
          case "bilinear", "trilinear", "linear" -> Interpolation.LINEAR;
          case "nearest" -> Interpolation.NEAREST;
          default -> throw step.unsupported("mode " + step.argument("mode") + " is not known");
        };
    // A pixdim of 0 or below keeps that of the image.
    spacing = step.numbers("pixdim", 3).stream().map(each -> Math.max(0, each)).toList();
    intensityFirst = intensity != null;
    notes.decided("input.grid.spacing " + spacing, step.name() + " pixdim; first voxels agree");
  }

  private void takeIntensity(BundleStep step, String name) {
    intensity = new IntensityStep(step, name, severalChannels).rule(Optional.ofNullable(intensity));
    boolean counts =
        intensity instanceof IntensitySpec.Percentiles
            || intensity instanceof IntensitySpec.ZScore score && score.mean() == null;
    if (crop != null && counts) {
      throw step.unsupported(
          "its statistics would be of what CropForeground leaves; a manifest's are of the whole"
              + " grid");
    }
    if (intensityFirst) {
      throw step.unsupported("an intensity rule comes before Spacing already");
    }
    notes.decided("intensity " + intensity, step.name());
  }

  private void crop(BundleStep step) {
    step.allow(
        Set.of(
            "source_key",
            "select_fn",
            "channel_indices",
            "margin",
            "allow_smaller",
            "k_divisible",
            "mode",
            "start_coord_key",
            "end_coord_key"));
    step.require("k_divisible", "1");
    if (step.has("channel_indices")) {
      throw step.unsupported("channel_indices cannot be said");
    }
    if (intensityFirst) {
      throw step.unsupported("after Spacing it needs values that are not scaled before it");
    }
    if (multiple != 1 || !padded.isEmpty()) {
      throw step.unsupported("it must come before the image is padded");
    }
    double above = raw(step, threshold(step));
    crop = new CropSpec.Above(above, margin(step));
    notes.decided("input.crop above " + above, step.name() + ", in values before intensities");
  }

  private static double threshold(BundleStep step) {
    if (!step.has("select_fn")) {
      return 0;
    }
    Matcher matcher = ABOVE.matcher(step.argument("select_fn").asText());
    if (!matcher.matches()) {
      throw step.unsupported("select_fn " + step.argument("select_fn") + " is not 'x > number'");
    }
    return Double.parseDouble(matcher.group(1));
  }

  /** The rescaled value that the intensity rule turns into this one. */
  private double raw(BundleStep step, double value) {
    if (intensity == null) {
      return value;
    }
    if (intensity instanceof IntensitySpec.Window window) {
      double share = (value - window.low()) / (window.high() - window.low());
      return window.lower() + share * (window.upper() - window.lower());
    }
    if (intensity instanceof IntensitySpec.ZScore score) {
      Double mean = score.mean();
      Double deviation = score.deviation();
      if (mean != null && deviation != null) {
        return mean + value * deviation;
      }
    }
    throw step.unsupported("its threshold follows from each image after " + intensity);
  }

  private double margin(BundleStep step) {
    List<Double> voxels = step.has("margin") ? step.numbers("margin", 3) : List.of(0.0, 0.0, 0.0);
    if (voxels.stream().allMatch(each -> each == 0)) {
      return 0;
    }
    List<Double> own = spacing;
    if (own == null
        || own.contains(0.0)
        || own.stream().distinct().count() > 1
        || voxels.stream().distinct().count() > 1) {
      throw step.unsupported(
          "margin " + voxels + " in voxels is millimetres only where all axes are spaced alike");
    }
    notes.check("crop margin: MONAI before 1.5 pads beyond the image if allow_smaller is false");
    double millimetres = voxels.get(0) * own.get(0);
    return Math.ceil(millimetres / own.get(0)) > voxels.get(0)
        ? Math.nextDown(millimetres)
        : millimetres;
  }

  private void padToMultiple(BundleStep step) {
    step.allow(Set.of("k", "mode", "method", "value"));
    requirePlainPadding(step);
    List<Double> k = step.numbers("k", 3);
    if (k.stream().distinct().count() > 1) {
      throw step.unsupported("k must be the same for all axes, but is " + k);
    }
    multiple = k.get(0).intValue();
  }

  private void padToSize(BundleStep step) {
    step.allow(Set.of("spatial_size", "mode", "method", "value"));
    requirePlainPadding(step);
    padded = step.numbers("spatial_size", 3);
  }

  private void requirePlainPadding(BundleStep step) {
    step.require("method", "symmetric");
    if (!step.text("mode", "constant").equals("constant") || step.number("value", 0) != 0) {
      throw step.unsupported("it must pad with zeros");
    }
    if (intensity == null) {
      notes.check(step.name() + " pads with 0 before an intensity rule; here it is after it");
    }
  }
}

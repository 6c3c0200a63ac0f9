package org.firstpass.model.nnunet;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.firstpass.model.GridSpec;
import org.firstpass.model.GridSpec.Anchor;
import org.firstpass.model.ResamplingSpec;
import org.firstpass.model.ResamplingSpec.Interpolation;
import org.firstpass.model.importing.ImportNotes;
import org.firstpass.model.importing.ModelJson;
import org.firstpass.model.importing.Unsupported;
import org.jspecify.annotations.Nullable;

/**
 * The spacing of a configuration, and how nnU-Net goes there and back.
 *
 * @see <a href="https://github.com/MIC-DKFZ/nnUNet">nnU-Net v2, default_resampling.py and
 *     resample_torch.py</a>
 */
final class PlannedGrid {
  private static final String SCIKIT = "resample_data_or_seg_to_shape";
  private static final String TORCH = "resample_torch_fornnunet";
  private static final String TORCH_SIMPLE = "resample_torch_simple";
  private static final double ANISOTROPY = 3;
  private static final int CUBIC_ORDER = 3;

  private final ModelJson configuration;
  private final ImportNotes notes;

  PlannedGrid(ModelJson configuration, ImportNotes notes) {
    this.configuration = configuration;
    this.notes = notes;
  }

  /** Of a 2-D configuration the distance of slices stays that of the series. */
  GridSpec grid(boolean slices) {
    List<Double> spacing = new ArrayList<>(configuration.numbers("spacing"));
    if (slices) {
      spacing.add(0, 0.0);
    }
    notes.decided("input.grid.spacing " + spacing, "spacing of the plans, in transposed order");
    return new GridSpec.Spaced(spacing, Anchor.EXTENT);
  }

  /** The rule for images; that for probabilities must be the linear one of the same separation. */
  ResamplingSpec resampling() {
    ResamplingSpec images = rule("resampling_fn_data", CUBIC_ORDER);
    ResamplingSpec back = rule("resampling_fn_probabilities", 1);
    if (back.interpolation() != Interpolation.LINEAR) {
      throw Unsupported.because(
          "resampling_fn_probabilities_kwargs order",
          "the way back interpolates linearly (order 1), not " + back.interpolation());
    }
    if (!Objects.equals(images.anisotropy(), back.anisotropy())) {
      throw Unsupported.because(
          "force_separate_z",
          "must be the same for images and for probabilities, but separates from "
              + images.anisotropy()
              + " and "
              + back.anisotropy());
    }
    notes.decided(
        "input.resampling " + images.interpolation(),
        "resampling_fn_data; slice by slice from an anisotropy of " + images.anisotropy());
    return images;
  }

  private ResamplingSpec rule(String field, int usualOrder) {
    String function = configuration.has(field) ? configuration.text(field) : SCIKIT;
    ModelJson options =
        configuration.has(field + "_kwargs")
            ? configuration.part(field + "_kwargs")
            : new ModelJson(field + "_kwargs", JsonNodeFactory.instance.objectNode());
    return switch (function) {
      case SCIKIT ->
          new ResamplingSpec(
              interpolation(options, usualOrder), anisotropy(field, options, ANISOTROPY));
      case TORCH -> {
        requireWord(options, "mode", "linear");
        requireWord(options, "aniso_axis_mode", "nearest-exact");
        yield new ResamplingSpec(Interpolation.LINEAR, anisotropy(field, options, ANISOTROPY));
      }
      case TORCH_SIMPLE -> {
        requireWord(options, "mode", "linear");
        yield ResamplingSpec.LINEAR;
      }
      default ->
          throw Unsupported.because(field + " " + function, "no rule of a manifest does the same");
    };
  }

  private static Interpolation interpolation(ModelJson options, int usualOrder) {
    int order = options.has("order") ? (int) options.number("order") : usualOrder;
    if (options.has("order_z") && options.number("order_z") != 0) {
      throw Unsupported.because(
          options + " order_z " + options.number("order_z"),
          "between slices the nearest one is taken (order_z 0)");
    }
    return switch (order) {
      case 0 -> Interpolation.NEAREST;
      case 1 -> Interpolation.LINEAR;
      case CUBIC_ORDER -> Interpolation.CUBIC;
      default ->
          throw Unsupported.because(options + " order " + order, "splines are of order 0, 1 or 3");
    };
  }

  private static @Nullable Double anisotropy(String field, ModelJson options, double usual) {
    if (options.has("force_separate_z")) {
      if (options.node().path("force_separate_z").asBoolean()) {
        throw Unsupported.because(
            field + "_kwargs force_separate_z true",
            "slices are interpolated one by one only where their distance asks for it");
      }
      return null;
    }
    return options.has("separate_z_anisotropy_threshold")
        ? options.number("separate_z_anisotropy_threshold")
        : usual;
  }

  private static void requireWord(ModelJson options, String field, String word) {
    if (options.has(field) && !options.text(field).equals(word)) {
      throw Unsupported.because(options + " " + field + " " + options.text(field), "only " + word);
    }
  }
}

package org.firstpass.model.monai;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.firstpass.model.WindowSpec;
import org.firstpass.model.importing.GraphTensors;
import org.firstpass.model.importing.ImportNotes;
import org.jspecify.annotations.Nullable;

/**
 * The inferer of a bundle as windows.
 *
 * @see <a href="https://docs.monai.io/en/stable/inferers.html">MONAI inferers</a>
 */
final class InfererStep {
  private static final Set<String> NAMES =
      Set.of("SlidingWindowInferer", "SlidingWindowInfererAdapt", "SliceInferer", "SimpleInferer");

  /** They say how the work is done, not what comes out. */
  private static final Set<String> OF_NO_EFFECT =
      Set.of(
          "sw_device",
          "progress",
          "cache_roi_weight_map",
          "cpu_thresh",
          "buffer_steps",
          "buffer_dim",
          "with_coord");

  private static final double USUAL_OVERLAP = 0.25;
  private static final int AXES = 3;

  private final BundleStep step;
  private final PreparationSteps preparation;
  private final GraphTensors.Tensor input;
  private final ImportNotes notes;
  private final String name;

  InfererStep(
      BundleStep step, PreparationSteps preparation, GraphTensors.Tensor input, ImportNotes notes) {
    this.step = step;
    this.preparation = preparation;
    this.input = input;
    this.notes = notes;
    this.name = step.among(NAMES).orElseThrow(() -> step.unsupported("it is not a known inferer"));
    if (seesSlices() != name.equals("SliceInferer")) {
      throw step.unsupported(
          "the graph's input is " + input + ", which this inferer does not feed from volumes");
    }
  }

  boolean seesSlices() {
    return input.spaceAxes() == 2;
  }

  /** The bundle's axes in the order of the tensor: a 2-D network sees slices across the first. */
  List<Integer> axes() {
    List<Integer> axes = new ArrayList<>(List.of(0, 1, 2));
    if (seesSlices()) {
      Integer across = (int) step.number("spatial_dim", 0);
      axes.remove(across);
      axes.add(0, across);
    }
    return axes;
  }

  WindowSpec windows() {
    if (name.equals("SimpleInferer")) {
      if (!preparation.padded().isEmpty()) {
        throw step.unsupported("SpatialPad to a size of its own cannot be said");
      }
      notes.decided("windows whole", "SimpleInferer");
      return new WindowSpec.Whole(preparation.multiple(), 0);
    }
    return sliding();
  }

  private WindowSpec sliding() {
    var known = new HashSet<>(OF_NO_EFFECT);
    known.addAll(
        Set.of(
            "roi_size",
            "sw_batch_size",
            "overlap",
            "mode",
            "sigma_scale",
            "padding_mode",
            "cval",
            "spatial_dim"));
    step.allow(known);
    step.require("padding_mode", "constant");
    if (preparation.multiple() != 1) {
      throw step.unsupported("DivisiblePad before a sliding window moves the windows");
    }
    List<Integer> patch = patch();
    WindowSpec.Blending blending = blending();
    notes.decided("windows " + patch, step.name() + ", " + blending);
    return new WindowSpec.Sliding(
        patch,
        overlap(),
        blending,
        blending == WindowSpec.Blending.GAUSSIAN ? sigmaScale() : null,
        step.number("cval", 0),
        WindowSpec.Placement.MONAI,
        List.of(),
        batch(),
        null);
  }

  private List<Integer> patch() {
    List<Integer> patch = new ArrayList<>();
    if (seesSlices()) {
      patch.add(1);
    }
    int axes = seesSlices() ? 2 : AXES;
    List<Double> size = step.numbers("roi_size", axes);
    if (size.size() != axes || size.stream().anyMatch(each -> each < 1)) {
      throw step.unsupported("roi_size must be " + axes + " sizes, but is " + size);
    }
    size.forEach(each -> patch.add(each.intValue()));
    List<Double> padded = preparation.padded();
    for (int axis = 0; axis < padded.size() && axis < size.size(); axis++) {
      if (padded.get(axis) > size.get(axis)) {
        throw step.unsupported("SpatialPad to " + padded + " is larger than the window " + size);
      }
    }
    return patch;
  }

  private double overlap() {
    if (!step.has("overlap")) {
      return USUAL_OVERLAP;
    }
    return same("overlap");
  }

  private @Nullable Double sigmaScale() {
    return step.has("sigma_scale") ? same("sigma_scale") : null;
  }

  private double same(String argument) {
    List<Double> values = step.numbers(argument, AXES);
    if (values.isEmpty() || values.stream().distinct().count() > 1) {
      throw step.unsupported(argument + " must be the same for all axes, but is " + values);
    }
    return values.get(0);
  }

  private WindowSpec.Blending blending() {
    return switch (step.text("mode", "constant").toLowerCase(Locale.ROOT)) {
      case "constant" -> WindowSpec.Blending.CONSTANT;
      case "gaussian" -> WindowSpec.Blending.GAUSSIAN;
      default -> throw step.unsupported("mode " + step.argument("mode") + " is not known");
    };
  }

  private @Nullable Integer batch() {
    int batch = (int) step.number("sw_batch_size", 1);
    return input.axes().get(0) == GraphTensors.OPEN && batch > 1 ? batch : null;
  }
}

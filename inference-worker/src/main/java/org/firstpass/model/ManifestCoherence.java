package org.firstpass.model;

import java.util.List;
import org.firstpass.model.OutputSpec.Activation;
import org.jspecify.annotations.Nullable;

/**
 * What several parts of a manifest must agree on. A field that could not be obeyed together with
 * another one is refused: it would be ignored otherwise.
 */
final class ManifestCoherence {
  private static final int DEPTH = 0;

  private ManifestCoherence() {}

  /** The graphs of an ensemble are different files of the package. */
  static void requireNetworks(List<String> networks) {
    Requirement.that(
        networks.stream().distinct().count() == networks.size(),
        "networks must differ, but are " + networks);
    for (String network : networks) {
      Requirement.text("networks", network);
      Requirement.that(
          !network.startsWith("/") && !network.contains("..") && !network.contains("\\"),
          "networks must be paths in the package, but has " + network);
    }
  }

  /** A package cannot look for its own region. */
  static void requireNoCircle(String name, String version, @Nullable CropSpec crop) {
    if (crop instanceof CropSpec.Coarse coarse && coarse.model().equals(name)) {
      Requirement.that(
          coarse.version() != null && !coarse.version().equals(version),
          "input.crop.model must be another package, but is " + name + " itself");
    }
  }

  /** A network that sees slices has no depth to cut or to mirror. */
  static void requireWindowsOf(InputSpec input, WindowSpec windows) {
    if (!input.seesSlices()) {
      return;
    }
    Requirement.that(
        !windows.mirror().contains(DEPTH),
        "windows.mirror must not have axis 0 for input.dimensions 2");
    Requirement.that(
        !(windows instanceof WindowSpec.Sliding sliding) || sliding.patch().get(DEPTH) == 1,
        "windows.patch must be 1 along D for input.dimensions 2");
  }

  /**
   * In an image without a place in patient space nothing is known in mm or ml, or of directions.
   */
  static void requireImagesOf(Applicability accepts, InputSpec input, LabelSpec labels) {
    if (!accepts.admits(Admission.NO_PATIENT_GEOMETRY)) {
      return;
    }
    String because = " for accepts.admits NO_PATIENT_GEOMETRY";
    Requirement.that(
        input.grid() instanceof GridSpec.Source && input.keepsAcquiredAxes(),
        "input.grid must be source and input.asAcquired true" + because);
    Requirement.that(input.crop() == null, "input.crop must be left out" + because);
    Requirement.that(labels.rules().isEmpty(), "labels.rules must be left out" + because);
    Requirement.that(
        labels.segments().stream().noneMatch(ManifestCoherence::speaksOfVolume),
        "labels.segments must not speak of ml" + because);
  }

  private static boolean speaksOfVolume(LabelSpec.LabelledChannel labelled) {
    LabelSpec.ExpectedShape expected = labelled.expected();
    return labelled.effectiveCleanUp().minimumVolumeMl() > 0
        || expected != null && expected.volumeMl() != null;
  }

  /** Calibration is of segments, and its temperature of logits. */
  static void requireCalibrationOf(OutputSpec output, @Nullable CalibrationSpec calibration) {
    if (calibration == null) {
      return;
    }
    Requirement.that(
        output.activation() != Activation.NONE,
        "calibration is of segments, which output.activation NONE has not");
    Requirement.that(
        output.activation() != Activation.ARGMAX || calibration.temperature() == 1,
        "calibration.temperature is of logits and must be 1 for output.activation ARGMAX");
  }

  /** A tensor is read in one way. */
  static void requireOwnTensors(OutputSpec output, @Nullable FindingSpec findings) {
    Requirement.that(
        findings == null || !findings.tensor().equals(output.tensor()),
        "findings.tensor must not be output.tensor");
  }
}

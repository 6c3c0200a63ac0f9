package org.firstpass.model.importing;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a model's files may not tell, and a person has to: one option of the command line each. */
public enum Question {
  NAME("--name", "name of the package: lower case, digits, dashes", "liver-ct", null),
  VERSION("--version", "version of the package: three numbers", "1.0.0", "1.0.0"),
  TITLE("--title", "what the model marks, in a few words", "Liver on CT", null),
  LICENCE("--licence", "SPDX identifier of the weights' licence", "Apache-2.0", null),
  LICENCE_CLASS(
      "--licence-class",
      "what that licence allows: OPEN, NON_COMMERCIAL, RESEARCH_ONLY, BY_AGREEMENT",
      "OPEN",
      null),
  INTENDED_USE(
      "--intended-use",
      "what it may be used for, so that a radiologist understands it",
      "Proposals for review by a radiologist.",
      "Proposals for review by a radiologist. Not checked on images of this site."),
  MODALITY("--modality", "Modality of the series that it takes: CT, MR, PT", "CT", null),
  BODY_PART("--body-part", "expression that Body Part Examined must have, if any", "abdomen", null),
  MINIMUM_SLICES("--minimum-slices", "the fewest slices that make sense to the network", "16", "8"),
  ORIENTATION(
      "--orientation",
      "where the tensor's axes D, H, W grow, of L R P A S I",
      "SPL for axial slices as DICOM has them, RAS for MONAI",
      null),
  SPACING(
      "--spacing",
      "millimetres between voxels along D, H, W, or 'source' for those of the series",
      "1.5,1.5,1.5",
      null),
  INTENSITY(
      "--intensity",
      "raw, window:<lower>:<upper>, percentiles:<lower>:<upper>, z-score or"
          + " z-score:<mean>:<deviation>[:<lower>:<upper>]",
      "window:-160:240",
      null),
  PATCH(
      "--patch",
      "voxels of a window along D, H, W, or 'whole', or 'whole:16' for all at once, padded to a"
          + " multiple of 16",
      "96,96,96",
      null),
  MIRROR(
      "--mirror",
      "axes over which inference is mirrored, as the checkpoint's inference_allowed_mirroring_axes"
          + " has them, or 'none'",
      "0,1,2",
      null),
  OVERLAP("--overlap", "share of a window that the next one covers", "0.5", "0.5"),
  ACTIVATION(
      "--activation",
      "how the output is to be read: SOFTMAX, SIGMOID, REGIONS, FRACTION, ARGMAX",
      "SOFTMAX",
      null),
  LABELS(
      "--labels",
      "the names of the output's channels in order, background included where it is one",
      "background,liver,spleen",
      null);

  private final String option;
  private final String text;
  private final String example;
  private final @Nullable String fallback;

  Question(String option, String text, String example, @Nullable String fallback) {
    this.option = option;
    this.text = text;
    this.example = example;
    this.fallback = fallback;
  }

  /** The option of the command line that answers it. */
  public String option() {
    return option;
  }

  /** What is asked, in a few words. */
  public String text() {
    return text;
  }

  public String example() {
    return example;
  }

  /** What holds if nobody answers. */
  public Optional<String> fallback() {
    return Optional.ofNullable(fallback);
  }
}

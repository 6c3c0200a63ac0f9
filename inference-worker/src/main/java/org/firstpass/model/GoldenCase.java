package org.firstpass.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An input tensor with the output it gave where the package was made, as NumPy files.
 *
 * @param input path in the package, float32 (1, channels, D, H, W), of a 2-D network (1, channels,
 *     H, W), {@code .npy} or {@code .npy.gz}
 * @param output path in the package, what the graph answers to it, the mean over the members of an
 *     ensemble: the voxels' values, or those of the findings if the package has no other
 * @param findings path in the package, what the classification head answers beside the voxels; null
 *     if there is none
 * @param tolerance largest accepted difference, as a share of the output's range
 */
public record GoldenCase(String input, String output, @Nullable String findings, double tolerance) {
  /** Of a package that has one output. */
  public GoldenCase(String input, String output, double tolerance) {
    this(input, output, null, tolerance);
  }

  public GoldenCase {
    Requirement.text("golden.input", input);
    Requirement.text("golden.output", output);
    Requirement.that(
        tolerance > 0 && tolerance <= 0.01,
        "golden.tolerance must be above 0 and at most 0.01, but is " + tolerance);
  }

  /** The files of the case, paths in the package. */
  public List<String> files() {
    return findings == null ? List.of(input, output) : List.of(input, output, findings);
  }
}

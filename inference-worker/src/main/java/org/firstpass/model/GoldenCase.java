package org.firstpass.model;

/**
 * An input tensor with the output it gave where the package was made, as NumPy files.
 *
 * @param input path in the package, float32 (1, channels, D, H, W), {@code .npy} or {@code .npy.gz}
 * @param output path in the package, what the graph answers to it
 * @param tolerance largest accepted difference, as a share of the output's range
 */
public record GoldenCase(String input, String output, double tolerance) {
  public GoldenCase {
    Requirement.text("golden.input", input);
    Requirement.text("golden.output", output);
    Requirement.that(
        tolerance > 0 && tolerance <= 0.01,
        "golden.tolerance must be above 0 and at most 0.01, but is " + tolerance);
  }
}

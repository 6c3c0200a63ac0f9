package org.firstpass.inference;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.model.FindingSpec;
import org.firstpass.model.GoldenCase;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.ModelPackage;
import org.firstpass.model.NpyArray;

/** Whether the graphs answer here what they answered where the package was made. */
final class GoldenCheck {
  private final ModelPackage model;
  private final ModelManifest manifest;

  private GoldenCheck(ModelPackage model) {
    this.model = model;
    this.manifest = model.manifest();
  }

  /**
   * Runs the golden case on the device of the sessions and compares.
   *
   * @param sessions all graphs of the package, on one device
   * @throws Defect with {@link ReasonCode#PACKAGE_INVALID} and the largest difference
   */
  static String require(ModelPackage model, List<NetworkSession> sessions) {
    return new GoldenCheck(model).compare(sessions);
  }

  /**
   * What a package answers to its golden input: the voxels' values if it has some, then those of
   * the findings if it has some; each the mean over the graphs.
   */
  static List<NpyArray> answers(
      ModelManifest manifest, List<NetworkSession> sessions, NpyArray input) {
    List<String> outputs = outputs(manifest);
    List<List<NpyArray>> members =
        sessions.stream()
            .map(each -> GraphAnswer.of(each, manifest.input().tensor(), input, outputs))
            .toList();
    List<NpyArray> means = new ArrayList<>();
    for (int output = 0; output < outputs.size(); output++) {
      int which = output;
      means.add(GraphAnswer.mean(members.stream().map(member -> member.get(which)).toList()));
    }
    return means;
  }

  private static List<String> outputs(ModelManifest manifest) {
    List<String> outputs = new ArrayList<>();
    if (manifest.segments()) {
      outputs.add(manifest.output().tensor());
    }
    FindingSpec findings = manifest.findings();
    if (findings != null) {
      outputs.add(findings.tensor());
    }
    return outputs;
  }

  private String compare(List<NetworkSession> sessions) {
    GoldenCase golden =
        manifest.goldenCase().orElseThrow(() -> invalid("it has no golden case; seal the package"));
    List<String> files = expected(golden);
    NpyArray input = read(golden.input());
    int rank = 2 + TensorCheck.space(manifest).size();
    if (input.shape().size() != rank) {
      throw invalid("golden.input must have " + rank + " axes, but has the shape " + input.shape());
    }
    List<NpyArray> found = answers(manifest, sessions, input);
    List<String> findings = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      findings.add(difference(files.get(i), found.get(i), golden.tolerance()));
    }
    return String.join("; ", findings);
  }

  private List<String> expected(GoldenCase golden) {
    String findings = golden.findings();
    boolean both = manifest.segments() && manifest.findings() != null;
    if (both && findings == null) {
      throw invalid("golden.findings must tell what the classification head answers");
    }
    if (!both && findings != null) {
      throw invalid("golden.findings are for packages with voxels and findings");
    }
    return findings == null ? List.of(golden.output()) : List.of(golden.output(), findings);
  }

  private String difference(String file, NpyArray found, double tolerance) {
    NpyArray expected = read(file);
    if (!expected.shape().equals(found.shape())) {
      throw invalid(
          "golden case: "
              + file
              + " has the shape "
              + expected.shape()
              + ", found "
              + found.shape());
    }
    double difference = difference(expected.values(), found.values());
    String finding =
        "largest difference of "
            + file
            + " is "
            + difference
            + " of the output's range, tolerance "
            + tolerance;
    if (!(difference <= tolerance)) {
      throw invalid("golden case: " + finding);
    }
    return finding;
  }

  /** The largest absolute difference as a share of the expected range; infinite if not a number. */
  private static double difference(float[] expected, float[] found) {
    double largest = 0;
    double minimum = Double.POSITIVE_INFINITY;
    double maximum = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < expected.length; i++) {
      double difference = Math.abs((double) expected[i] - found[i]);
      largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(largest, difference);
      minimum = Math.min(minimum, expected[i]);
      maximum = Math.max(maximum, expected[i]);
    }
    return largest == 0 ? 0 : largest / (maximum - minimum);
  }

  private NpyArray read(String file) {
    Path path = model.folder().resolve(file);
    try {
      return NpyArray.read(path);
    } catch (IOException | IllegalArgumentException e) {
      throw new Defect(ReasonCode.PACKAGE_INVALID, model.label() + ": cannot read " + file, e);
    }
  }

  private Defect invalid(String finding) {
    return new Defect(ReasonCode.PACKAGE_INVALID, manifest.label() + ": " + finding);
  }
}

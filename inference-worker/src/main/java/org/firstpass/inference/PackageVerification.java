package org.firstpass.inference;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.geometry.GridSize;
import org.firstpass.model.GoldenCase;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.ModelPackage;
import org.firstpass.model.NpyArray;
import org.firstpass.model.OutputSpec.Activation;
import org.firstpass.model.WindowSpec;

/**
 * Whether a package does on this machine what it did where it was made: digests, tensors, golden
 * case. Only a package that passes is served.
 */
public final class PackageVerification {
  private final List<Check> checks = new ArrayList<>();

  private PackageVerification() {}

  /** One thing that was looked at. */
  public record Check(String name, boolean passed, String finding) {}

  /** Looks at everything; a check that fails leaves out those that need it. */
  public static PackageVerification of(ModelPackage model) {
    var verification = new PackageVerification();
    if (verification.check("digests", () -> digests(model))) {
      verification.checkNetwork(model);
    }
    return verification;
  }

  public List<Check> checks() {
    return List.copyOf(checks);
  }

  public boolean passed() {
    return checks.stream().allMatch(Check::passed);
  }

  /** The findings of the checks that failed, in one line. */
  public String failures() {
    return String.join(
        "; ", checks.stream().filter(check -> !check.passed()).map(Check::finding).toList());
  }

  private void checkNetwork(ModelPackage model) {
    NetworkSession[] opened = new NetworkSession[1];
    try {
      boolean loaded =
          check(
              "network loads",
              () -> {
                opened[0] = NetworkSession.open(model.modelFile(), 1, false);
                return "ONNX Runtime " + OnnxRuntime.environment().getVersion();
              });
      if (loaded && check("tensors", () -> requireTensors(model.manifest(), opened[0]))) {
        check("golden case", () -> golden(model, opened[0]));
      }
    } finally {
      if (opened[0] != null) {
        opened[0].close();
      }
    }
  }

  private boolean check(String name, Finding finding) {
    try {
      checks.add(new Check(name, true, finding.look()));
      return true;
    } catch (Defect e) {
      checks.add(new Check(name, false, String.valueOf(e.getMessage())));
      return false;
    }
  }

  private interface Finding {
    String look();
  }

  private static String digests(ModelPackage model) {
    model.requireDigests();
    return model.manifest().files().size() + " files as stated";
  }

  /** Refuses a graph whose tensors are not those of the manifest; else says what they are. */
  static String requireTensors(ModelManifest manifest, NetworkSession session) {
    String in = manifest.input().tensor();
    String out = manifest.output().tensor();
    TensorShape input =
        session
            .input(in)
            .orElseThrow(() -> invalid(manifest, "the graph has no input '" + in + "'"));
    TensorShape output =
        session
            .output(out)
            .orElseThrow(() -> invalid(manifest, "the graph has no output '" + out + "'"));
    long[] window = window(manifest);
    long[] wanted = {1, manifest.input().channels().size(), window[0], window[1], window[2]};
    if (input.element() != TensorShape.Element.FLOAT32 || !input.accepts(wanted)) {
      throw invalid(
          manifest, "input '" + in + "' must be FLOAT32" + text(wanted) + ", is " + input);
    }
    requireOutput(manifest, output, window);
    return in + " " + input + ", " + out + " " + output;
  }

  private static void requireOutput(ModelManifest manifest, TensorShape output, long[] window) {
    boolean decided = manifest.output().activation() == Activation.ARGMAX;
    long channels = decided ? 1 : manifest.output().channels();
    long[] wanted = {1, channels, window[0], window[1], window[2]};
    boolean fits =
        output.accepts(wanted) || decided && output.accepts(1, window[0], window[1], window[2]);
    boolean typed =
        output.element() == TensorShape.Element.FLOAT32
            || decided && output.element() == TensorShape.Element.INT64;
    if (!fits || !typed) {
      throw invalid(
          manifest,
          "output '"
              + manifest.output().tensor()
              + "' must be FLOAT32"
              + (decided ? " or INT64" : "")
              + text(wanted)
              + ", is "
              + output);
    }
  }

  private static long[] window(ModelManifest manifest) {
    if (manifest.windows() instanceof WindowSpec.Sliding sliding) {
      List<Integer> patch = sliding.patch();
      return new long[] {patch.get(0), patch.get(1), patch.get(2)};
    }
    return new long[] {TensorShape.ANY, TensorShape.ANY, TensorShape.ANY};
  }

  private static String golden(ModelPackage model, NetworkSession session) {
    GoldenCase golden =
        model
            .manifest()
            .goldenCase()
            .orElseThrow(
                () -> invalid(model.manifest(), "it has no golden case; seal the package"));
    NpyArray input = read(model, golden.input());
    NpyArray expected = read(model, golden.output());
    float[] found = answer(model.manifest(), session, input);
    if (found.length != expected.values().length) {
      throw invalid(
          model.manifest(),
          "golden output has " + expected.values().length + " values, found " + found.length);
    }
    double difference = difference(expected.values(), found);
    String finding =
        "largest difference "
            + difference
            + " of the output's range, tolerance "
            + golden.tolerance();
    if (!(difference <= golden.tolerance())) {
      throw invalid(model.manifest(), "golden case: " + finding);
    }
    return finding;
  }

  /** What the network says to an array of shape (1, 1, D, H, W). */
  static float[] answer(ModelManifest manifest, NetworkSession session, NpyArray input) {
    List<Integer> shape = input.shape();
    if (shape.size() != 5 || shape.get(0) != 1 || shape.get(1) != 1) {
      throw new Defect(
          ReasonCode.PACKAGE_INVALID,
          "a golden input must have the shape (1, 1, D, H, W), but has " + shape);
    }
    var size = new GridSize(shape.get(4), shape.get(3), shape.get(2));
    try (var call = new NetworkCall(session, manifest, size)) {
      call.input().put(0, input.values());
      call.run();
      boolean decided = manifest.output().activation() == Activation.ARGMAX;
      var found = new float[(decided ? 1 : manifest.output().channels()) * size.voxels()];
      call.readOutput(0, found, found.length);
      return found;
    }
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

  private static NpyArray read(ModelPackage model, String file) {
    Path path = model.folder().resolve(file);
    try {
      return NpyArray.read(path);
    } catch (IOException | IllegalArgumentException e) {
      throw new Defect(ReasonCode.PACKAGE_INVALID, model.label() + ": cannot read " + file, e);
    }
  }

  private static Defect invalid(ModelManifest manifest, String finding) {
    return new Defect(ReasonCode.PACKAGE_INVALID, manifest.label() + ": " + finding);
  }

  private static String text(long[] shape) {
    return new TensorShape(TensorShape.Element.OTHER, Arrays.stream(shape).boxed().toList())
        .toString()
        .substring(TensorShape.Element.OTHER.name().length());
  }
}

package org.firstpass.inference;

import java.util.ArrayList;
import java.util.List;
import org.firstpass.failure.Defect;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.ModelPackage;

/**
 * Whether a package does on this machine and device what it did where it was made: digests, memory,
 * graphs, tensors, golden case. Only a package that passes is served.
 */
public final class PackageVerification {
  private final List<Check> checks = new ArrayList<>();

  private PackageVerification() {}

  /** One thing that was looked at. */
  public record Check(String name, boolean passed, String finding) {}

  /** Looks at everything, on one of the machine's cores. */
  public static PackageVerification of(ModelPackage model) {
    return of(model, ExecutionSettings.cpu(1));
  }

  /**
   * Looks at everything on the device that these settings choose; a check that fails leaves out
   * those that need it.
   */
  public static PackageVerification of(ModelPackage model, ExecutionSettings settings) {
    var verification = new PackageVerification();
    if (verification.check("digests", () -> digests(model))
        && verification.check("machine", () -> machine(model, settings))) {
      verification.checkNetworks(model, settings);
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

  static String requireTensors(ModelManifest manifest, NetworkSession session) {
    return TensorCheck.require(manifest, session);
  }

  private void checkNetworks(ModelPackage model, ExecutionSettings settings) {
    List<NetworkSession> opened = new ArrayList<>();
    try {
      if (check("network loads", () -> load(model, settings, opened))
          && check("tensors", () -> tensors(model, opened))) {
        check("golden case", () -> GoldenCheck.require(model, opened));
      }
    } finally {
      opened.forEach(NetworkSession::close);
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

  private static String machine(ModelPackage model, ExecutionSettings settings) {
    MachineMemory.require(model.manifest());
    return DeviceSelection.choose(settings).label()
        + ", "
        + (MachineMemory.bytes() >> 20)
        + " MiB of memory";
  }

  /** The kind of session is that of serving, so that weights are loaded once for both. */
  private static String load(
      ModelPackage model, ExecutionSettings settings, List<NetworkSession> opened) {
    var kind = NetworkGraphs.firstKind(model, settings, DeviceSelection.choose(settings));
    for (String file : model.manifest().networkFiles()) {
      opened.add(NetworkSession.open(GraphFile.of(model, file), kind));
    }
    return opened.size() + " with ONNX Runtime " + OnnxRuntime.environment().getVersion();
  }

  private static String tensors(ModelPackage model, List<NetworkSession> opened) {
    List<String> found =
        opened.stream().map(session -> TensorCheck.require(model.manifest(), session)).toList();
    return String.join("; ", found);
  }
}

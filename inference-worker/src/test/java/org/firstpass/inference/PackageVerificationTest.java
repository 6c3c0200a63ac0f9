package org.firstpass.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.firstpass.failure.Defect;
import org.firstpass.model.GoldenCase;
import org.firstpass.model.ManifestJson;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.ModelPackage;
import org.firstpass.model.NpyArray;
import org.firstpass.sample.SampleManifest;
import org.firstpass.sample.SamplePackage;
import org.firstpass.sample.TinyNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PackageVerificationTest {
  @TempDir private Path folder;

  @Test
  void aSealedPackagePassesEveryCheck() {
    ModelPackage model = SamplePackage.threshold(folder, new SampleManifest(), 0.5f);
    PackageVerification verification = PackageVerification.of(model);
    assertTrue(verification.passed(), verification.failures());
    assertEquals(
        List.of("digests", "network loads", "tensors", "golden case"),
        verification.checks().stream().map(PackageVerification.Check::name).toList());
  }

  @Test
  void aSwappedNetworkFailsAtItsDigest() {
    ModelPackage model = SamplePackage.threshold(folder, new SampleManifest(), 0.5f);
    TinyNetwork.write(model.modelFile(), new float[] {0, 1}, new float[] {0, -0.6f});
    PackageVerification verification = PackageVerification.of(model);
    assertFalse(verification.passed());
    assertTrue(verification.failures().contains("model.onnx must have SHA-256"));
    assertThrows(Defect.class, () -> ModelPackage.load(model.folder()));
  }

  @Test
  void anotherAnswerThanTheGoldenOneFails() throws IOException {
    ModelPackage model = SamplePackage.threshold(folder, new SampleManifest(), 0.5f);
    GoldenCase golden = model.manifest().goldenCase().orElseThrow();
    Path output = model.folder().resolve(golden.output());
    NpyArray answer = NpyArray.read(output);
    answer.values()[11] += 1;
    answer.write(output);
    ModelPackage resealed = ModelPackage.seal(model.folder(), model.manifest(), golden);
    PackageVerification verification = PackageVerification.of(resealed);
    assertFalse(verification.passed());
    assertTrue(verification.failures().contains("golden case: largest difference"));
  }

  @Test
  void aPackageWithoutAGoldenCaseDoesNotPass() throws IOException {
    ModelPackage model = SamplePackage.threshold(folder, new SampleManifest(), 0.5f);
    String json = new String(ManifestJson.write(model.manifest()), StandardCharsets.UTF_8);
    int golden = json.lastIndexOf(",\n  \"golden\"");
    String without = golden < 0 ? json : json.substring(0, golden) + "\n}\n";
    Files.writeString(model.folder().resolve(ModelPackage.MANIFEST_FILE), without);
    PackageVerification verification = PackageVerification.of(ModelPackage.load(model.folder()));
    assertFalse(verification.passed());
    assertTrue(verification.failures().contains("it has no golden case"));
  }

  @Test
  void aFileThatIsNoNetworkFailsAndLeavesOutTheRest() throws IOException {
    ModelPackage model = SamplePackage.threshold(folder, new SampleManifest(), 0.5f);
    Files.writeString(model.modelFile(), "not a network");
    GoldenCase golden = model.manifest().goldenCase().orElseThrow();
    ModelPackage resealed = ModelPackage.seal(model.folder(), model.manifest(), golden);
    PackageVerification verification = PackageVerification.of(resealed);
    assertEquals(2, verification.checks().size());
    assertTrue(verification.failures().contains("ONNX Runtime cannot load"));
  }

  @Test
  void aDraftThatDoesNotMatchItsNetworkIsNotSealed() {
    ModelManifest draft = new SampleManifest().input("other").draft();
    Path packageFolder = SamplePackage.folder(folder, draft);
    TinyNetwork.write(
        packageFolder.resolve(ModelManifest.MODEL_FILE), new float[] {0, 1}, new float[] {0, 0});
    Defect defect = assertThrows(Defect.class, () -> SamplePackage.seal(packageFolder, draft));
    assertTrue(defect.getMessage().contains("no input 'other'"), defect.getMessage());
  }
}

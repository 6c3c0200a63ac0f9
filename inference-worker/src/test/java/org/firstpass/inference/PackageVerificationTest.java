package org.firstpass.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.model.GoldenCase;
import org.firstpass.model.GridSpec;
import org.firstpass.model.ManifestJson;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.ModelPackage;
import org.firstpass.model.NpyArray;
import org.firstpass.sample.OnnxGraph;
import org.firstpass.sample.SampleManifest;
import org.firstpass.sample.SamplePackage;
import org.firstpass.sample.TinyNetwork;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PackageVerificationTest {
  private static final long[] OPEN = {-1, 1, -1, -1, -1};

  @TempDir private Path folder;

  @Test
  void aSealedPackagePassesEveryCheck() {
    ModelPackage model = SamplePackage.threshold(folder, new SampleManifest(), 0.5f);
    PackageVerification verification = PackageVerification.of(model);
    assertTrue(verification.passed(), verification.failures());
    assertEquals(
        List.of("digests", "machine", "network loads", "tensors", "golden case"),
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
    assertEquals(3, verification.checks().size());
    assertTrue(verification.failures().contains("model.onnx cannot be read as ONNX"));
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

  @Test
  void aGraphThatTheRuntimeCannotLoadFails() throws IOException {
    ModelPackage model = SamplePackage.threshold(folder, new SampleManifest(), 0.5f);
    new OnnxGraph()
        .input("image", 1, 1, -1, -1, -1)
        .node("NoSuchOperator", List.of("image"), "logits")
        .output("logits", 1, 2, -1, -1, -1)
        .write(model.modelFile());
    PackageVerification verification = PackageVerification.of(resealed(model));
    assertTrue(
        verification.failures().contains("ONNX Runtime cannot load model.onnx"),
        verification.failures());
    assertTrue(verification.failures().contains("NoSuchOperator"), verification.failures());
  }

  @Test
  void theGoldenAnswerOfAnEnsembleIsTheMeanOfItsMembers() throws IOException {
    ModelPackage model =
        new DraftedPackage(folder)
            .networks("a.onnx", "members/b.onnx")
            .graph("a.onnx", TensorCheckTest.graph(OPEN, 2))
            .graph("members/b.onnx", scaled(3))
            .seal();
    assertTrue(PackageVerification.of(model).passed());
    GoldenCase golden = model.manifest().goldenCase().orElseThrow();
    NpyArray input = NpyArray.read(model.folder().resolve(golden.input()));
    NpyArray output = NpyArray.read(model.folder().resolve(golden.output()));
    // Weights 1 and 2 in the one, 3 and 3 in the other.
    int voxels = input.values().length;
    assertEquals(2 * input.values()[5], output.values()[5], 1e-5f);
    assertEquals(2.5f * input.values()[5], output.values()[voxels + 5], 1e-5f);
  }

  @Test
  void aMemberThatAnswersOtherwiseFails() throws IOException {
    ModelPackage model =
        new DraftedPackage(folder)
            .networks("a.onnx", "b.onnx")
            .graph("a.onnx", TensorCheckTest.graph(OPEN, 2))
            .graph("b.onnx", scaled(3))
            .seal();
    scaled(4).write(model.folder().resolve("b.onnx"));
    PackageVerification verification = PackageVerification.of(resealed(model));
    assertTrue(
        verification.failures().contains("largest difference of golden/output.npy.gz"),
        verification.failures());
  }

  @Test
  void findingsHaveAGoldenAnswerOfTheirOwn() throws IOException {
    ModelPackage model =
        new DraftedPackage(folder)
            .findings()
            .graph(withHead(TensorCheckTest.graph(OPEN, 2)))
            .seal();
    GoldenCase golden = model.manifest().goldenCase().orElseThrow();
    assertEquals("golden/findings.npy.gz", golden.findings());
    assertTrue(PackageVerification.of(model).passed());
    Path file = model.folder().resolve("golden/findings.npy.gz");
    NpyArray answer = NpyArray.read(file);
    assertEquals(List.of(1, 2), answer.shape());
    answer.values()[1] += 1;
    answer.write(file);
    PackageVerification verification = PackageVerification.of(resealed(model));
    assertTrue(
        verification.failures().contains("largest difference of golden/findings.npy.gz"),
        verification.failures());
  }

  @Test
  void findingsWithoutAGoldenAnswerFail() throws IOException {
    ModelPackage model =
        new DraftedPackage(folder)
            .findings()
            .graph(withHead(TensorCheckTest.graph(OPEN, 2)))
            .seal();
    GoldenCase whole = model.manifest().goldenCase().orElseThrow();
    var voxelsOnly = new GoldenCase(whole.input(), whole.output(), whole.tolerance());
    PackageVerification verification =
        PackageVerification.of(ModelPackage.seal(model.folder(), model.manifest(), voxelsOnly));
    assertTrue(
        verification.failures().contains("golden.findings must tell"), verification.failures());
  }

  @Test
  void aPackageOfFindingsOnlyIsSealedByThem() {
    var head = withHead(new OnnxGraph().input("image", OPEN));
    ModelPackage model = new DraftedPackage(folder).findingsOnly().graph(head).seal();
    assertTrue(PackageVerification.of(model).passed());
  }

  @Test
  void slicesWithNeighboursOfTwoSeriesAreSealed() {
    ModelPackage model =
        new DraftedPackage(folder)
            .slices(2, 1)
            .graph(TensorCheckTest.graph(new long[] {-1, 6, -1, -1}, 2))
            .seal();
    PackageVerification verification = PackageVerification.of(model);
    assertTrue(verification.passed(), verification.failures());
  }

  @Test
  void aWholeGridOfOneSizeHasAGoldenCaseOfThatSize() throws IOException {
    var box = new GridSpec.Conformed(List.of(10, 12, 14), List.of(1.0, 1.0, 1.0));
    ModelPackage model =
        new DraftedPackage(folder)
            .base(new SampleManifest().grid("SPL", box))
            .graph(TensorCheckTest.graph(new long[] {1, 1, 10, 12, 14}, 2))
            .seal();
    GoldenCase golden = model.manifest().goldenCase().orElseThrow();
    assertEquals(
        List.of(1, 1, 10, 12, 14), NpyArray.read(model.folder().resolve(golden.input())).shape());
  }

  @Test
  void aGoldenInputOfAnotherRankFails() throws IOException {
    ModelPackage model = SamplePackage.threshold(folder, new SampleManifest(), 0.5f);
    GoldenCase golden = model.manifest().goldenCase().orElseThrow();
    new NpyArray(List.of(1, 1, 2, 2), new float[4]).write(model.folder().resolve(golden.input()));
    PackageVerification verification = PackageVerification.of(resealed(model));
    assertTrue(
        verification.failures().contains("golden.input must have 5 axes"), verification.failures());
  }

  @Test
  void weightsBesideTheGraphHaveADigest() throws IOException {
    var drafted = new DraftedPackage(folder).graph(withWeightsBeside("weights.bin"));
    Path weights = drafted.folder().resolve("weights.bin");
    Files.write(weights, new byte[] {0, 0, -128, 63, 0, 0, 0, 64});
    ModelPackage model = drafted.seal();
    assertTrue(model.manifest().files().containsKey("weights.bin"));
    assertTrue(PackageVerification.of(model).passed());
    Files.write(weights, new byte[] {0, 0, -128, 64, 0, 0, 0, 64});
    assertTrue(PackageVerification.of(model).failures().contains("weights.bin must have SHA-256"));
    // A manifest that leaves the digest out is refused too, before the weights are read.
    ModelPackage unnamed =
        ModelPackage.seal(
            model.folder(), model.manifest(), model.manifest().goldenCase().orElseThrow());
    PackageVerification verification = PackageVerification.of(unnamed);
    assertTrue(
        verification.failures().contains("files must have its digest"), verification.failures());
  }

  @Test
  void weightsOutsideThePackageAreRefused() throws IOException {
    var drafted = new DraftedPackage(folder).graph(withWeightsBeside("../weights.bin"));
    Files.write(drafted.folder().resolveSibling("weights.bin"), new byte[8]);
    Defect defect = assertThrows(Defect.class, drafted::seal);
    assertTrue(
        String.valueOf(defect.getMessage()).contains("leaves the package"), defect.getMessage());
  }

  @Test
  void operatorsThatPackagesCannotBringAreNamed() {
    var drafted =
        new DraftedPackage(folder)
            .graph(
                TensorCheckTest.graph(OPEN, 2)
                    .node("com.example:Magic", List.of("logits"), "unused"));
    Defect defect = assertThrows(Defect.class, drafted::seal);
    assertTrue(
        String.valueOf(defect.getMessage()).contains("com.example:Magic"), defect.getMessage());
  }

  @Test
  void aPackageThatNeedsMoreThanTheMachineHasFails() {
    var drafted = new DraftedPackage(folder).graph(TensorCheckTest.graph(OPEN, 2));
    ModelPackage small = drafted.needs(1).seal();
    assertTrue(PackageVerification.of(small).passed());
    Defect defect =
        assertThrows(Defect.class, () -> MachineMemory.require(small.manifest(), (1 << 20) - 1));
    assertEquals(ReasonCode.OUT_OF_MEMORY, defect.code());
    Defect tooLarge = assertThrows(Defect.class, drafted.needs(1L << 40)::seal);
    assertTrue(
        String.valueOf(tooLarge.getMessage()).contains("needs.memoryMiB is 1099511627776"),
        tooLarge.getMessage());
  }

  @Test
  void aDeviceThatIsNotThereFailsTheMachineAndNotThePackage() {
    Assumptions.assumeFalse(
        OrtEnvironment.getAvailableProviders().contains(Device.CUDA.provider()), "there is CUDA");
    ModelPackage model = SamplePackage.threshold(folder, new SampleManifest(), 0.5f);
    var settings = new ExecutionSettings(List.of(Device.CUDA), 1, Duration.ofMinutes(1), 0);
    PackageVerification verification = PackageVerification.of(model, settings);
    assertEquals(2, verification.checks().size());
    assertTrue(verification.failures().contains("build with -Pgpu"), verification.failures());
  }

  private static ModelPackage resealed(ModelPackage model) throws IOException {
    return ModelPackage.seal(
        model.folder(), model.manifest(), model.manifest().goldenCase().orElseThrow());
  }

  private static OnnxGraph scaled(float weight) {
    return new OnnxGraph()
        .input("image", OPEN)
        .weights("w", List.of(2L, 1L, 1L, 1L, 1L), weight, weight)
        .node("Conv", List.of("image", "w"), "logits")
        .output("logits", -1, 2, -1, -1, -1);
  }

  /** The same with a head of two classes: the largest value, and twice that. */
  private static OnnxGraph withHead(OnnxGraph graph) {
    return graph
        .weights("factors", List.of(2L), 1, 2)
        .node(
            "ReduceMax",
            List.of("image"),
            "largest",
            OnnxGraph.integers("axes", 2L, 3L, 4L),
            OnnxGraph.integer("keepdims", 0))
        .node("Mul", List.of("largest", "factors"), "findings")
        .output("findings", -1, 2);
  }

  private static OnnxGraph withWeightsBeside(String location) {
    return new OnnxGraph()
        .input("image", OPEN)
        .externalWeights("w", List.of(2L, 1L, 1L, 1L, 1L), location)
        .node("Conv", List.of("image", "w"), "logits")
        .output("logits", -1, 2, -1, -1, -1);
  }
}

package org.firstpass.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Orientation;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.ModelPackage;
import org.firstpass.model.OutputSpec.Activation;
import org.firstpass.model.WindowSpec;
import org.firstpass.prepare.NetworkInput;
import org.firstpass.prepare.NetworkOutput;
import org.firstpass.sample.SampleGrid;
import org.firstpass.sample.SampleManifest;
import org.firstpass.sample.SamplePackage;
import org.firstpass.sample.TinyNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LoadedNetworkTest {
  private static final GridSize SIZE = new GridSize(21, 17, 13);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 16, 32})
  void slidingWindowsOfAPointwiseNetworkAnswerWhatTheWholeDoes(int patch) {
    ModelPackage model =
        SamplePackage.threshold(folder, new SampleManifest().sliding(patch, 0.5), 0.25f);
    NetworkInput input = noise(1);
    NetworkOutput output = run(model, input, 3);
    for (int i = 0; i < input.values().length; i++) {
      assertEquals(0, output.channel(0)[i], 1e-6);
      assertEquals(input.values()[i] - 0.25, output.channel(1)[i], 1e-5);
    }
  }

  @Test
  void theWholeGridAtOnceIsPaddedAndCutBack() {
    ModelPackage model =
        SamplePackage.threshold(
            folder, new SampleManifest().windows(new WindowSpec.Whole(8, 0)), 0.25f);
    NetworkInput input = noise(2);
    NetworkOutput output = run(model, input, 2);
    for (int i = 0; i < input.values().length; i++) {
      assertEquals(input.values()[i] - 0.25f, output.channel(1)[i]);
    }
  }

  @Test
  void manyThreadsGiveTheBitsThatOneGives() {
    ModelPackage model =
        SamplePackage.threshold(folder, new SampleManifest().sliding(5, 0.7), 0.3f);
    NetworkInput input = noise(3);
    NetworkOutput one = run(model, input, 1);
    for (int repeat = 0; repeat < 5; repeat++) {
      NetworkOutput many = run(model, input, 4);
      assertArrayEquals(one.channel(0), many.channel(0));
      assertArrayEquals(one.channel(1), many.channel(1));
    }
  }

  @Test
  void aGraphThatDecidesItselfVotes() {
    ModelManifest draft = new SampleManifest().output(Activation.ARGMAX, 2).sliding(8, 0.5).draft();
    Path packageFolder = SamplePackage.folder(folder, draft);
    TinyNetwork.writeDeciding(
        packageFolder.resolve(ModelManifest.MODEL_FILE),
        new float[] {0, 1},
        new float[] {0, -0.25f});
    ModelPackage model = SamplePackage.seal(packageFolder, draft);
    NetworkInput input = noise(4);
    NetworkOutput output = run(model, input, 2);
    for (int i = 0; i < input.values().length; i++) {
      float expected = input.values()[i] > 0.25f ? 1 : 0;
      assertEquals(expected, output.channel(1)[i], 1e-5);
      assertEquals(1 - expected, output.channel(0)[i], 1e-5);
    }
  }

  @Test
  void aNetworkThatAnswersNotANumberIsADefectAndTheNextRunWorks() {
    ModelManifest draft = new SampleManifest().sliding(8, 0.5).draft();
    Path packageFolder = SamplePackage.folder(folder, draft);
    TinyNetwork.writeLogarithm(
        packageFolder.resolve(ModelManifest.MODEL_FILE), new float[] {0, 1}, new float[] {1, 100});
    ModelPackage model = SamplePackage.seal(packageFolder, draft);
    var metrics = new InferenceMetrics(new SimpleMeterRegistry());
    try (LoadedNetwork network = LoadedNetwork.open(model, 2, metrics)) {
      var bad = new float[SIZE.voxels()];
      bad[SIZE.index(7, 8, 9)] = -1000;
      NetworkInput input = noise(5);
      var poisoned = new NetworkInput(input.grid(), bad);
      Defect defect = assertThrows(Defect.class, () -> network.run(poisoned));
      assertEquals(ReasonCode.OUTPUT_NOT_FINITE, defect.code());
      assertEquals(
          Math.log(100),
          network.run(new NetworkInput(input.grid(), new float[SIZE.voxels()])).channel(1)[0],
          1e-5);
    }
  }

  @Test
  void aNetworkWithOtherTensorsThanTheManifestIsNotLoaded() {
    ModelPackage good = SamplePackage.threshold(folder, new SampleManifest(), 0.5f);
    ModelManifest wrong =
        new SampleManifest().name("wrong").output(Activation.SOFTMAX, 3).segments(2).draft();
    var model = new ModelPackage(good.folder(), wrong, good.digest());
    var metrics = new InferenceMetrics(new SimpleMeterRegistry());
    Defect defect = assertThrows(Defect.class, () -> LoadedNetwork.open(model, 1, metrics));
    assertEquals(ReasonCode.PACKAGE_INVALID, defect.code());
    assertTrue(
        defect.getMessage().contains("must be FLOAT32(1 x 3 x ? x ? x ?), is FLOAT32(1 x 2"),
        defect.getMessage());
  }

  @Test
  void runsAndStagesAreMeasured() {
    ModelPackage model = SamplePackage.threshold(folder, new SampleManifest().sliding(8, 0), 0.5f);
    var registry = new SimpleMeterRegistry();
    var metrics = new InferenceMetrics(registry);
    try (LoadedNetwork network = LoadedNetwork.open(model, 2, metrics)) {
      network.run(noise(6));
    }
    assertEquals(1, registry.get("inference.run").tag("outcome", "done").timer().count());
    assertEquals(0, registry.get("inference.running").longTaskTimer().activeTasks());
    for (String stage : List.of("gather", "network", "blend")) {
      assertEquals(3 * 3 * 2, registry.get("inference.window").tag("stage", stage).timer().count());
    }
  }

  private static NetworkOutput run(ModelPackage model, NetworkInput input, int threads) {
    var metrics = new InferenceMetrics(new SimpleMeterRegistry());
    try (LoadedNetwork network = LoadedNetwork.open(model, threads, metrics)) {
      return network.run(input);
    }
  }

  private static NetworkInput noise(long seed) {
    var random = new Random(seed);
    var values = new float[SIZE.voxels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return new NetworkInput(SampleGrid.of(new Orientation("SPL"), SIZE), values);
  }
}

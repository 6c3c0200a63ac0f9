package org.firstpass.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtEnvironment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.model.ModelPackage;
import org.firstpass.sample.SampleManifest;
import org.firstpass.sample.SamplePackage;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NetworkGraphsTest {
  private static final int THREADS = 4;
  private static final long[] OPEN = {-1, 1, -1, -1, -1};

  @TempDir private Path folder;

  @Test
  void theShapeIsMeasuredOnceAndKnownAfterARestart() {
    ModelPackage model =
        SamplePackage.threshold(folder, new SampleManifest().sliding(8, 0.5), 0.5f);
    Path file = folder.resolve("costs.json");
    var costs = CostModel.at(file);
    ExecutionShape measured;
    try (NetworkGraphs graphs = NetworkGraphs.open(model, settings(0), costs)) {
      measured = graphs.shape();
      assertEquals(Device.CPU, graphs.device());
      assertEquals(THREADS, measured.callers() * measured.threads());
    }
    Optional<Double> estimate = costs.secondsPerMegavoxel(model.reference(), Device.CPU);
    assertTrue(estimate.orElseThrow() > 0);
    var again = CostModel.at(file);
    try (NetworkGraphs graphs = NetworkGraphs.open(model, settings(0), again)) {
      assertEquals(measured, graphs.shape());
      assertEquals(estimate, again.secondsPerMegavoxel(model.reference(), Device.CPU));
    }
  }

  @Test
  void aShapeThatIsKnownIsTakenWithoutMeasuring() {
    ModelPackage model =
        SamplePackage.threshold(folder, new SampleManifest().sliding(8, 0.5), 0.5f);
    var costs = CostModel.inMemory();
    var odd = new ExecutionShape(3, 1, 1);
    costs.remember(model.reference(), Device.CPU, new MeasuredShape(THREADS, odd, 10, 1 << 20));
    try (NetworkGraphs graphs = NetworkGraphs.open(model, settings(0), costs)) {
      assertEquals(odd, graphs.shape());
    }
  }

  @Test
  void callersAreAsManyAsNativeMemoryHasRoomFor() {
    ModelPackage model =
        SamplePackage.threshold(folder, new SampleManifest().sliding(8, 0.5), 0.5f);
    var costs = CostModel.inMemory();
    var wide = new ExecutionShape(THREADS, 1, 1);
    costs.remember(model.reference(), Device.CPU, new MeasuredShape(THREADS, wide, 10, 100 << 20));
    try (NetworkGraphs graphs = NetworkGraphs.open(model, settings(250L << 20), costs)) {
      assertEquals(new ExecutionShape(2, 2, 1), graphs.shape());
    }
    try (NetworkGraphs graphs = NetworkGraphs.open(model, settings(1), costs)) {
      assertEquals(new ExecutionShape(1, THREADS, 1), graphs.shape());
    }
  }

  @Test
  void measuringObeysTheMemoryToo() {
    ModelPackage model =
        SamplePackage.threshold(folder, new SampleManifest().sliding(8, 0.5), 0.5f);
    Assumptions.assumeTrue(NativeHeap.residentBytes().isPresent(), "nobody tells the memory");
    try (NetworkGraphs graphs = NetworkGraphs.open(model, settings(1), CostModel.inMemory())) {
      assertEquals(1, graphs.shape().callers());
    }
  }

  @Test
  void aWholeGridIsOneCallWithAllThreads() {
    ModelPackage model = SamplePackage.threshold(folder, new SampleManifest(), 0.5f);
    var costs = CostModel.inMemory();
    try (NetworkGraphs graphs = NetworkGraphs.open(model, settings(0), costs)) {
      assertEquals(ExecutionShape.whole(THREADS), graphs.shape());
    }
    assertTrue(costs.secondsPerMegavoxel(model.reference(), Device.CPU).orElseThrow() > 0);
  }

  @Test
  void slicesOfAWholeGridAreRunBySeveralCallers() {
    ModelPackage model =
        new DraftedPackage(folder)
            .slices(1, 0)
            .graph(TensorCheckTest.graph(new long[] {-1, 1, -1, -1}, 2))
            .seal();
    try (NetworkGraphs graphs = NetworkGraphs.open(model, settings(0), CostModel.inMemory())) {
      assertEquals(new ExecutionShape(THREADS, 1, 1), graphs.shape());
    }
  }

  @Test
  void versionsThatDifferInTheManifestOnlyShareTheirWeights() {
    ModelPackage first =
        SamplePackage.threshold(folder.resolve("1"), new SampleManifest().version("1.0.0"), 0.25f);
    ModelPackage second =
        SamplePackage.threshold(folder.resolve("2"), new SampleManifest().version("2.0.0"), 0.25f);
    var costs = CostModel.inMemory();
    try (NetworkGraphs one = NetworkGraphs.open(first, settings(0), costs);
        NetworkGraphs other = NetworkGraphs.open(second, settings(0), costs)) {
      assertSame(one.sessions().get(0).session(), other.sessions().get(0).session());
    }
  }

  @Test
  void everyMemberOfAnEnsembleIsOpenInTheManifestsOrder() {
    ModelPackage model =
        new DraftedPackage(folder)
            .networks("b.onnx", "a.onnx")
            .graph("a.onnx", TensorCheckTest.graph(OPEN, 2))
            .graph("b.onnx", TensorCheckTest.graph(new long[] {1, 1, -1, -1, -1}, 2))
            .seal();
    int before = SharedSession.count();
    try (NetworkGraphs graphs = NetworkGraphs.open(model, settings(0), CostModel.inMemory())) {
      assertEquals(2, graphs.sessions().size());
      TensorShape first = graphs.sessions().get(0).input("image").orElseThrow();
      assertEquals(1, first.axes().get(0));
      assertEquals(before + 2, SharedSession.count());
    }
    assertEquals(before, SharedSession.count());
  }

  @Test
  void aDeviceThatIsNotThereOpensNothing() {
    Assumptions.assumeFalse(
        OrtEnvironment.getAvailableProviders().contains(Device.CUDA.provider()), "there is CUDA");
    ModelPackage model = SamplePackage.threshold(folder, new SampleManifest(), 0.5f);
    int before = SharedSession.count();
    var settings = new ExecutionSettings(List.of(Device.CUDA), 1, Duration.ofMinutes(1), 0);
    Defect defect =
        assertThrows(Defect.class, () -> NetworkGraphs.open(model, settings, CostModel.inMemory()));
    assertEquals(ReasonCode.DEVICE_UNAVAILABLE, defect.code());
    assertEquals(before, SharedSession.count());
  }

  private static ExecutionSettings settings(long nativeMemoryBytes) {
    return new ExecutionSettings(
        List.of(Device.CPU), THREADS, Duration.ofMinutes(1), nativeMemoryBytes);
  }
}

package org.firstpass.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.geometry.GridSize;
import org.firstpass.model.OutputSpec.Activation;
import org.firstpass.model.WindowSpec;
import org.firstpass.model.WindowSpec.Placement;
import org.firstpass.prepare.NetworkInput;
import org.firstpass.sample.OnnxGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks that do not do what they should: a code each, and the next run is well. */
final class FailingNetworkTest {
  private static final GridSize SIZE = new GridSize(16, 12, 20);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void oneValueThatIsNoNumberIsFoundWhereverWindowsOverlap(float bad) {
    NetworkInput good = NetworkFixture.noise(SIZE, 1, 1);
    float[] values = good.values().clone();
    values[SIZE.index(7, 6, 11)] = bad;
    var poisoned = new NetworkInput(good.grid(), values);
    for (long blendBytes : new long[] {0, Long.MAX_VALUE}) {
      NetworkFixture fixture =
          fixture(graph("Identity")).sliding(List.of(8, 8, 8), 0.5, Placement.NNUNET, List.of(0));
      try (LoadedNetwork network = fixture.blendBytes(blendBytes).shape(2, 2).open(folder)) {
        Defect defect = assertThrows(Defect.class, () -> network.run(poisoned));
        assertEquals(ReasonCode.OUTPUT_NOT_FINITE, defect.code());
        network.run(good);
      }
    }
  }

  @Test
  void theWholeGridIsLookedThroughToo() {
    NetworkFixture fixture = fixture(graph("Log")).windows(new WindowSpec.Whole(1, 0));
    NetworkInput input = NetworkFixture.noise(SIZE, 1, 2);
    input.values()[0] = -1;
    try (LoadedNetwork network = fixture.open(folder)) {
      Defect defect = assertThrows(Defect.class, () -> network.run(input));
      assertEquals(ReasonCode.OUTPUT_NOT_FINITE, defect.code());
    }
  }

  @Test
  void aLabelThatIsNoneIsADefect() {
    var graph =
        new OnnxGraph()
            .input(ConvolutionGraph.INPUT, -1, 1, -1, -1, -1)
            .node(
                "Cast",
                List.of(ConvolutionGraph.INPUT),
                ConvolutionGraph.OUTPUT,
                OnnxGraph.integer("to", DataType.INT64.getNumber()))
            .output(ConvolutionGraph.OUTPUT, DataType.INT64, -1, 1, -1, -1, -1);
    NetworkInput input = NetworkFixture.noise(SIZE, 1, 3);
    input.values()[5] = 3;
    NetworkFixture fixture =
        new NetworkFixture()
            .graph(graph)
            .output(Activation.ARGMAX, 3)
            .sliding(List.of(8, 8, 8), 0.5, Placement.MONAI, List.of());
    try (LoadedNetwork network = fixture.open(folder)) {
      Defect defect = assertThrows(Defect.class, () -> network.run(input));
      assertEquals(ReasonCode.INFERENCE_FAILED, defect.code());
      assertTrue(defect.getMessage().contains("whole numbers below 3"), defect.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRunThatTakesTooLongIsEndedAndLeavesTheNetworkUsable(boolean whole) {
    var large = new GridSize(64, 64, 64);
    NetworkFixture fixture =
        fixture(slow(400))
            .windows(
                whole
                    ? new WindowSpec.Whole(1, 0)
                    : new WindowSpec.Sliding(
                        List.of(48, 48, 48), 0.5, WindowSpec.Blending.GAUSSIAN, null, 0))
            .shape(2, 1)
            .timeout(Duration.ofMillis(300));
    try (LoadedNetwork network = fixture.open(folder)) {
      Defect defect =
          assertThrows(
              Defect.class, () -> network.run(NetworkFixture.noise(large, 1, 4), slab -> {}));
      assertEquals(ReasonCode.INFERENCE_TIMED_OUT, defect.code());
      assertTrue(defect.getMessage().contains("may take PT0.3S"), defect.getMessage());
    }
    // The session is shared within the process: it must not have kept the mark of its end.
    NetworkFixture patient =
        fixture(slow(400)).windows(new WindowSpec.Whole(1, 0)).timeout(Duration.ofMinutes(5));
    try (LoadedNetwork network = patient.open(folder)) {
      network.run(NetworkFixture.noise(new GridSize(4, 4, 4), 1, 5));
    }
  }

  @Test
  void aBatchThatDoesNotFitIsRunWindowByWindow() {
    NetworkFixture fixture =
        fixture(hungry()).sliding(List.of(8, 8, 8), 0.5, Placement.MONAI, List.of()).shape(1, 16);
    NetworkInput input = NetworkFixture.noise(SIZE, 1, 6);
    var slabs = new Slabs(SIZE, 3);
    try (LoadedNetwork network = fixture.open(folder)) {
      network.run(input, slabs);
    }
    for (int at = 0; at < SIZE.voxels(); at++) {
      assertEquals(input.values()[at], slabs.channel(1)[at], 1e-6);
    }
  }

  @Test
  void aNetworkThatDoesNotFitAtAllRunsOutOfMemory() {
    NetworkFixture fixture = fixture(hungry()).windows(new WindowSpec.Whole(1, 0)).shape(1, 1);
    try (LoadedNetwork network = fixture.open(folder)) {
      // What the graph asks for grows with the fourteenth power of the number of its columns.
      NetworkInput wide = NetworkFixture.noise(new GridSize(64, 1, 1), 1, 7);
      Defect defect = assertThrows(Defect.class, () -> network.run(wide));
      assertEquals(ReasonCode.OUT_OF_MEMORY, defect.code());
      network.run(NetworkFixture.noise(new GridSize(1, 1, 1), 1, 8));
    }
  }

  private static NetworkFixture fixture(OnnxGraph graph) {
    return new NetworkFixture().graph(graph).output(Activation.SOFTMAX, 3);
  }

  /** The input three times, then an operator. */
  private static OnnxGraph graph(String operator) {
    return tripled("tripled")
        .node(operator, List.of("tripled"), ConvolutionGraph.OUTPUT)
        .output(ConvolutionGraph.OUTPUT, -1, 3, -1, -1, -1);
  }

  private static OnnxGraph tripled(String output) {
    return new OnnxGraph()
        .input(ConvolutionGraph.INPUT, -1, 1, -1, -1, -1)
        .node(
            "Concat",
            List.of(ConvolutionGraph.INPUT, ConvolutionGraph.INPUT, ConvolutionGraph.INPUT),
            output,
            OnnxGraph.integer("axis", 1));
  }

  /** So many convolutions one after the other, each of which takes a while. */
  private static OnnxGraph slow(int convolutions) {
    OnnxGraph graph =
        tripled("0").weights("weights", List.of(3L, 3L, 5L, 5L, 5L), new float[3 * 3 * 125]);
    for (int i = 0; i < convolutions; i++) {
      graph.node(
          "Conv",
          List.of(String.valueOf(i), "weights"),
          i == convolutions - 1 ? ConvolutionGraph.OUTPUT : String.valueOf(i + 1),
          OnnxGraph.integers("pads", 2L, 2L, 2L, 2L, 2L, 2L));
    }
    return graph.output(ConvolutionGraph.OUTPUT, -1, 3, -1, -1, -1);
  }

  /** Asks for memory that grows with the fourteenth power of windows x columns / 8. */
  private static OnnxGraph hungry() {
    return tripled("tripled")
        .weights("zero", List.of(1L), 0f)
        .shape("first", 0L)
        .shape("last", 4L)
        .shape("eight", 8L)
        .shape("power", 14L)
        .node("Shape", List.of(ConvolutionGraph.INPUT), "shape")
        .node("Gather", List.of("shape", "first"), "windows")
        .node("Gather", List.of("shape", "last"), "columns")
        .node("Mul", List.of("windows", "columns"), "both")
        .node("Div", List.of("both", "eight"), "count")
        .node("Pow", List.of("count", "power"), "many")
        .node("Expand", List.of("zero", "many"), "zeros")
        .node("ReduceSum", List.of("zeros"), "sum", OnnxGraph.integer("keepdims", 0))
        .node("Add", List.of("tripled", "sum"), ConvolutionGraph.OUTPUT)
        .output(ConvolutionGraph.OUTPUT, -1, 3, -1, -1, -1);
  }
}

package org.firstpass.training.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.training.PyTorch;
import org.firstpass.training.ShippedPackage;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class TrainableGraphTest {
  private static final double TOLERANCE = 1e-5;

  @BeforeAll
  static void startEngines() {
    PyTorch.start();
    Engine.getEngine("OnnxRuntime");
  }

  @ParameterizedTest
  @EnumSource
  void everyOperatorAnswersAsInOnnxRuntime(SmallGraph graph) throws OrtException {
    long[] shape = {1, 2, 4, 6, 8};
    double difference = BothRuntimes.difference(graph.onnx(), BothRuntimes.noise(shape), shape);
    assertTrue(difference < TOLERANCE, graph + " differs by " + difference);
  }

  @ParameterizedTest
  @CsvSource({
    "parity/unet_monai.onnx,32",
    "parity/unet_nnlike.onnx,32",
    "data/models/meshnet_model5_gw_ae.onnx,32",
    "data/models/allconvunet_tcia_fold1.onnx,144"
  })
  void networksOfOthersAnswerAsInOnnxRuntime(String file, int edge)
      throws OrtException, IOException {
    Path shared = shared().resolve(file);
    Assumptions.assumeTrue(Files.exists(shared), () -> "SKIPPED: there is no " + file);
    long[] shape = {1, 1, edge, edge, edge};
    float[] image = BothRuntimes.noise(shape);
    if (edge == 144) {
      for (int i = 0; i < image.length; i++) {
        image[i] *= 300;
      }
    }
    double difference = BothRuntimes.difference(Files.readAllBytes(shared), image, shape);
    assertTrue(difference < 1e-4, file + " differs by " + difference);
  }

  @Test
  void anUnknownOperatorIsRefusedByItsName() {
    byte[] graph = SmallGraph.of("Erf").toByteArray();
    Defect refused = assertThrows(Defect.class, () -> TrainableGraph.read(graph, name -> false));
    assertEquals(ReasonCode.NETWORK_NOT_TRAINABLE, refused.code());
    assertTrue(String.valueOf(refused.getMessage()).contains("Erf"), refused.getMessage());
  }

  @Test
  void weightsThatDidNotChangeGiveTheSameFile() throws IOException {
    byte[] onnx = Files.readAllBytes(ShippedPackage.folder().resolve("model.onnx"));
    var graph = TrainableGraph.read(onnx, name -> false);
    assertEquals(190_823, graph.trainedCount());
    assertArrayEquals(onnx, graph.withValues(graph.initialValues(), Map.of()));
  }

  @Test
  void frozenWeightsAreNotAmongTheTrained() throws IOException {
    byte[] onnx = Files.readAllBytes(ShippedPackage.folder().resolve("model.onnx"));
    var graph =
        TrainableGraph.read(onnx, name -> !name.startsWith("head") && !name.startsWith("logits"));
    assertEquals(8 * 7 + 7, graph.trainedCount());
    assertThrows(Defect.class, () -> TrainableGraph.read(onnx, name -> true));
  }

  private static Path shared() {
    Path folder = ShippedPackage.folder();
    while (!Files.exists(folder.resolve("LICENSE"))) {
      folder = folder.getParent();
    }
    return folder.resolveSibling("shared");
  }
}

package org.firstpass.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.sample.OnnxGraph;
import org.firstpass.sample.TinyNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GraphFileTest {
  @TempDir private Path folder;

  @Test
  void aGraphWithAllItsWeightsNeedsNothingElse() {
    Path file = folder.resolve("model.onnx");
    TinyNetwork.write(file, new float[] {1, 2}, new float[] {3, 4});
    GraphFile graph = GraphFile.read(file);
    assertEquals(Set.of(), graph.externalFiles());
    assertEquals(Set.of(), graph.foreignOperators());
  }

  @Test
  void weightsThatLieElsewhereAreFoundAndCount() throws IOException {
    Path file = graph().externalWeights("w", List.of(1L), "w.bin").write(path());
    Files.write(folder.resolve("w.bin"), new byte[] {0, 0, 0, 0});
    GraphFile graph = GraphFile.read(file);
    assertEquals(Set.of("w.bin"), graph.externalFiles());
    Files.write(folder.resolve("w.bin"), new byte[] {1, 0, 0, 0});
    assertNotEquals(graph.content(), GraphFile.read(file).content());
  }

  @Test
  void anOperatorThatNobodyDefinesIsNamed() {
    Path file = graph().node("com.example:Magic", List.of("x"), "z").write(path());
    GraphFile graph = GraphFile.read(file);
    assertEquals(Set.of("com.example:Magic"), graph.foreignOperators());
    Defect defect = assertThrows(Defect.class, () -> graph.requireKnownOperators("sample 1.0.0"));
    assertEquals(ReasonCode.PACKAGE_INVALID, defect.code());
    assertTrue(
        String.valueOf(defect.getMessage()).contains("custom operators"), defect.getMessage());
    assertTrue(
        String.valueOf(defect.getMessage()).contains("com.example:Magic"), defect.getMessage());
  }

  @Test
  void operatorsOfTheRuntimeAreNotForeign() {
    Path file = graph().node("com.microsoft:Gelu", List.of("x"), "z").write(path());
    assertEquals(Set.of(), GraphFile.read(file).foreignOperators());
  }

  @Test
  void functionsThatTheGraphDefinesAreNotForeign() throws IOException {
    byte[] bytes = graph().node("com.example:Magic", List.of("x"), "z").bytes();
    var function = FunctionProto.newBuilder().setDomain("com.example").setName("Magic").build();
    Path file =
        Files.write(
            path(),
            ModelProto.parseFrom(bytes).toBuilder().addFunctions(function).build().toByteArray());
    assertEquals(Set.of(), GraphFile.read(file).foreignOperators());
  }

  @Test
  void aFileThatEndsEarlyIsRefused() throws IOException {
    byte[] whole = graph().bytes();
    for (int length = 0; length < whole.length; length++) {
      Path file = Files.write(path(), Arrays.copyOf(whole, length));
      // A cut between two fields of the model leaves a whole graph behind.
      if (length < whole.length / 2) {
        Defect defect = assertThrows(Defect.class, () -> GraphFile.read(file));
        assertEquals(ReasonCode.PACKAGE_INVALID, defect.code());
      }
    }
  }

  @Test
  void weightsOutsideThePackageAreRefused() {
    Path graph = folder.resolve("model.onnx");
    assertEquals("a/w.bin", GraphFile.inPackage(folder, folder.resolve("a/model.onnx"), "w.bin"));
    for (String outside : List.of("../w.bin", "/etc/hostname", "a/../../w.bin")) {
      Defect defect = assertThrows(Defect.class, () -> GraphFile.inPackage(folder, graph, outside));
      assertTrue(
          String.valueOf(defect.getMessage()).contains("leaves the package"), defect.getMessage());
    }
  }

  private Path path() {
    return folder.resolve("model.onnx");
  }

  private static OnnxGraph graph() {
    return new OnnxGraph().input("x", 1).node("Relu", List.of("x"), "y").output("y", 1);
  }
}

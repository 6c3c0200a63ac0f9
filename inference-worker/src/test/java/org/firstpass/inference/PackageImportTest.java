package org.firstpass.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.ModelPackage;
import org.firstpass.model.importing.GraphTensors;
import org.firstpass.model.importing.GraphTensors.Tensor;
import org.firstpass.model.importing.ImportNotes;
import org.firstpass.model.importing.ImportedModel;
import org.firstpass.sample.OnnxGraph;
import org.firstpass.sample.SampleManifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PackageImportTest {
  private static final long[] OPEN = {-1, 1, -1, -1, -1};

  @TempDir private Path folder;

  @Test
  void aGraphTellsItsTensors() {
    Path graph = graph("a", new float[] {0, 1});
    assertEquals(
        new GraphTensors(
            List.of(new Tensor("image", "FLOAT32", List.of(-1L, 1L, -1L, -1L, -1L))),
            List.of(new Tensor("logits", "FLOAT32", List.of(-1L, 2L, -1L, -1L, -1L)))),
        GraphInspection.tensors(graph));
  }

  @Test
  void weightsBesideAGraphComeAlong() throws IOException {
    Path graph = graph("a", new float[] {0, 1});
    ModelPackage written = write(draft(List.of()), List.of(graph));
    assertTrue(PackageVerification.of(written).passed());
    assertArrayEquals(
        Files.readAllBytes(graph.resolveSibling("w.bin")),
        Files.readAllBytes(written.folder().resolve("w.bin")));
    assertTrue(written.manifest().files().containsKey("w.bin"));
  }

  @Test
  void weightsThatAreNotThereAreMissed() throws IOException {
    Path graph = graph("a", new float[] {0, 1});
    Files.delete(graph.resolveSibling("w.bin"));
    Defect refusal = assertThrows(Defect.class, () -> write(draft(List.of()), List.of(graph)));
    assertEquals(ReasonCode.PACKAGE_INVALID, refusal.code());
    assertTrue(refusal.getMessage().contains("w.bin, which is not beside it"));
    assertNothingIsLeft();
  }

  @Test
  void foldsMustNotShareAFileOfDifferentWeights() throws IOException {
    List<Path> folds = List.of(graph("a", new float[] {0, 1}), graph("b", new float[] {0, 2}));
    List<String> names = ImportedModel.networkFiles(folds);
    assertEquals(List.of("network_0.onnx", "network_1.onnx"), names);
    Defect refusal = assertThrows(Defect.class, () -> write(draft(names), folds));
    assertTrue(refusal.getMessage().contains("different weights in w.bin"));
    assertNothingIsLeft();
  }

  private void assertNothingIsLeft() throws IOException {
    assertFalse(Files.exists(folder.resolve("packages/sample/1.0.0")));
    assertFalse(Files.exists(folder.resolve("packages/sample/.import")));
  }

  private ModelPackage write(ModelManifest draft, List<Path> graphs) throws IOException {
    return PackageImport.write(
        new ImportedModel(draft, graphs, new ImportNotes()),
        folder.resolve("packages"),
        Optional.empty());
  }

  private static ModelManifest draft(List<String> networks) {
    ModelManifest one = new SampleManifest().draft();
    return new ModelManifest(
        one.format(),
        one.name(),
        one.version(),
        one.about(),
        one.accepts(),
        one.input(),
        one.windows(),
        one.output(),
        one.labels(),
        null,
        networks,
        null,
        null,
        Map.of(),
        null);
  }

  /** A convolution whose two weights lie in a file beside it. */
  private Path graph(String name, float[] weights) {
    try {
      Path parent = Files.createDirectories(folder.resolve(name));
      ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * 2).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(weights);
      Files.write(parent.resolve("w.bin"), bytes.array());
      return new OnnxGraph()
          .input("image", OPEN)
          .externalWeights("w", List.of(2L, 1L, 1L, 1L, 1L), "w.bin")
          .node("Conv", List.of("image", "w"), "logits")
          .output("logits", -1, 2, -1, -1, -1)
          .write(parent.resolve("fold.onnx"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

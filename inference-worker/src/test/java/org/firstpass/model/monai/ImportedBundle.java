package org.firstpass.model.monai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.model.importing.Answers;
import org.firstpass.model.importing.GraphTensors;
import org.firstpass.model.importing.GraphTensors.Tensor;
import org.firstpass.model.importing.ImportedModel;
import org.firstpass.model.importing.Question;
import org.firstpass.model.monai.MonaiImport.MonaiFiles;
import org.junit.jupiter.api.io.TempDir;

/** A bundle of our own making in a folder, to be changed and imported. */
abstract class ImportedBundle {
  static final ObjectMapper MAPPER = new ObjectMapper();
  static final int SPACING = 3;
  static final int INTENSITY = 4;

  @TempDir Path folder;

  final ObjectNode metadata = resource("metadata.json");
  final ObjectNode config = resource("inference.json");
  final Map<Question, String> options = new EnumMap<>(Question.class);
  int inputs = 1;
  int outputs = 3;
  int axes = 3;

  ImportedBundle() {
    options.put(Question.LICENCE, "Apache-2.0");
  }

  final void assertRefused(String message) {
    Defect refusal = assertThrows(Defect.class, this::imported);
    assertEquals(ReasonCode.IMPORT_UNSUPPORTED, refusal.code());
    assertTrue(refusal.getMessage().contains(message), refusal.getMessage());
  }

  ArrayNode transforms() {
    return (ArrayNode) config.path("preprocessing").path("transforms");
  }

  ObjectNode step(int index) {
    return (ObjectNode) transforms().get(index);
  }

  ArrayNode post() {
    return (ArrayNode) config.path("postprocessing").path("transforms");
  }

  ObjectNode post(int index) {
    return (ObjectNode) post().get(index);
  }

  static JsonNode json(String text) throws IOException {
    return MAPPER.readTree(text.replace('\'', '"'));
  }

  ImportedModel imported() throws IOException {
    Path configs = Files.createDirectories(folder.resolve("bundle/configs"));
    Files.writeString(configs.resolve("metadata.json"), metadata.toString());
    Files.writeString(configs.resolve("inference.json"), config.toString());
    return read();
  }

  ImportedModel read() {
    var files = new MonaiFiles(folder.resolve("bundle"), folder.resolve("model.onnx"), Map.of());
    var graph = new GraphTensors(List.of(tensor("in", inputs)), List.of(tensor("out", outputs)));
    return MonaiImport.read(files, graph, Answers.of(options));
  }

  private Tensor tensor(String name, int channels) {
    List<Long> shape =
        axes == 3
            ? List.of(-1L, (long) channels, -1L, -1L, -1L)
            : List.of(-1L, (long) channels, -1L, -1L);
    return new Tensor(name, "FLOAT32", shape);
  }

  static ObjectNode resource(String name) {
    try (var in = ImportedBundle.class.getResourceAsStream(name)) {
      return (ObjectNode) MAPPER.readTree(Objects.requireNonNull(in, name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

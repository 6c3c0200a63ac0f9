package org.firstpass.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.firstpass.inference.PackageSealing;
import org.firstpass.model.ModelPackage;

/**
 * A package as it comes out of a common mistake: its images are prepared for another window of
 * Hounsfield units than its weights were trained with. It verifies, because the network itself does
 * what it always did, and proposes worse.
 */
final class SpoiltPackage {
  private static final double SHIFT = 150;

  private SpoiltPackage() {}

  /** Makes one of a package, under another version. */
  static ModelPackage of(Path model, String version, StateFolder state) throws IOException {
    Path folder = Files.createTempDirectory(state.root(), "spoilt");
    List<Path> files;
    try (Stream<Path> tree = Files.walk(model)) {
      files = tree.sorted().skip(1).toList();
    }
    for (Path each : files) {
      Files.copy(each, folder.resolve(model.relativize(each).toString()));
    }
    var json = new ObjectMapper();
    Path manifest = folder.resolve(ModelPackage.MANIFEST_FILE);
    JsonNode draft = json.readTree(manifest.toFile());
    ((ObjectNode) draft).put("version", version);
    var window = (ObjectNode) draft.at("/input/channels/0/intensity");
    window.put("lower", window.path("lower").asDouble() + SHIFT);
    window.put("upper", window.path("upper").asDouble() + SHIFT);
    Files.write(manifest, json.writeValueAsBytes(draft));
    return PackageSealing.seal(folder);
  }
}

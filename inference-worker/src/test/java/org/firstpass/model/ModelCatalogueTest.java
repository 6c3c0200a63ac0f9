package org.firstpass.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.firstpass.sample.SampleManifest;
import org.firstpass.sample.SamplePackage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelCatalogueTest {
  @TempDir private Path folder;

  @Test
  void aBrokenPackageIsToldOfAndTheOthersAreServed() throws IOException {
    SamplePackage.threshold(folder, new SampleManifest().name("good"), 0.5f);
    ModelPackage bad = SamplePackage.threshold(folder, new SampleManifest().name("bad"), 0.5f);
    Files.writeString(bad.modelFile(), "overwritten");
    Path nonsense = Files.createDirectories(folder.resolve("nonsense/1.0.0"));
    Files.writeString(nonsense.resolve("manifest.json"), "{\"format\": 1, \"nmae\": \"x\"}");
    ModelCatalogue catalogue =
        ModelCatalogue.load(List.of(folder, folder.resolve("does not exist")));
    assertEquals(List.of("good 1.0.0"), labels(catalogue.packages()));
    assertEquals(2, catalogue.broken().size());
    assertTrue(catalogue.broken().get(0).reason().contains("model.onnx must have SHA-256"));
    assertTrue(catalogue.broken().get(1).reason().contains("name must match"));
  }

  @Test
  void theNewestVersionOfEachNameIsServed() throws IOException {
    ModelPackage first = SamplePackage.threshold(folder, new SampleManifest(), 0.5f);
    for (String version : List.of("1.10.0", "1.9.0", "1.10.0-rc.1")) {
      Path copy = Files.createDirectories(folder.resolve("sample").resolve(version));
      Files.createDirectories(copy.resolve("golden"));
      for (String file : first.manifest().files().keySet()) {
        Files.copy(first.folder().resolve(file), copy.resolve(file));
      }
      String json =
          new String(ManifestJson.write(first.manifest()), StandardCharsets.UTF_8)
              .replace("\"version\" : \"1.0.0\"", "\"version\" : \"" + version + "\"");
      Files.writeString(copy.resolve("manifest.json"), json);
    }
    ModelCatalogue catalogue = ModelCatalogue.load(List.of(folder));
    assertEquals(
        List.of("sample 1.0.0", "sample 1.9.0", "sample 1.10.0-rc.1", "sample 1.10.0"),
        labels(catalogue.packages()));
    assertEquals(List.of("sample 1.10.0"), labels(catalogue.served()));
    assertTrue(catalogue.find("sample", "1.9.0").isPresent());
    assertTrue(catalogue.find("sample", "2.0.0").isEmpty());
  }

  @Test
  void aPackageFolderItselfMayBeGiven() {
    ModelPackage model = SamplePackage.threshold(folder, new SampleManifest(), 0.5f);
    assertEquals(List.of(model), ModelCatalogue.load(List.of(model.folder())).packages());
  }

  @Test
  void thePackageDigestChangesWithTheWeightsAndWithTheManifest() {
    ModelPackage one = SamplePackage.threshold(folder.resolve("a"), new SampleManifest(), 0.5f);
    ModelPackage same = SamplePackage.threshold(folder.resolve("b"), new SampleManifest(), 0.5f);
    ModelPackage weights = SamplePackage.threshold(folder.resolve("c"), new SampleManifest(), 1f);
    ModelPackage manifest =
        SamplePackage.threshold(folder.resolve("d"), new SampleManifest().name("other"), 0.5f);
    assertEquals(one.digest(), same.digest());
    assertNotEquals(one.digest(), weights.digest());
    assertNotEquals(one.digest(), manifest.digest());
  }

  @Test
  void aDigestThatLeavesThePackageIsRefused() throws IOException {
    ModelPackage model = SamplePackage.threshold(folder, new SampleManifest(), 0.5f);
    String json =
        new String(ManifestJson.write(model.manifest()), StandardCharsets.UTF_8)
            .replace("golden/input.npy.gz", "../../outside.npy.gz");
    Files.writeString(model.folder().resolve("manifest.json"), json);
    ModelCatalogue catalogue = ModelCatalogue.load(List.of(folder));
    assertTrue(catalogue.broken().get(0).reason().contains("leaves the package"));
  }

  private static List<String> labels(List<ModelPackage> packages) {
    return packages.stream().map(ModelPackage::label).toList();
  }
}

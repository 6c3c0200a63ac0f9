package org.firstpass.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.firstpass.sample.SampleManifest;
import org.junit.jupiter.api.Test;

final class ModelManifestTest {

  @Test
  void everyFieldSurvivesTheJson() {
    for (ModelManifest manifest : FullManifests.all()) {
      byte[] json = ManifestJson.write(manifest);
      assertEquals(manifest, ManifestJson.read(json));
      assertArrayEquals(json, ManifestJson.write(ManifestJson.read(json)));
    }
  }

  @Test
  void theManifestsOfTheseTestsHaveEveryFieldThatThereIs() throws ReflectiveOperationException {
    Set<String> all = new TreeSet<>();
    Set<String> filled = new TreeSet<>();
    for (ModelManifest manifest : FullManifests.all()) {
      collect(manifest, all, filled);
    }
    for (Class<?> family :
        List.of(
            GridSpec.class,
            OutsideSpec.class,
            CropSpec.class,
            IntensitySpec.class,
            WindowSpec.class,
            AnatomicalRule.class)) {
      for (Class<?> kind : family.getPermittedSubclasses()) {
        all.add(kind.getName());
      }
    }
    all.removeAll(filled);
    assertEquals(Set.of(), all, "fields and kinds that no manifest of the tests has");
  }

  @Test
  void aManifestOfTheFirstVersionStillMeansTheSame() throws IOException {
    ModelManifest manifest = ManifestJson.read(resource("manifest-of-first-version.json"));
    assertEquals(new CropSpec.Above(-200, 15), manifest.input().crop());
    assertEquals(new GridSpec.Spaced(List.of(5.0, 5.0, 5.0)), manifest.input().grid());
    assertEquals(
        new IntensitySpec.Window(-250, 350), manifest.input().channels().get(0).intensity());
    assertEquals(ResamplingSpec.LINEAR, manifest.input().effectiveResampling());
    assertFalse(manifest.input().normalisesFirst());
    assertFalse(manifest.input().seesSlices());
    assertFalse(manifest.input().keepsAcquiredAxes());
    var windows = assertInstanceOf(WindowSpec.Sliding.class, manifest.windows());
    assertEquals(
        new WindowSpec.Sliding(List.of(48, 64, 64), 0.25, WindowSpec.Blending.GAUSSIAN, null, 0),
        windows);
    assertEquals(WindowSpec.Placement.MONAI, windows.effectivePlacement());
    assertEquals(1, windows.effectiveBatch());
    assertEquals(List.of("model.onnx"), manifest.networkFiles());
    assertTrue(manifest.segments());
    assertEquals(2, manifest.labels().schema().segments().size());
    assertTrue(manifest.goldenCase().isPresent());
  }

  @Test
  void everyShippedPackageCanBeRead() throws IOException {
    Path packages = repository().resolve("models/packages");
    try (var tree = Files.walk(packages)) {
      List<Path> manifests =
          tree.filter(file -> file.endsWith(ModelPackage.MANIFEST_FILE)).toList();
      assertFalse(manifests.isEmpty());
      for (Path manifest : manifests) {
        ManifestJson.read(Files.readAllBytes(manifest));
      }
    }
  }

  @Test
  void theExamplesOfTheReadmeAreManifests() throws IOException {
    String readme = Files.readString(repository().resolve("models/packages/README.md"));
    String[] parts = readme.split("```json");
    ModelManifest first = read(parts[1]);
    assertEquals(2, first.labels().schema().segments().size());
    assertFalse(first.goldenCase().isPresent());
    for (int part = 2; part < parts.length; part++) {
      assertTrue(read(parts[part]).segments());
    }
  }

  @Test
  void aCoarsePackageMayBeAnotherVersionOfTheSameName() {
    var crop = new CropSpec.Coarse("sample", "0.9.0", List.of(), 0);
    ManifestCoherence.requireNoCircle("sample", "1.0.0", crop);
    assertEquals("sample 1.0.0", new SampleManifest().draft().label());
  }

  private static ModelManifest read(String block) {
    String json = block.substring(0, block.indexOf("```"));
    return ManifestJson.read(json.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] resource(String name) throws IOException {
    try (var in = ModelManifestTest.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }

  private static Path repository() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder.getParent() != null && !Files.exists(folder.resolve("LICENSE"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  /** Every field of every record below this one, and those that have a value. */
  private static void collect(Object value, Set<String> all, Set<String> filled)
      throws ReflectiveOperationException {
    if (value instanceof Collection<?> many) {
      for (Object each : many) {
        collect(each, all, filled);
      }
    } else if (value instanceof Record) {
      filled.add(value.getClass().getName());
      for (RecordComponent component : value.getClass().getRecordComponents()) {
        component.getAccessor().setAccessible(true);
        Object part = component.getAccessor().invoke(value);
        String name = value.getClass().getName() + "." + component.getName();
        all.add(name);
        if (part != null && !isEmpty(part)) {
          filled.add(name);
          collect(part, all, filled);
        }
      }
    }
  }

  private static boolean isEmpty(Object value) {
    return value instanceof Collection<?> many && many.isEmpty()
        || value instanceof Map<?, ?> map && map.isEmpty()
        || value.equals("");
  }
}

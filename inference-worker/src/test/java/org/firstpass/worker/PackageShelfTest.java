package org.firstpass.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.firstpass.event.ModelState;
import org.firstpass.event.ModelStateChanged;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Orientation;
import org.firstpass.inference.CostModel;
import org.firstpass.inference.ExecutionSettings;
import org.firstpass.inference.InferenceMetrics;
import org.firstpass.inference.LoadedNetwork;
import org.firstpass.model.ModelPackage;
import org.firstpass.model.Provenance.LicenceClass;
import org.firstpass.prepare.NetworkInput;
import org.firstpass.sample.SampleGrid;
import org.firstpass.sample.SampleManifest;
import org.firstpass.sample.SamplePackage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages that come, change and go while the worker runs. */
final class PackageShelfTest {
  @TempDir private Path packages;
  @TempDir private Path elsewhere;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private PackageShelf shelf;
  private int decided;

  @BeforeEach
  void open() {
    shelf = shelf(Set.of());
  }

  @AfterEach
  void close() {
    shelf.close();
  }

  @Test
  void aVersionThatIsCopiedInIsServedOnceItsFilesRest() throws IOException {
    seal(packages, "1.0.0");
    look(1);
    Path arriving = packages.resolve("sample/2.0.0");
    Path complete = seal(elsewhere, "2.0.0").folder();
    // First what a copy has at first: no manifest.
    Files.createDirectories(arriving.resolve("golden"));
    Files.copy(complete.resolve("model.onnx"), arriving.resolve("model.onnx"));
    look(3);
    assertEquals("1.0.0", serving());
    // Then half a file, with the manifest there already.
    Files.copy(complete.resolve("manifest.json"), arriving.resolve("manifest.json"));
    look(1);
    assertEquals("1.0.0", serving());
    copy(complete.resolve("golden"), arriving.resolve("golden"));
    look(1);
    assertEquals("1.0.0", serving(), "its files still change");
    assertTrue(shelf.sound(), "which is no failure");
    look(1);
    assertEquals("2.0.0", serving());
  }

  @Test
  void aSeriesKeepsTheVersionItBeganWithAndItsMemoryGoesBackWhenItEnds() throws IOException {
    ModelPackage old = seal(packages, "1.0.0");
    look(1);
    PackageUse series = shelf.use();
    LoadedNetwork running = series.network(old);
    seal(packages, "2.0.0");
    look(2);
    assertEquals("2.0.0", serving());
    delete(old.folder());
    look(1);
    assertEquals(1, shelf.statuses().size());
    assertSame(running, series.network(series.served().serving().get(0)));
    run(running);
    series.close();
    assertThrows(RuntimeException.class, () -> run(running), "its session is closed");
    try (PackageUse next = shelf.use()) {
      run(next.network(next.served().serving().get(0)));
    }
  }

  @Test
  void servingAnOlderVersionIsOneDecision() {
    seal(packages, "1.0.0");
    seal(packages, "2.0.0");
    look(1);
    assertEquals("2.0.0", serving());
    decide("1.0.0", ModelState.SERVING, 0);
    assertEquals("1.0.0", serving());
    decide("2.0.0", ModelState.SERVING, 0);
    assertEquals("2.0.0", serving());
    assertEquals(
        List.of(true, false),
        shelf.statuses().stream()
            .sorted(Comparator.comparing(PackageStatus::version).reversed())
            .map(each -> each.device() != null)
            .toList(),
        "only what serves is in memory");
  }

  @Test
  void aPackageThatFailsOnSeveralSeriesInARowIsLeftOutAndThePreviousServes() {
    seal(packages, "1.0.0");
    ModelPackage bad = seal(packages, "2.0.0");
    look(1);
    decide("1.0.0", ModelState.SERVING, 0);
    decide("2.0.0", ModelState.SERVING, 0);
    var broken = new Defect(ReasonCode.OUTPUT_NOT_FINITE, "not a number");
    shelf.failed(bad, broken);
    shelf.failed(bad, broken);
    shelf.worked(bad);
    shelf.failed(bad, broken);
    shelf.failed(bad, broken);
    assertEquals("2.0.0", serving(), "one series in between was well");
    shelf.failed(bad, broken);
    assertEquals("1.0.0", serving());
    assertFalse(shelf.sound());
    PackageStatus status =
        shelf.statuses().stream()
            .filter(each -> "2.0.0".equals(each.version()))
            .findFirst()
            .orElseThrow();
    assertEquals("quarantined", status.state());
    assertEquals("failed on 3 series in a row, at last with FP3007 not a number", status.reason());
    assertEquals(1, registry.get("worker.quarantines").counter().count());
    assertEquals(
        1, registry.get("worker.packages").tag("condition", "quarantined").gauge().value());
    look(2);
    assertEquals("1.0.0", serving(), "a scan does not lift it");
  }

  @Test
  void whatIsNotThePackagesFaultDoesNotCount() {
    ModelPackage model = seal(packages, "1.0.0");
    look(1);
    for (int i = 0; i < 5; i++) {
      shelf.failed(model, new Defect(ReasonCode.OBJECT_MISSING, "gone"));
      shelf.failed(model, PackageFault.of(new OutOfMemoryError("heap")));
      shelf.failed(model, PackageFault.of(new UnsatisfiedLinkError("native")));
    }
    assertEquals("1.0.0", serving());
  }

  @Test
  void aPackageWhoseGoldenCaseFailsHereIsNotServedAndTheOthersAre() throws IOException {
    seal(packages, "1.0.0");
    ModelPackage wrong = seal(packages, "2.0.0");
    ModelPackage other = SamplePackage.threshold(elsewhere, new SampleManifest(), 77);
    // Another network under a manifest that is sealed for it, with the answers of the first.
    Files.copy(
        other.folder().resolve("model.onnx"),
        wrong.folder().resolve("model.onnx"),
        StandardCopyOption.REPLACE_EXISTING);
    String manifest = Files.readString(wrong.folder().resolve("manifest.json"));
    Files.writeString(
        wrong.folder().resolve("manifest.json"),
        manifest.replace(
            wrong.manifest().files().get("model.onnx").hex(),
            other.manifest().files().get("model.onnx").hex()));
    look(1);
    assertEquals("1.0.0", serving());
    assertTrue(shelf.statuses().toString().contains("golden case"), shelf.statuses()::toString);
    assertFalse(shelf.sound());
  }

  @Test
  void aFolderThatCannotBeListedTakesNothingAway() throws IOException {
    seal(packages, "1.0.0");
    look(1);
    Path away = elsewhere.resolve("away");
    Files.move(packages, away);
    look(2);
    assertEquals("1.0.0", serving());
    Files.move(away, packages);
    look(2);
    assertEquals("1.0.0", serving());
  }

  @Test
  void aLicenceThatTheSettingsDoNotNameIsNotServedAndSaysWhy() {
    shelf = shelf(Set.of(LicenceClass.OPEN));
    seal(packages, "1.0.0");
    look(1);
    assertTrue(shelf.served().serving().isEmpty());
    assertEquals(
        "about.licenceClass must be one of [OPEN], but is not stated",
        shelf.statuses().get(0).reason());
    assertTrue(shelf.sound(), "a choice is no failure");
  }

  @Test
  void ofTwoFoldersWithOneVersionTheFirstCounts() {
    seal(packages, "1.0.0");
    SamplePackage.threshold(elsewhere, new SampleManifest(), 5);
    shelf = shelf(Set.of(), packages, elsewhere);
    look(1);
    assertEquals(1, shelf.served().versions().size());
    assertEquals(2, shelf.statuses().size());
  }

  private void look(int times) {
    for (int i = 0; i < times; i++) {
      shelf.look();
    }
  }

  private String serving() {
    List<ModelPackage> serving = shelf.served().serving();
    return serving.isEmpty() ? "" : serving.get(0).manifest().version();
  }

  private void decide(String version, ModelState state, double share) {
    shelf.decided(
        new ModelStateChanged(
            UUID.randomUUID(),
            Instant.EPOCH.plusSeconds(decided++),
            "sample",
            version,
            state,
            share,
            "tester"));
  }

  private PackageShelf shelf(Set<LicenceClass> licences) {
    return shelf(licences, packages);
  }

  private PackageShelf shelf(Set<LicenceClass> licences, Path... folders) {
    var loading =
        new PackageLoading(
            ExecutionSettings.cpu(1), CostModel.inMemory(), new InferenceMetrics(registry));
    return new PackageShelf(
        new PackagesConfig(List.of(folders), Set.of(), Duration.ofSeconds(5), licences, 3),
        loading,
        new WorkerMetrics(registry));
  }

  private static ModelPackage seal(Path root, String version) {
    // Equal graphs would share their memory, whatever package they are of.
    float threshold = version.charAt(0) - '0';
    return SamplePackage.threshold(root, new SampleManifest().version(version), threshold);
  }

  private static void run(LoadedNetwork network) {
    var grid = SampleGrid.of(new Orientation("SPL"), new GridSize(4, 4, 4));
    network.run(new NetworkInput(grid, new float[64]), slab -> {});
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder())
          .forEach(
              path -> {
                try {
                  Files.delete(path);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}

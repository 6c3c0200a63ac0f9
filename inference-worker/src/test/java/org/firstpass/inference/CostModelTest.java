package org.firstpass.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.firstpass.event.PackageReference;
import org.firstpass.study.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CostModelTest {
  private static final PackageReference LIVER = reference("liver", 'a');
  private static final PackageReference BRAIN = reference("brain", 'b');

  @TempDir private Path folder;

  @Test
  void nothingIsExpectedOfAPackageThatNeverRan() {
    assertEquals(Optional.empty(), CostModel.inMemory().expected(LIVER, Device.CPU, 1_000_000));
  }

  @Test
  void timeGrowsWithTheVoxels() {
    var costs = CostModel.inMemory();
    costs.learn(LIVER, Device.CPU, 2_000_000, Duration.ofSeconds(3));
    assertEquals(
        Optional.of(Duration.ofSeconds(15)), costs.expected(LIVER, Device.CPU, 10_000_000));
  }

  @Test
  void oneSlowRunDoesNotMatter() {
    var costs = CostModel.inMemory();
    for (int seconds : List.of(2, 2, 90, 2, 2)) {
      costs.learn(LIVER, Device.CPU, 1_000_000, Duration.ofSeconds(seconds));
    }
    assertEquals(Optional.of(2.0), costs.secondsPerMegavoxel(LIVER, Device.CPU));
  }

  @Test
  void aMachineThatBecameSlowerIsNoticed() {
    var costs = CostModel.inMemory();
    for (int run = 0; run < 40; run++) {
      costs.learn(LIVER, Device.CPU, 1_000_000, Duration.ofSeconds(run < 20 ? 2 : 6));
    }
    assertEquals(Optional.of(6.0), costs.secondsPerMegavoxel(LIVER, Device.CPU));
  }

  @Test
  void packagesAndDevicesAreKnownApart() {
    var costs = CostModel.inMemory();
    costs.learn(LIVER, Device.CPU, 1_000_000, Duration.ofSeconds(2));
    assertEquals(Optional.empty(), costs.secondsPerMegavoxel(BRAIN, Device.CPU));
    assertEquals(Optional.empty(), costs.secondsPerMegavoxel(LIVER, Device.CUDA));
  }

  @Test
  void theWarmUpCountsUntilThereIsARun() {
    var costs = CostModel.inMemory();
    costs.estimate(LIVER, Device.CPU, 4);
    assertEquals(Optional.of(4.0), costs.secondsPerMegavoxel(LIVER, Device.CPU));
    costs.learn(LIVER, Device.CPU, 1_000_000, Duration.ofSeconds(3));
    assertEquals(Optional.of(3.0), costs.secondsPerMegavoxel(LIVER, Device.CPU));
  }

  @Test
  void whatWasLearnedIsKnownAfterARestart() throws IOException {
    Path file = folder.resolve("state/costs.json");
    var costs = CostModel.at(file);
    var shape = new MeasuredShape(8, new ExecutionShape(4, 2, 1), 3.5, 1 << 20);
    costs.learn(LIVER, Device.CPU, 1_000_000, Duration.ofMillis(1500));
    costs.remember(LIVER, Device.CPU, shape);
    costs.estimate(BRAIN, Device.CUDA, 0.25);
    var again = CostModel.at(file);
    assertEquals(Optional.of(1.5), again.secondsPerMegavoxel(LIVER, Device.CPU));
    assertEquals(Optional.of(0.25), again.secondsPerMegavoxel(BRAIN, Device.CUDA));
    assertEquals(Optional.of(shape), again.shape(LIVER, Device.CPU, 8));
    assertEquals(Optional.empty(), again.shape(LIVER, Device.CPU, 16));
    try (Stream<Path> files = Files.list(folder.resolve("state"))) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "{\"format\": 2, \"packages\": []}",
        "{\"format\": 1}",
        "{\"format\": 1, \"packages\": [{\"name\": \"liver\"}]}",
        "{\"format\": 1, \"packages\": [null]}"
      })
  void aDamagedFileIsLeftOutAndWrittenAnew(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("costs.json"), content);
    var costs = CostModel.at(file);
    assertEquals(Optional.empty(), costs.secondsPerMegavoxel(LIVER, Device.CPU));
    costs.learn(LIVER, Device.CPU, 1_000_000, Duration.ofSeconds(2));
    assertEquals(Optional.of(2.0), CostModel.at(file).secondsPerMegavoxel(LIVER, Device.CPU));
  }

  @Test
  void aFileThatCannotBeWrittenDoesNotStopTheWork() throws IOException {
    Path file = Files.createDirectories(folder.resolve("costs.json/in-the-way")).getParent();
    var costs = CostModel.at(file);
    costs.learn(LIVER, Device.CPU, 1_000_000, Duration.ofSeconds(2));
    assertEquals(Optional.of(2.0), costs.secondsPerMegavoxel(LIVER, Device.CPU));
    assertTrue(Files.isDirectory(file));
  }

  @Test
  void costsAreShownPerPackage() {
    var registry = new SimpleMeterRegistry();
    var costs = CostModel.inMemory();
    costs.learn(LIVER, Device.CPU, 1_000_000, Duration.ofSeconds(2));
    costs.bindTo(registry);
    costs.learn(BRAIN, Device.CPU, 1_000_000, Duration.ofSeconds(7));
    Gauge gauge =
        registry.get("inference.cost").tag("package", "brain").tag("device", "cpu").gauge();
    assertEquals(7, gauge.value());
    assertEquals(2, registry.get("inference.cost").tag("package", "liver").gauge().value());
    assertFalse(String.valueOf(gauge.getId().getDescription()).isEmpty());
  }

  @Test
  void aRunWithoutVoxelsTeachesNothing() {
    var costs = CostModel.inMemory();
    assertThrows(
        IllegalArgumentException.class,
        () -> costs.learn(LIVER, Device.CPU, 0, Duration.ofSeconds(1)));
  }

  private static PackageReference reference(String name, char digit) {
    return new PackageReference(name, "1.0.0", new Sha256(String.valueOf(digit).repeat(64)));
  }
}

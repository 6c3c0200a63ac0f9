package org.firstpass.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.firstpass.inference.Device;
import org.firstpass.model.Provenance.LicenceClass;
import org.firstpass.routing.RoutingRules;
import org.firstpass.settings.Settings;
import org.firstpass.settings.SettingsInvalid;
import org.firstpass.worker.WorkerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The settings of a worker: what they are if not set, what they become, what is refused. */
class WorkerSettingsTest {
  @Test
  void withoutSettingsAllCoresAndMostOfTheHeapAreUsed() {
    WorkerConfig config = config(Map.of());
    Runtime runtime = Runtime.getRuntime();
    assertEquals(runtime.availableProcessors(), config.run().execution().threads());
    assertTrue(config.run().execution().devices().contains(Device.CPU));
    assertEquals(Duration.ofMinutes(30), config.run().execution().timeout());
    assertEquals(0, config.run().execution().nativeMemoryBytes());
    assertTrue(config.run().heapBytes() > runtime.maxMemory() / 2);
    assertTrue(config.run().shadow());
    assertEquals(Duration.ofSeconds(5), config.packages().scan());
    assertEquals(3, config.packages().quarantineAfter());
    assertEquals(Set.of(), config.packages().licences());
    assertEquals(Set.of(), config.packages().only());
  }

  @Test
  void everySettingArrives() {
    WorkerConfig config =
        config(
            Map.of(
                "FIRSTPASS_WORKER_DEVICE", "cuda,cpu",
                "FIRSTPASS_WORKER_TIMEOUT", "10m",
                "FIRSTPASS_WORKER_THREADS", "3",
                "FIRSTPASS_WORKER_MEMORY", "2GiB",
                "FIRSTPASS_WORKER_NATIVE_MEMORY", "1GiB",
                "FIRSTPASS_WORKER_SHADOW", "false",
                "FIRSTPASS_MODELS_SCAN", "1m",
                "FIRSTPASS_MODELS_LICENCES", "open, research-only",
                "FIRSTPASS_MODELS_QUARANTINE_AFTER", "7"));
    assertEquals(List.of(Device.CUDA, Device.CPU), config.run().execution().devices());
    assertEquals(Duration.ofMinutes(10), config.run().execution().timeout());
    assertEquals(3, config.run().execution().threads());
    assertEquals(2L << 30, config.run().heapBytes());
    assertEquals(1L << 30, config.run().execution().nativeMemoryBytes());
    assertFalse(config.run().shadow());
    assertEquals(Duration.ofMinutes(1), config.packages().scan());
    assertEquals(
        Set.of(LicenceClass.OPEN, LicenceClass.RESEARCH_ONLY), config.packages().licences());
    assertEquals(7, config.packages().quarantineAfter());
  }

  @ParameterizedTest
  @CsvSource({
    "FIRSTPASS_WORKER_DEVICE, gpu, worker.device",
    "FIRSTPASS_WORKER_DEVICE_OPTIONS, cuda.nothing=1, worker.device-options",
    "FIRSTPASS_WORKER_TIMEOUT, soon, worker.timeout",
    "FIRSTPASS_WORKER_THREADS, -1, worker.threads",
    "FIRSTPASS_WORKER_MEMORY, much, worker.memory",
    "FIRSTPASS_WORKER_NATIVE_MEMORY, much, worker.native-memory",
    "FIRSTPASS_WORKER_SHADOW, perhaps, worker.shadow",
    "FIRSTPASS_MODELS_SCAN, often, models.scan",
    "FIRSTPASS_MODELS_LICENCES, free, models.licences",
    "FIRSTPASS_MODELS_QUARANTINE_AFTER, 0, models.quarantine-after"
  })
  void whatASettingCannotBeIsRefusedByItsName(String variable, String value, String key) {
    SettingsInvalid refused =
        assertThrows(SettingsInvalid.class, () -> config(Map.of(variable, value)));
    assertTrue(String.valueOf(refused.getMessage()).contains(key), refused::getMessage);
  }

  private static WorkerConfig config(Map<String, String> environment) {
    Settings settings = Settings.load(Path.of("no-such-file"), environment, Keys.ALL);
    return new WorkerSettings(settings)
        .config(List.of(Path.of("models")), Optional.empty(), RoutingRules.NONE, Path.of("costs"));
  }
}

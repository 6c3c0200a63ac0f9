package org.firstpass.standalone;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.firstpass.inference.Device;
import org.firstpass.inference.DeviceOptions;
import org.firstpass.inference.ExecutionSettings;
import org.firstpass.model.Provenance.LicenceClass;
import org.firstpass.routing.RoutingRules;
import org.firstpass.settings.Settings;
import org.firstpass.settings.SettingsInvalid;
import org.firstpass.worker.PackagesConfig;
import org.firstpass.worker.RunConfig;
import org.firstpass.worker.WorkerConfig;

/** The settings of a worker as the records that it takes. */
final class WorkerSettings {
  private static final int MOST_THREADS = 1024;
  private static final int MOST_SERIES = 64;
  private static final int MOST_FAILURES = 1000;

  private final Settings settings;

  WorkerSettings(Settings settings) {
    this.settings = settings;
  }

  /**
   * @param folders of model packages
   * @param only the one package to serve, if only one shall be
   * @param costs where it is kept what packages took
   */
  WorkerConfig config(List<Path> folders, Optional<String> only, RoutingRules rules, Path costs) {
    WorkerConfig standard = WorkerConfig.of(PackagesConfig.of(folders));
    long heap = settings.size(Keys.WORKER_MEMORY).bytes();
    return new WorkerConfig(
        standard.groupId(),
        settings.number(Keys.WORKER_CONCURRENCY, 1, MOST_SERIES),
        standard.lock(),
        new RunConfig(
            execution(),
            heap == 0 ? standard.run().heapBytes() : heap,
            costs,
            settings.flag(Keys.WORKER_SHADOW)),
        new PackagesConfig(
            folders,
            only.map(Set::of).orElse(Set.of()),
            settings.duration(Keys.MODELS_SCAN),
            licences(),
            settings.number(Keys.MODELS_QUARANTINE_AFTER, 1, MOST_FAILURES)),
        new WorkerConfig.RoutingConfig(rules, ZoneId.systemDefault()));
  }

  private ExecutionSettings execution() {
    int threads = settings.number(Keys.WORKER_THREADS, 0, MOST_THREADS);
    return new ExecutionSettings(
        parsed(Keys.WORKER_DEVICE, Device::parse),
        threads == 0 ? Runtime.getRuntime().availableProcessors() : threads,
        settings.duration(Keys.WORKER_TIMEOUT),
        settings.size(Keys.WORKER_NATIVE_MEMORY).bytes(),
        parsed(Keys.WORKER_DEVICE_OPTIONS, DeviceOptions::parse));
  }

  private Set<LicenceClass> licences() {
    return settings.list(Keys.MODELS_LICENCES).stream()
        .map(WorkerSettings::licence)
        .collect(Collectors.toSet());
  }

  private static LicenceClass licence(String text) {
    return Arrays.stream(LicenceClass.values())
        .filter(each -> told(each).equals(text.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new SettingsInvalid(
                    "'"
                        + Keys.MODELS_LICENCES
                        + "' must be of "
                        + Arrays.stream(LicenceClass.values())
                            .map(WorkerSettings::told)
                            .collect(Collectors.joining(", "))
                        + ", but has '"
                        + text
                        + "'"));
  }

  private static String told(LicenceClass licence) {
    return licence.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private <T> T parsed(String key, Function<String, T> parse) {
    try {
      return parse.apply(settings.text(key));
    } catch (IllegalArgumentException e) {
      throw new SettingsInvalid("'" + key + "': " + e.getMessage(), e);
    }
  }
}

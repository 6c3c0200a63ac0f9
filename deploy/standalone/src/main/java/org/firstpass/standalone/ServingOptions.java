package org.firstpass.standalone;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of the commands that serve; each stands for a key of the configuration. */
final class ServingOptions {
  @Option(names = "--dicom-port", paramLabel = "<port>", description = "Port of the gateway.")
  @Nullable Integer dicomPort;

  @Option(
      names = "--dicom-bind",
      paramLabel = "<address>",
      description = "Address that the gateway listens on; 0.0.0.0 for all.")
  @Nullable String dicomBind;

  @Option(names = "--ae-title", paramLabel = "<title>", description = "AE title of the gateway.")
  @Nullable String aeTitle;

  @Option(names = "--http-port", paramLabel = "<port>", description = "Port of the worklist.")
  @Nullable Integer httpPort;

  @Option(
      names = "--http-bind",
      paramLabel = "<address>",
      description = "Address that the worklist listens on.")
  @Nullable String httpBind;

  @Option(
      names = "--models",
      paramLabel = "<folder>",
      description = "A folder of model packages; may be given several times.")
  @Nullable List<Path> models;

  @Option(
      names = "--quiet-time",
      paramLabel = "<duration>",
      description = "A series that got nothing for so long is complete, for instance 10s.")
  @Nullable String quiet;

  Configuration over(Configuration configuration) {
    return configuration.with(chosen());
  }

  /**
   * For a worker beside a running standalone: unless told otherwise it serves the same packages.
   */
  Configuration beside(Configuration configuration) {
    Map<String, String> chosen = chosen();
    chosen.putIfAbsent(Keys.MODELS_FOLDERS, joined(configuration.servedModels()));
    return configuration.with(chosen);
  }

  Map<String, String> chosen() {
    Map<String, String> chosen = new HashMap<>();
    put(chosen, Keys.DICOM_PORT, dicomPort);
    put(chosen, Keys.DICOM_BIND, dicomBind);
    put(chosen, Keys.DICOM_AE_TITLE, aeTitle);
    put(chosen, Keys.HTTP_PORT, httpPort);
    put(chosen, Keys.HTTP_BIND, httpBind);
    put(chosen, Keys.GATEWAY_QUIET, quiet);
    if (models != null) {
      chosen.put(Keys.MODELS_FOLDERS, joined(models));
    }
    return chosen;
  }

  private static String joined(List<Path> folders) {
    return folders.stream()
        .map(folder -> folder.toAbsolutePath().toString())
        .collect(Collectors.joining(","));
  }

  private static void put(Map<String, String> chosen, String key, @Nullable Object value) {
    if (value != null) {
      chosen.put(key, value.toString());
    }
  }
}

package org.firstpass.inference;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import ai.onnxruntime.providers.OrtTensorRTProviderOptions;
import java.util.Map;

/** The runtime's options for a kind of session. */
final class SessionOpening {
  private static final String DEVICE_ID = "device_id";

  private SessionOpening() {}

  /**
   * Options that the caller closes.
   *
   * @throws OrtException if the device's provider is not in this build or its libraries are missing
   */
  static SessionOptions options(SessionKind kind) throws OrtException {
    var options = new SessionOptions();
    try {
      options.setIntraOpNumThreads(kind.threads());
      options.setInterOpNumThreads(1);
      options.setCPUArenaAllocator(kind.keepMemory());
      options.setMemoryPatternOptimization(kind.keepMemory());
      options.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
      options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
      // Whatever it would print comes back as an exception, which is told once.
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      addProvider(options, kind);
      return options;
    } catch (OrtException | RuntimeException | LinkageError e) {
      options.close();
      throw e;
    }
  }

  private static void addProvider(SessionOptions options, SessionKind kind) throws OrtException {
    Map<String, String> own = kind.options().of(kind.device());
    switch (kind.device()) {
      case CPU -> {}
      case CUDA -> addCuda(options, own);
      case TENSORRT -> {
        try (var provider = new OrtTensorRTProviderOptions(card(own))) {
          add(provider::add, own);
          options.addTensorrt(provider);
        }
        // What TensorRT cannot do runs on the same card, not on the machine's cores.
        addCuda(options, Map.of(DEVICE_ID, String.valueOf(card(own))));
      }
      case OPENVINO -> options.addOpenVINO(own.getOrDefault("device_type", "CPU"));
      case COREML -> options.addCoreML(own);
    }
  }

  private static void addCuda(SessionOptions options, Map<String, String> own) throws OrtException {
    try (var provider = new OrtCUDAProviderOptions(card(own))) {
      // The runtime rounds to 10 bits of mantissa by itself on newer cards.
      provider.add("use_tf32", "0");
      add(provider::add, own);
      options.addCUDA(provider);
    }
  }

  private interface Provider {
    void add(String key, String value) throws OrtException;
  }

  private static void add(Provider provider, Map<String, String> own) throws OrtException {
    for (Map.Entry<String, String> option : own.entrySet()) {
      if (!option.getKey().equals(DEVICE_ID)) {
        provider.add(option.getKey(), option.getValue());
      }
    }
  }

  private static int card(Map<String, String> own) {
    return Integer.parseInt(own.getOrDefault(DEVICE_ID, "0"));
  }
}

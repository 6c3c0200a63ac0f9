package org.firstpass.inference;

import ai.djl.engine.Engine;
import ai.onnxruntime.OrtEnvironment;

/** The one ONNX Runtime environment of this process. */
final class OnnxRuntime {
  private static final String ENGINE = "OnnxRuntime";

  private OnnxRuntime() {}

  /**
   * The environment, with DJL's engine started first: the other way round DJL is unusable for the
   * life of the process.
   */
  static OrtEnvironment environment() {
    return Holder.ENVIRONMENT;
  }

  private static final class Holder {
    static final OrtEnvironment ENVIRONMENT = start();

    private static OrtEnvironment start() {
      // Neither may look for models or tell anyone that it was started.
      setUnlessSet("ai.djl.offline", "true");
      setUnlessSet("OPT_OUT_TRACKING", "true");
      Engine.getEngine(ENGINE);
      return OrtEnvironment.getEnvironment();
    }

    private static void setUnlessSet(String key, String value) {
      if (System.getProperty(key) == null) {
        System.setProperty(key, value);
      }
    }
  }
}

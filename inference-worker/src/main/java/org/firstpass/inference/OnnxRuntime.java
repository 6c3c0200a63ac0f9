package org.firstpass.inference;

import ai.djl.engine.Engine;
import ai.onnxruntime.OrtEnvironment;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.jspecify.annotations.Nullable;

/** The one ONNX Runtime environment of this process. */
final class OnnxRuntime {
  private static final String ENGINE = "OnnxRuntime";

  private OnnxRuntime() {}

  /**
   * The environment, with DJL's engine started first: the other way round DJL is unusable for the
   * life of the process.
   *
   * @throws Defect with {@link ReasonCode#DEVICE_UNAVAILABLE} if this machine cannot load the
   *     runtime's native library
   */
  static OrtEnvironment environment() {
    OrtEnvironment environment = Holder.ENVIRONMENT;
    if (environment == null) {
      throw new Defect(
          ReasonCode.DEVICE_UNAVAILABLE,
          "ONNX Runtime cannot be loaded on "
              + System.getProperty("os.name")
              + " "
              + System.getProperty("os.arch")
              + ": its library is there for Linux with glibc (x86-64, aarch64), Windows x86-64 and"
              + " Macs with Apple silicon; Alpine and other systems with musl are not among them."
              + " Run the worker on one of those",
          Holder.failure);
    }
    return environment;
  }

  private static final class Holder {
    private static @Nullable Throwable failure;
    static final @Nullable OrtEnvironment ENVIRONMENT = start();

    private static @Nullable OrtEnvironment start() {
      // Neither may look for models or tell anyone that it was started.
      setUnlessSet("ai.djl.offline", "true");
      setUnlessSet("OPT_OUT_TRACKING", "true");
      try {
        Engine.getEngine(ENGINE);
        return OrtEnvironment.getEnvironment();
      } catch (LinkageError | RuntimeException e) {
        failure = e;
        return null;
      }
    }

    private static void setUnlessSet(String key, String value) {
      if (System.getProperty(key) == null) {
        System.setProperty(key, value);
      }
    }
  }
}

package org.firstpass.training;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import org.junit.jupiter.api.Assumptions;

/** Starts the engine, or skips the test where it has no natives for this platform. */
public final class PyTorch {
  private PyTorch() {}

  public static void start() {
    try {
      Engine.getEngine(TrainedNetwork.ENGINE);
    } catch (EngineException | IllegalStateException | UnsatisfiedLinkError e) {
      boolean required = "true".equals(System.getenv("FIRSTPASS_REQUIRE_TOOLS"));
      if (required) {
        throw e;
      }
      Assumptions.abort("PyTorch has no natives for this platform: " + e.getMessage());
    }
  }
}

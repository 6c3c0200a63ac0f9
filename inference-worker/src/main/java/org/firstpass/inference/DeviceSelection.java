package org.firstpass.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which device is there, found out by running a small network on it: a provider that loads may
 * still lack a driver, a library or a card.
 */
public final class DeviceSelection {
  private static final Logger LOG = LoggerFactory.getLogger(DeviceSelection.class);
  private static final Map<Tried, Optional<String>> TRIED = new ConcurrentHashMap<>();

  /** One convolution of 3 x 3 ones over 1 x 1 x 4 x 4, padded, then a ReLU. */
  private static final String GRAPH = "device-check.onnx";

  private static final String INPUT = "x";
  private static final String OUTPUT = "y";
  private static final int EDGE = 4;
  private static final float CENTRE = 9;

  private DeviceSelection() {}

  private record Tried(Device device, DeviceOptions options) {}

  /**
   * The first of the settings' devices that is there. Those that are not are said in one line of
   * the log.
   *
   * @throws Defect with {@link ReasonCode#DEVICE_UNAVAILABLE} if none is: what was asked for, why
   *     it is not there, and what to do
   */
  public static Device choose(ExecutionSettings settings) {
    List<String> refusals = new ArrayList<>();
    for (Device device : settings.devices()) {
      var tried = new Tried(device, settings.options());
      boolean known = TRIED.containsKey(tried);
      Optional<String> refusal =
          TRIED.computeIfAbsent(tried, each -> refusal(each.device(), each.options()));
      if (refusal.isEmpty()) {
        if (!known) {
          LOG.info("networks run on {}{}", device.label(), instead(refusals));
        }
        return device;
      }
      refusals.add(device.label() + ": " + refusal.get());
    }
    throw new Defect(
        ReasonCode.DEVICE_UNAVAILABLE, "no device can be used; " + String.join("; ", refusals));
  }

  private static String instead(List<String> refusals) {
    return refusals.isEmpty() ? "" : " (" + String.join("; ", refusals) + ")";
  }

  /** Why a device cannot be used; empty if it can. */
  static Optional<String> refusal(Device device, DeviceOptions options) {
    OrtEnvironment environment = OnnxRuntime.environment();
    if (!OrtEnvironment.getAvailableProviders().contains(device.provider())) {
      return Optional.of(DeviceAdvice.notBuiltIn(device));
    }
    var kind = new SessionKind(device, options, 1, false);
    try (SessionOptions opened = SessionOpening.options(kind);
        OrtSession session = environment.createSession(graph(), opened)) {
      float answer = answer(environment, session);
      if (answer != CENTRE) {
        return Optional.of(
            "it computes wrongly: a sum of 9 ones is " + answer + "; look at driver and libraries");
      }
      return Optional.empty();
    } catch (OrtException | LinkageError e) {
      return Optional.of(DeviceAdvice.notWorking(device, String.valueOf(e.getMessage())));
    }
  }

  private static float answer(OrtEnvironment environment, OrtSession session) throws OrtException {
    FloatBuffer ones =
        ByteBuffer.allocateDirect(EDGE * EDGE * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    while (ones.hasRemaining()) {
      ones.put(1);
    }
    ones.rewind();
    try (var input = OnnxTensor.createTensor(environment, ones, new long[] {1, 1, EDGE, EDGE});
        OrtSession.Result result = session.run(Map.of(INPUT, input))) {
      var output = (OnnxTensor) result.get(OUTPUT).orElseThrow();
      return output.getFloatBuffer().get(EDGE + 1);
    }
  }

  private static byte[] graph() {
    try (InputStream in = DeviceSelection.class.getResourceAsStream(GRAPH)) {
      if (in == null) {
        throw new IllegalStateException(GRAPH + " is not in the build");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package org.firstpass.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.RunOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.sample.OnnxGraph;
import org.firstpass.sample.TinyNetwork;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RuntimeFailuresTest {
  private static final long MEBIBYTE = 1 << 20;

  /** Beyond what any machine can address, so that asking for it fails at once. */
  private static final long ABSURD = 250_000_000_000_000L;

  /** 384 MiB of float32. */
  private static final long LARGE = 96 * MEBIBYTE;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aTensorThatNoMachineHoldsIsOutOfMemoryAndTheNextRunIsFine(boolean keepMemory)
      throws OrtException {
    Path file = growing();
    try (NetworkSession session = NetworkSession.open(file, 1, keepMemory)) {
      assertEquals(7f, run(session, 7, 10, null));
      Defect defect = assertThrows(Defect.class, () -> run(session, 7, ABSURD, null));
      assertEquals(ReasonCode.OUT_OF_MEMORY, defect.code());
      assertEquals(3f, run(session, 3, 10, null));
    }
  }

  @Test
  void memoryThatTheRuntimeGatheredBeforeItRanOutIsGivenBack() throws OrtException {
    try (NetworkSession session = NetworkSession.open(growing(), 1, true)) {
      run(session, 1, 10, null);
      long before = resident();
      OrtSession first = session.session();
      run(session, 1, LARGE, null);
      assertTrue(resident() - before > LARGE, before + " -> " + resident());
      assertThrows(Defect.class, () -> run(session, 1, ABSURD, null));
      assertNotSame(first, session.session());
      assertTrue(resident() - before < LARGE, before + " -> " + resident());
    }
  }

  @Test
  void aRunThatIsEndedHasTimedOut() throws OrtException {
    try (NetworkSession session = NetworkSession.open(growing(), 1, true);
        var options = new RunOptions()) {
      options.setTerminate(true);
      OrtSession first = session.session();
      Defect defect = assertThrows(Defect.class, () -> run(session, 1, 10, options));
      assertEquals(ReasonCode.INFERENCE_TIMED_OUT, defect.code());
      assertSame(first, session.session());
    }
  }

  @Test
  void whateverElseTheRuntimeRefusesIsAFailure() throws OrtException {
    Path file = folder.resolve("model.onnx");
    TinyNetwork.write(file, new float[] {1}, new float[] {0});
    try (NetworkSession session = NetworkSession.open(file, 1, true);
        OnnxTensor input = tensor(1, 1);
        OnnxTensor output = tensor(0, 1)) {
      Defect defect =
          assertThrows(
              Defect.class,
              () -> session.run(Map.of("image", input), Map.of("logits", output), null));
      assertEquals(ReasonCode.INFERENCE_FAILED, defect.code());
      assertTrue(String.valueOf(defect.getMessage()).contains("rank"), defect.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CUDA failure 2: out of memory ; GPU=0",
        "CUBLAS failure 3: CUBLAS_STATUS_ALLOC_FAILED",
        "Available memory of 1024 is smaller than requested bytes of 2048",
        "[TensorRT EP] OutOfMemory (no further information)"
      })
  void theWordsOfACardThatIsFullMeanOutOfMemory(String words) {
    assertEquals(ReasonCode.OUT_OF_MEMORY, RuntimeFailures.ofRun(new OrtException(words)).code());
  }

  @Test
  void buffersThatTheJvmMayNotReserveAreOutOfMemory() throws IOException {
    Path file = folder.resolve("model.onnx");
    TinyNetwork.write(file, new float[] {1}, new float[] {0});
    String said = ForkedCheck.run(List.of("-XX:MaxDirectMemorySize=8m"), "tensor", file.toString());
    assertTrue(said.contains("OUT_OF_MEMORY a tensor of 16777216 bytes does not fit"), said);
  }

  @Test
  void aFullHeapIsNotOursToMend() {
    var heap = new OutOfMemoryError("Java heap space");
    assertSame(heap, assertThrows(OutOfMemoryError.class, () -> RuntimeFailures.ofTensor(heap, 1)));
  }

  /** The largest of so many copies of a value: the copies are what takes memory. */
  private Path growing() {
    return new OnnxGraph()
        .input("value", 1)
        .input("count", 1)
        .node("Cast", List.of("count"), "copies", OnnxGraph.integer("to", 7))
        .node("Expand", List.of("value", "copies"), "many")
        .node("ReduceMax", List.of("many"), "largest", OnnxGraph.integer("keepdims", 1))
        .output("largest", 1)
        .write(folder.resolve("growing.onnx"));
  }

  private static float run(
      NetworkSession session, float value, long count, @Nullable RunOptions options)
      throws OrtException {
    FloatBuffer found = buffer(0);
    try (OnnxTensor input = tensor(value, 1);
        OnnxTensor copies = tensor((float) count, 1);
        OnnxTensor output =
            OnnxTensor.createTensor(OnnxRuntime.environment(), found, new long[] {1})) {
      session.run(Map.of("value", input, "count", copies), Map.of("largest", output), options);
      return found.get(0);
    }
  }

  private static OnnxTensor tensor(float value, long... shape) throws OrtException {
    return OnnxTensor.createTensor(OnnxRuntime.environment(), buffer(value), shape);
  }

  private static FloatBuffer buffer(float value) {
    FloatBuffer buffer =
        ByteBuffer.allocateDirect(Float.BYTES).order(ByteOrder.nativeOrder()).asFloatBuffer();
    return buffer.put(0, value);
  }

  private static long resident() {
    Assumptions.assumeTrue(NativeHeap.trim(), "this JVM cannot give native memory back");
    return NativeHeap.residentBytes().orElseThrow();
  }
}

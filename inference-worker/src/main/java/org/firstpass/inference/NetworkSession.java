package org.firstpass.inference;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.TensorInfo;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;

/**
 * One graph, loaded once. Safe to call from several threads at once; closing it frees the native
 * memory.
 */
final class NetworkSession implements AutoCloseable {
  private final OrtSession session;

  private NetworkSession(OrtSession session) {
    this.session = session;
  }

  /**
   * Loads a graph.
   *
   * @param threads how many threads one call may use
   * @param keepMemory whether the runtime keeps working memory for the next call; without it,
   *     memory goes back after each call, which large tensors can wait for
   * @throws Defect with {@link ReasonCode#PACKAGE_INVALID} if the runtime cannot load it
   */
  static NetworkSession open(Path model, int threads, boolean keepMemory) {
    try (var options = new SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.setCPUArenaAllocator(keepMemory);
      options.setMemoryPatternOptimization(keepMemory);
      options.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
      options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
      return new NetworkSession(OnnxRuntime.environment().createSession(model.toString(), options));
    } catch (OrtException e) {
      throw new Defect(
          ReasonCode.PACKAGE_INVALID, "ONNX Runtime cannot load " + model.getFileName(), e);
    }
  }

  OrtSession session() {
    return session;
  }

  Optional<TensorShape> input(String name) {
    try {
      return shape(session.getInputInfo(), name);
    } catch (OrtException e) {
      throw new Defect(ReasonCode.PACKAGE_INVALID, "the graph does not tell its inputs", e);
    }
  }

  Optional<TensorShape> output(String name) {
    try {
      return shape(session.getOutputInfo(), name);
    } catch (OrtException e) {
      throw new Defect(ReasonCode.PACKAGE_INVALID, "the graph does not tell its outputs", e);
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new Defect(ReasonCode.INFERENCE_FAILED, "a session cannot be closed", e);
    }
  }

  private static Optional<TensorShape> shape(Map<String, NodeInfo> nodes, String name) {
    NodeInfo node = nodes.get(name);
    if (node == null || !(node.getInfo() instanceof TensorInfo info)) {
      return Optional.empty();
    }
    return Optional.of(
        new TensorShape(element(info.type), Arrays.stream(info.getShape()).boxed().toList()));
  }

  private static TensorShape.Element element(OnnxJavaType type) {
    if (type == OnnxJavaType.FLOAT) {
      return TensorShape.Element.FLOAT32;
    }
    return type == OnnxJavaType.INT64 ? TensorShape.Element.INT64 : TensorShape.Element.OTHER;
  }
}

package org.firstpass.inference;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.RunOptions;
import ai.onnxruntime.TensorInfo;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.jspecify.annotations.Nullable;

/**
 * A lease of one graph in native memory, which others may lease too. Safe to call from several
 * threads at once; closing the last lease frees the memory.
 */
final class NetworkSession implements AutoCloseable {
  private final SharedSession shared;
  private final AtomicBoolean closed = new AtomicBoolean();

  private NetworkSession(SharedSession shared) {
    this.shared = shared;
  }

  /**
   * Loads a graph, or shares it with those who have loaded it in the same way.
   *
   * @throws Defect with {@link ReasonCode#PACKAGE_INVALID} if the runtime cannot load it, {@link
   *     ReasonCode#OUT_OF_MEMORY} if there is no room for it
   */
  static NetworkSession open(GraphFile graph, SessionKind kind) {
    return new NetworkSession(SharedSession.lease(graph.content(), graph.path(), kind));
  }

  /** Loads a graph that is in no package, on the machine's cores. */
  static NetworkSession open(Path model, int threads, boolean keepMemory) {
    return open(GraphFile.read(model), SessionKind.cpu(threads, keepMemory));
  }

  OrtSession session() {
    return shared.session();
  }

  /**
   * Runs the graph once, from and into tensors of the caller.
   *
   * @param options through which the run can be ended, null if it is not
   * @throws Defect with OUT_OF_MEMORY, and the memory given back; INFERENCE_TIMED_OUT if the run
   *     was ended; else INFERENCE_FAILED
   */
  void run(
      Map<String, OnnxTensor> inputs,
      Map<String, OnnxTensor> outputs,
      @Nullable RunOptions options) {
    shared.run(inputs, outputs, options);
  }

  Set<String> inputs() {
    return new TreeSet<>(shared.session().getInputNames());
  }

  Set<String> outputs() {
    return new TreeSet<>(shared.session().getOutputNames());
  }

  Optional<TensorShape> input(String name) {
    try {
      return shape(shared.session().getInputInfo(), name);
    } catch (OrtException e) {
      throw new Defect(ReasonCode.PACKAGE_INVALID, "the graph does not tell its inputs", e);
    }
  }

  Optional<TensorShape> output(String name) {
    try {
      return shape(shared.session().getOutputInfo(), name);
    } catch (OrtException e) {
      throw new Defect(ReasonCode.PACKAGE_INVALID, "the graph does not tell its outputs", e);
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      shared.release();
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

package org.firstpass.inference;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.RunOptions;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.geometry.GridSize;
import org.firstpass.model.ModelManifest;
import org.jspecify.annotations.Nullable;

/**
 * Input and output tensors in native memory that calls of one shape use again and again; nothing is
 * copied between them and the runtime. Several windows may go in one call, one after the other in
 * each tensor.
 *
 * <p>One thread at a time, but {@link #terminate} may come from any. Closing it frees the tensors.
 */
final class NetworkCall implements AutoCloseable {
  /** The runtime's name for freeing its arena after a run. */
  private static final String ARENA_SHRINKAGE = "memory.enable_memory_arena_shrinkage";

  private final NetworkSession session;
  private final WindowTensor tensor;
  private final int batch;
  private final String inputName;
  private final NativeMemory input;
  private final FloatBuffer inputValues;
  private final @Nullable OutputTensor voxels;
  private final @Nullable OutputTensor findings;
  private final RunOptions options;

  /** A call of one window at a time. */
  NetworkCall(NetworkSession session, ModelManifest manifest, GridSize window) {
    this(session, manifest, window, 1);
  }

  /**
   * @param window columns are W, rows H, slices D
   * @param batch the most windows in one call
   * @throws Defect OUT_OF_MEMORY if there is no memory for the tensors
   */
  NetworkCall(NetworkSession session, ModelManifest manifest, GridSize window, int batch) {
    this.session = session;
    this.tensor = WindowTensor.of(manifest, window);
    this.batch = batch;
    this.inputName = manifest.input().tensor();
    this.options = newOptions();
    this.input = new NativeMemory(Float.BYTES * batch * tensor.inputValues());
    this.inputValues = input.bytes().asFloatBuffer();
    try {
      this.voxels = manifest.segments() ? voxels(manifest) : null;
      this.findings = findings(manifest).orElse(null);
    } catch (RuntimeException e) {
      input.close();
      options.close();
      throw e;
    }
  }

  /** The input's values: window, channel, slice, row, column. */
  FloatBuffer input() {
    return inputValues;
  }

  WindowTensor tensor() {
    return tensor;
  }

  /** The most windows that it takes. */
  int batch() {
    return batch;
  }

  /** Runs the network once, on all windows that it takes. */
  void run() {
    run(session, batch);
  }

  /**
   * Runs a network once, on the first of its windows. A network that runs out of memory on several
   * is given them one by one.
   *
   * @param network whose tensors are those of the network that the call was made for
   * @throws Defect INFERENCE_FAILED if the runtime refuses, OUT_OF_MEMORY, or INFERENCE_TIMED_OUT
   *     if the call was ended
   */
  void run(NetworkSession network, int windows) {
    try {
      run(network, 0, windows);
    } catch (Defect e) {
      if (windows == 1 || e.code() != ReasonCode.OUT_OF_MEMORY) {
        throw e;
      }
      for (int window = 0; window < windows; window++) {
        run(network, window, 1);
      }
    }
  }

  /** Ends the run that is under way, at the next operator, and every later one. */
  void terminate() {
    try {
      options.setTerminate(true);
    } catch (OrtException e) {
      throw new Defect(ReasonCode.INFERENCE_FAILED, "a run cannot be ended", e);
    }
  }

  /** Gives the memory that the runtime worked with back to the machine after each further run. */
  void keepNoMemory() {
    try {
      options.addRunConfigEntry(ARENA_SHRINKAGE, "cpu:0");
    } catch (OrtException e) {
      throw new Defect(ReasonCode.INFERENCE_FAILED, "a run cannot be set up", e);
    }
  }

  /** Copies output values into an array; label values become floats, which holds them exactly. */
  void readOutput(int from, float[] target, int count) {
    present(voxels).read(from, target, count);
  }

  /** Classes that the classification head tells of each window; 0 if there is none. */
  int findingClasses() {
    return findings == null ? 0 : Math.toIntExact(findings.valuesPerWindow);
  }

  /** What the classification head says of a window. */
  float[] findings(int window) {
    var values = new float[findingClasses()];
    present(findings).read(window * values.length, values, values.length);
    return values;
  }

  @Override
  public void close() {
    options.close();
    input.close();
    if (voxels != null) {
      voxels.memory.close();
    }
    if (findings != null) {
      findings.memory.close();
    }
  }

  private void run(NetworkSession network, int first, int windows) {
    Map<String, OnnxTensor> inputs = new HashMap<>();
    Map<String, OnnxTensor> outputs = new HashMap<>();
    try {
      inputs.put(inputName, inputTensor(first, windows));
      for (OutputTensor each : new OutputTensor[] {voxels, findings}) {
        if (each != null) {
          outputs.put(each.name, each.tensor(first, windows));
        }
      }
      network.run(inputs, outputs, options);
    } catch (OrtException e) {
      throw new Defect(
          ReasonCode.INFERENCE_FAILED, "tensors for " + tensor.window() + " cannot be made", e);
    } finally {
      inputs.values().forEach(OnnxTensor::close);
      outputs.values().forEach(OnnxTensor::close);
    }
  }

  private OnnxTensor inputTensor(int first, int windows) throws OrtException {
    int perWindow = Math.toIntExact(tensor.inputValues());
    return OnnxTensor.createTensor(
        OnnxRuntime.environment(),
        inputValues.slice(first * perWindow, windows * perWindow),
        tensor.inputShape(windows));
  }

  private OutputTensor voxels(ModelManifest manifest) {
    String name = manifest.output().tensor();
    TensorShape stated = session.output(name).orElseThrow(() -> missing(name));
    boolean labels = stated.element() == TensorShape.Element.INT64;
    return new OutputTensor(
        name, labels, tensor.outputValues(), batch, windows -> tensor.outputShape(windows, stated));
  }

  private Optional<OutputTensor> findings(ModelManifest manifest) {
    if (manifest.findings() == null) {
      return Optional.empty();
    }
    String name = manifest.findings().tensor();
    TensorShape stated = session.output(name).orElseThrow(() -> missing(name));
    long classes = FindingScores.requireClasses(manifest.findings(), stated);
    return Optional.of(
        new OutputTensor(name, false, classes, batch, windows -> new long[] {windows, classes}));
  }

  private static RunOptions newOptions() {
    // The runtime must be there before anything of it is touched.
    OnnxRuntime.environment();
    try {
      return new RunOptions();
    } catch (OrtException e) {
      throw new Defect(ReasonCode.INFERENCE_FAILED, "a run cannot be made", e);
    }
  }

  private static OutputTensor present(@Nullable OutputTensor output) {
    if (output == null) {
      throw new IllegalStateException("the package has no such output");
    }
    return output;
  }

  private static Defect missing(String name) {
    return new Defect(ReasonCode.PACKAGE_INVALID, "the graph has no output '" + name + "'");
  }

  /** One output of all windows of a call. */
  private static final class OutputTensor {
    private final String name;
    private final boolean labels;
    private final long valuesPerWindow;
    private final Shape shape;
    private final NativeMemory memory;
    private final FloatBuffer floats;
    private final LongBuffer longs;

    /** The lengths of the axes for so many windows. */
    private interface Shape {
      long[] of(int windows);
    }

    OutputTensor(String name, boolean labels, long valuesPerWindow, int batch, Shape shape) {
      this.name = name;
      this.labels = labels;
      this.valuesPerWindow = valuesPerWindow;
      this.shape = shape;
      this.memory = new NativeMemory(batch * valuesPerWindow * elementBytes());
      this.floats = memory.bytes().asFloatBuffer();
      this.longs = memory.bytes().asLongBuffer();
    }

    OnnxTensor tensor(int first, int windows) throws OrtException {
      int bytes = Math.toIntExact(valuesPerWindow * elementBytes());
      ByteBuffer part =
          memory.bytes().slice(first * bytes, windows * bytes).order(memory.bytes().order());
      return OnnxTensor.createTensor(
          OnnxRuntime.environment(),
          part,
          shape.of(windows),
          labels ? OnnxJavaType.INT64 : OnnxJavaType.FLOAT);
    }

    void read(int from, float[] target, int count) {
      if (labels) {
        for (int i = 0; i < count; i++) {
          target[i] = longs.get(from + i);
        }
      } else {
        floats.get(from, target, 0, count);
      }
    }

    private int elementBytes() {
      return labels ? Long.BYTES : Float.BYTES;
    }
  }
}

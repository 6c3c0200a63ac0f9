package org.firstpass.bench;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One network on so many windows and nothing else: one session, so many threads to a call, tensors
 * in native memory that stay. Nothing is gathered and nothing is blended.
 */
final class BareOnnxCalls implements AutoCloseable {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final int edge;
  private final int channels;
  private final FloatBuffer image;

  /**
   * @param threads of one call
   */
  BareOnnxCalls(Path network, int edge, int channels, float[] image, int threads)
      throws OrtException {
    this.edge = edge;
    this.channels = channels;
    this.image = FloatBuffer.wrap(image);
    try (var options = new SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
      session = environment.createSession(network.toString(), options);
    }
  }

  /** Runs the windows and answers the seconds from the first call to the end of the last. */
  double seconds(int windows, int callers) throws Exception {
    var threads = Executors.newFixedThreadPool(callers);
    var calls = new ArrayList<Call>();
    try {
      for (int caller = 0; caller < callers; caller++) {
        calls.add(new Call());
      }
      var next = new AtomicInteger();
      long began = System.nanoTime();
      List<Future<?>> running = new ArrayList<>();
      for (Call call : calls) {
        running.add(threads.submit(() -> call.runUntil(next, windows)));
      }
      for (Future<?> each : running) {
        each.get();
      }
      return (System.nanoTime() - began) / 1e9;
    } finally {
      threads.shutdown();
      calls.forEach(Call::close);
    }
  }

  /** The window that every call is given, and what the network says of it. */
  float[] answer() throws OrtException {
    var call = new Call();
    try {
      call.runUntil(new AtomicInteger(), 1);
      return call.values();
    } finally {
      call.close();
    }
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }

  private final class Call {
    private final FloatBuffer given;
    private final ByteBuffer answered;
    private final OnnxTensor input;
    private final OnnxTensor output;
    private final Map<String, OnnxTensor> inputs;
    private final Map<String, OnnxTensor> outputs;

    Call() throws OrtException {
      int voxels = edge * edge * edge;
      given = floats(voxels).asFloatBuffer();
      given.put(0, image, 0, voxels);
      input = OnnxTensor.createTensor(environment, given, shape(1));
      answered = floats(channels * voxels);
      output = OnnxTensor.createTensor(environment, answered, shape(channels), OnnxJavaType.FLOAT);
      inputs = Map.of("input", input);
      outputs = Map.of("logits", output);
    }

    int runUntil(AtomicInteger next, int windows) throws OrtException {
      int done = 0;
      while (next.getAndIncrement() < windows) {
        session.run(inputs, Set.of(), outputs).close();
        done++;
      }
      return done;
    }

    float[] values() {
      int voxels = given.capacity();
      var values = new float[voxels * (1 + channels)];
      given.get(0, values, 0, voxels);
      answered.asFloatBuffer().get(0, values, voxels, voxels * channels);
      return values;
    }

    void close() {
      input.close();
      output.close();
    }

    private long[] shape(int depth) {
      return new long[] {1, depth, edge, edge, edge};
    }

    private ByteBuffer floats(int count) {
      return ByteBuffer.allocateDirect(Float.BYTES * count).order(ByteOrder.nativeOrder());
    }
  }
}

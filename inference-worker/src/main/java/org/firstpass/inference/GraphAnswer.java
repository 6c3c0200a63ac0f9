package org.firstpass.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.model.NpyArray;

/** What a graph answers to an array of any shape, all outputs that are asked for: golden cases. */
final class GraphAnswer {
  private GraphAnswer() {}

  /**
   * Runs the graph once.
   *
   * @return each output in the order that was asked for
   * @throws Defect as {@link NetworkSession#run}
   */
  static List<NpyArray> of(
      NetworkSession session, String input, NpyArray values, List<String> outputs) {
    long bytes = (long) values.values().length * Float.BYTES;
    FloatBuffer buffer = buffer(bytes);
    buffer.put(0, values.values());
    long[] shape = values.shape().stream().mapToLong(Integer::longValue).toArray();
    try (var tensor = OnnxTensor.createTensor(OnnxRuntime.environment(), buffer, shape);
        OrtSession.Result result =
            session.session().run(Map.of(input, tensor), Set.copyOf(outputs))) {
      return outputs.stream().map(name -> array(result, name)).toList();
    } catch (OrtException e) {
      throw RuntimeFailures.ofRun(e);
    }
  }

  /** The mean of arrays of one shape: what an ensemble answers. */
  static NpyArray mean(List<NpyArray> members) {
    if (members.size() == 1) {
      return members.get(0);
    }
    NpyArray first = members.get(0);
    var sums = new double[first.values().length];
    for (NpyArray member : members) {
      if (!member.shape().equals(first.shape())) {
        throw new Defect(
            ReasonCode.PACKAGE_INVALID,
            "the networks must answer alike, but one answers "
                + first.shape()
                + ", another "
                + member.shape());
      }
      for (int i = 0; i < sums.length; i++) {
        sums[i] += member.values()[i];
      }
    }
    var mean = new float[sums.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sums[i] / members.size());
    }
    return new NpyArray(first.shape(), mean);
  }

  private static FloatBuffer buffer(long bytes) {
    if (bytes > Integer.MAX_VALUE) {
      throw new Defect(
          ReasonCode.PACKAGE_INVALID,
          "a golden input has at most 2 GiB, but this one " + bytes + " bytes");
    }
    try {
      return ByteBuffer.allocateDirect((int) bytes).order(ByteOrder.nativeOrder()).asFloatBuffer();
    } catch (OutOfMemoryError e) {
      throw RuntimeFailures.ofTensor(e, bytes);
    }
  }

  private static NpyArray array(OrtSession.Result result, String name) {
    if (!(result.get(name).orElse(null) instanceof OnnxTensor tensor)) {
      throw new Defect(ReasonCode.PACKAGE_INVALID, "the graph gives no tensor '" + name + "'");
    }
    List<Integer> shape =
        Arrays.stream(tensor.getInfo().getShape()).mapToObj(Math::toIntExact).toList();
    int count = shape.stream().reduce(1, (a, b) -> a * b);
    var values = new float[count];
    switch (tensor.getInfo().type) {
      case FLOAT -> tensor.getFloatBuffer().get(values);
      case INT64 -> {
        LongBuffer longs = tensor.getLongBuffer();
        for (int i = 0; i < count; i++) {
          values[i] = longs.get(i);
        }
      }
      default ->
          throw new Defect(
              ReasonCode.PACKAGE_INVALID,
              "output '" + name + "' has elements of type " + tensor.getInfo().type);
    }
    return new NpyArray(shape, values);
  }
}

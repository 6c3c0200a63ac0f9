package org.firstpass.training.graph;

import ai.djl.ndarray.NDArray;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.DoubleStream;

/** Operators on sizes, scales and indices, which are computed in Java. */
final class PlainNumbers {
  private static final Set<String> ALWAYS = Set.of("Constant", "Shape");

  private PlainNumbers() {}

  /** Whether a node is about numbers only. */
  static boolean apply(NodeProto node, List<Object> inputs) {
    return ALWAYS.contains(node.getOpType()) || inputs.stream().allMatch(Numbers.class::isInstance);
  }

  static Numbers answer(NodeProto node, List<Object> inputs) {
    var attributes = new Attributes(node);
    return switch (node.getOpType()) {
      case "Constant" -> constant(attributes);
      case "Shape" -> shape(inputs.get(0));
      case "Identity", "Cast", "Unsqueeze", "Squeeze" -> (Numbers) inputs.get(0);
      case "Floor" -> Numbers.list(Arrays.stream(numbers(inputs, 0)).map(Math::floor).toArray());
      case "Concat" ->
          Numbers.list(
              inputs.stream()
                  .flatMapToDouble(each -> Arrays.stream(((Numbers) each).reals()))
                  .toArray());
      case "Gather" -> gathered(numbers(inputs, 0), numbers(inputs, 1));
      case "Slice" -> sliced(node, inputs);
      case "Add" -> combined(inputs, Double::sum);
      case "Sub" -> combined(inputs, (a, b) -> a - b);
      case "Mul" -> combined(inputs, (a, b) -> a * b);
      case "Div" -> combined(inputs, (a, b) -> a / b);
      default -> throw NotTrainable.because(node, "the operator on numbers");
    };
  }

  private static Numbers constant(Attributes attributes) {
    return attributes
        .find("value")
        .map(value -> Numbers.of(value.getT()))
        .or(() -> attributes.find("value_float").map(value -> Numbers.list(value.getF())))
        .or(() -> attributes.find("value_int").map(value -> Numbers.list((double) value.getI())))
        .orElseThrow(() -> NotTrainable.because(attributes.node(), "a constant of this kind"));
  }

  private static Numbers shape(Object value) {
    long[] shape =
        value instanceof NDArray array
            ? array.getShape().getShape()
            : new long[] {((Numbers) value).count()};
    return Numbers.list(Arrays.stream(shape).asDoubleStream().toArray());
  }

  private static Numbers gathered(double[] from, double[] indices) {
    return Numbers.list(
        DoubleStream.of(indices)
            .map(index -> from[(int) index < 0 ? (int) index + from.length : (int) index])
            .toArray());
  }

  private static Numbers sliced(NodeProto node, List<Object> inputs) {
    double[] from = numbers(inputs, 0);
    if (inputs.size() > 4 && numbers(inputs, 4).length > 0 && numbers(inputs, 4)[0] != 1) {
      throw NotTrainable.because(node, "a step other than 1");
    }
    return Numbers.list(
        Arrays.copyOfRange(
            from,
            bound(numbers(inputs, 1)[0], from.length),
            bound(numbers(inputs, 2)[0], from.length)));
  }

  private static int bound(double stated, int length) {
    double fromStart = stated < 0 ? stated + length : stated;
    return (int) Math.max(0, Math.min(length, fromStart));
  }

  private static Numbers combined(List<Object> inputs, DoubleBinaryOperator operator) {
    double[] a = numbers(inputs, 0);
    double[] b = numbers(inputs, 1);
    var values = new double[Math.max(a.length, b.length)];
    for (int i = 0; i < values.length; i++) {
      values[i] = operator.applyAsDouble(a[a.length == 1 ? 0 : i], b[b.length == 1 ? 0 : i]);
    }
    return Numbers.list(values);
  }

  private static double[] numbers(List<Object> inputs, int input) {
    return ((Numbers) inputs.get(input)).reals();
  }
}

package org.firstpass.inference;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.model.importing.GraphTensors;
import org.firstpass.model.importing.GraphTensors.Tensor;

/** What an ONNX file that is in no package yet says of itself. */
public final class GraphInspection {
  private GraphInspection() {}

  /**
   * The names, element types and axes of its inputs and outputs; {@link GraphTensors#OPEN} for an
   * axis that the graph leaves open.
   *
   * @throws Defect with {@link ReasonCode#PACKAGE_INVALID} if the runtime cannot load it
   */
  public static GraphTensors tensors(Path graph) {
    GraphFile file = GraphFile.read(graph);
    file.requireKnownOperators(String.valueOf(graph.getFileName()));
    try (NetworkSession session = NetworkSession.open(file, SessionKind.cpu(1, false))) {
      return new GraphTensors(
          tensors(session.inputs(), session::input), tensors(session.outputs(), session::output));
    }
  }

  private static List<Tensor> tensors(
      Collection<String> names, Function<String, Optional<TensorShape>> shape) {
    return names.stream()
        .flatMap(name -> shape.apply(name).map(s -> tensor(name, s)).stream())
        .toList();
  }

  private static Tensor tensor(String name, TensorShape shape) {
    return new Tensor(name, shape.element().name(), shape.axes());
  }
}

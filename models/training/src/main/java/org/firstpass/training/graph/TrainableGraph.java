package org.firstpass.training.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A network as an ONNX file has it, (1, channels, D, H, W) in and out, float32. Immutable.
 *
 * <p>Weights are the initialisers that convolutions, normalisations and PReLU take; training keeps
 * those that it changes in one array, one after the other in the order of {@link #weights()}. All
 * else of the file stays as it is, down to the byte.
 *
 * @see <a href="https://github.com/onnx/onnx/blob/main/docs/Operators.md">ONNX operators</a>
 */
public final class TrainableGraph {
  private static final Map<String, Set<Integer>> WEIGHTS_OF =
      Map.of(
          "Conv", Set.of(1, 2),
          "ConvTranspose", Set.of(1, 2),
          "InstanceNormalization", Set.of(1, 2),
          "BatchNormalization", Set.of(1, 2),
          "PRelu", Set.of(1));

  private final ModelProto model;
  private final List<Weight> weights;
  private final Map<String, Numbers> constants;
  private final int trainedCount;

  private TrainableGraph(ModelProto model, List<Weight> weights, Map<String, Numbers> constants) {
    this.model = model;
    this.weights = weights;
    this.constants = constants;
    this.trainedCount = weights.stream().filter(Weight::trained).mapToInt(Weight::count).sum();
  }

  /**
   * Reads a graph.
   *
   * @param frozen tells of the names of weights which of them training leaves alone
   * @throws org.firstpass.failure.Defect NETWORK_NOT_TRAINABLE naming the operator that is not
   *     known
   */
  public static TrainableGraph read(byte[] onnx, Predicate<String> frozen) {
    ModelProto model;
    try {
      model = ModelProto.parseFrom(onnx);
    } catch (InvalidProtocolBufferException e) {
      throw NotTrainable.because("the graph cannot be read: " + e.getMessage());
    }
    GraphProto graph = model.getGraph();
    graph.getNodeList().forEach(Operators::requireKnown);
    Map<String, TensorProto> initialisers = new HashMap<>();
    graph.getInitializerList().forEach(each -> initialisers.put(each.getName(), each));
    Set<String> names = weightNames(graph);
    List<Weight> weights = new ArrayList<>();
    Map<String, Numbers> constants = new HashMap<>();
    int offset = 0;
    for (TensorProto tensor : graph.getInitializerList()) {
      if (!names.contains(tensor.getName())) {
        constants.put(tensor.getName(), Numbers.of(tensor));
        continue;
      }
      requireFloats(tensor);
      boolean trained = !frozen.test(tensor.getName());
      var weight = new Weight(tensor.getName(), tensor.getDimsList(), offset, trained);
      weights.add(weight);
      if (trained) {
        offset += weight.count();
      } else {
        constants.put(tensor.getName(), Numbers.of(tensor));
      }
    }
    if (offset == 0) {
      throw NotTrainable.because("no weight of the graph is left to be trained");
    }
    return new TrainableGraph(model, List.copyOf(weights), constants);
  }

  private static void requireFloats(TensorProto tensor) {
    if (tensor.getDataType() != TensorProto.DataType.FLOAT_VALUE
        || tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
      throw NotTrainable.because(
          "weight '" + tensor.getName() + "' must be float32 and lie in the file itself");
    }
  }

  /** By the nodes that take them, also where another node only passes them on. */
  private static Set<String> weightNames(GraphProto graph) {
    var passed = new HashMap<String, String>();
    var names = new HashSet<String>();
    for (NodeProto node : graph.getNodeList()) {
      if (node.getOpType().equals("Identity")) {
        passed.put(node.getOutput(0), passed.getOrDefault(node.getInput(0), node.getInput(0)));
      }
      for (int input : WEIGHTS_OF.getOrDefault(node.getOpType(), Set.of())) {
        if (input < node.getInputCount()) {
          names.add(passed.getOrDefault(node.getInput(input), node.getInput(input)));
        }
      }
    }
    return names;
  }

  /** All weights, in the order of the file. */
  public List<Weight> weights() {
    return weights;
  }

  /** How many numbers training changes. */
  public int trainedCount() {
    return trainedCount;
  }

  /** D, H and W of its input where the graph fixes all three. */
  public Optional<List<Long>> fixedSize() {
    List<TensorShapeProto.Dimension> axes =
        model.getGraph().getInput(0).getType().getTensorType().getShape().getDimList();
    List<Long> fixed =
        axes.stream()
            .skip(2)
            .filter(TensorShapeProto.Dimension::hasDimValue)
            .map(TensorShapeProto.Dimension::getDimValue)
            .toList();
    return fixed.size() == 3 ? Optional.of(fixed) : Optional.empty();
  }

  /** The values of the trained weights as the file has them. */
  public float[] initialValues() {
    var values = new float[trainedCount];
    Map<String, Weight> byName = trainedByName();
    for (TensorProto tensor : model.getGraph().getInitializerList()) {
      Weight weight = byName.get(tensor.getName());
      if (weight != null) {
        double[] found = Numbers.of(tensor).reals();
        for (int i = 0; i < found.length; i++) {
          values[weight.offset() + i] = (float) found[i];
        }
      }
    }
    return values;
  }

  private Map<String, Weight> trainedByName() {
    var byName = new LinkedHashMap<String, Weight>();
    weights.stream().filter(Weight::trained).forEach(each -> byName.put(each.name(), each));
    return byName;
  }

  /**
   * What the network answers, one array per output of the graph.
   *
   * @param image (1, channels, D, H, W); what is made lives in its manager
   * @param values of the trained weights, as {@link #initialValues()} orders them
   */
  public NDList forward(NDArray image, NDArray values) {
    Map<String, Object> known = new HashMap<>(constants);
    // One split, so that the gradient of all weights is put together by one operator as well.
    List<Weight> trained = List.copyOf(trainedByName().values());
    long[] cuts = trained.stream().skip(1).mapToLong(Weight::offset).toArray();
    NDList parts = cuts.length == 0 ? new NDList(values) : values.split(cuts, 0);
    for (int i = 0; i < trained.size(); i++) {
      known.put(trained.get(i).name(), parts.get(i).reshape(new Shape(trained.get(i).axes())));
    }
    GraphProto graph = model.getGraph();
    known.put(graph.getInput(0).getName(), image);
    for (NodeProto node : graph.getNodeList()) {
      known.put(node.getOutput(0), Operators.answer(node, known, image.getManager()));
    }
    var outputs = new NDList();
    graph.getOutputList().forEach(each -> outputs.add((NDArray) known.get(each.getName())));
    return outputs;
  }

  /**
   * The file with other values of the trained weights and more to say of itself. Outputs but the
   * first are for training only; they go, with what nothing else needs.
   */
  public byte[] withValues(float[] values, Map<String, String> metadata) {
    ModelProto.Builder changed = model.toBuilder();
    GraphProto.Builder graph = changed.getGraphBuilder();
    Map<String, Weight> byName = trainedByName();
    for (int i = 0; i < graph.getInitializerCount(); i++) {
      Weight weight = byName.get(graph.getInitializer(i).getName());
      if (weight != null) {
        ByteBuffer bytes =
            ByteBuffer.allocate(weight.count() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values, weight.offset(), weight.count());
        graph.getInitializerBuilder(i).clearFloatData().setRawData(ByteString.copyFrom(bytes));
      }
    }
    if (graph.getOutputCount() > 1) {
      keepFirstOutput(graph);
    }
    Map<String, String> all = new TreeMap<>();
    model.getMetadataPropsList().forEach(each -> all.put(each.getKey(), each.getValue()));
    all.putAll(metadata);
    changed.clearMetadataProps();
    all.forEach(
        (key, value) ->
            changed.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    return changed.build().toByteArray();
  }

  /**
   * Writes the graph and its weights for programs that do not read ONNX: {@code graph.json} and
   * {@code weights.raw}, float32 in the order of the weights.
   */
  public void describe(Path folder) throws IOException {
    GraphDescription.write(model.getGraph(), weights, initialValues(), constants, folder);
  }

  private static void keepFirstOutput(GraphProto.Builder graph) {
    Set<String> needed = new HashSet<>(Set.of(graph.getOutput(0).getName()));
    while (graph.getOutputCount() > 1) {
      graph.removeOutput(1);
    }
    // Nodes come after what they take, so that one way back finds all that is needed.
    for (int i = graph.getNodeCount() - 1; i >= 0; i--) {
      if (graph.getNode(i).getOutputList().stream().anyMatch(needed::contains)) {
        needed.addAll(graph.getNode(i).getInputList());
      } else {
        graph.removeNode(i);
      }
    }
    for (int i = graph.getInitializerCount() - 1; i >= 0; i--) {
      if (!needed.contains(graph.getInitializer(i).getName())) {
        graph.removeInitializer(i);
      }
    }
  }
}

package org.firstpass.training;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.firstpass.geometry.GridSize;

/**
 * What a graph that was trained here says of itself.
 *
 * @param weights how many numbers training has fixed
 */
record GraphFacts(TrainingPlan plan, long weights) {
  private static final String SEED = "seed";
  private static final String STEPS = "steps";
  private static final String CASES = "cases";
  private static final float LEARNING_RATE = 3e-3f;

  /** What is written into a graph of this plan. */
  static Map<String, String> metadata(TrainingPlan plan) {
    return Map.of(SEED, "" + plan.seed(), STEPS, "" + plan.steps(), CASES, "" + plan.cases());
  }

  /** The plan that the manifest's windows ask for. */
  static TrainingPlan plan(int seed, int steps, int cases) {
    var patch = PhantomAbdomen.PATCH;
    var size = new GridSize(patch.get(2), patch.get(1), patch.get(0));
    return new TrainingPlan(seed, steps, cases, size, LEARNING_RATE);
  }

  static GraphFacts of(Path graph) throws IOException {
    ModelProto model = ModelProto.parseFrom(Files.readAllBytes(graph));
    Map<String, String> metadata =
        model.getMetadataPropsList().stream()
            .collect(
                Collectors.toMap(StringStringEntryProto::getKey, StringStringEntryProto::getValue));
    long weights =
        model.getGraph().getInitializerList().stream()
            .filter(tensor -> !tensor.getName().equals(OnnxGraph.TWICE))
            .mapToLong(GraphFacts::size)
            .sum();
    TrainingPlan plan =
        plan(number(metadata, SEED), number(metadata, STEPS), number(metadata, CASES));
    return new GraphFacts(plan, weights);
  }

  private static int number(Map<String, String> metadata, String key) throws IOException {
    String value = metadata.get(key);
    if (value == null) {
      throw new IOException("the graph does not say with which " + key + " it was trained");
    }
    return Integer.parseInt(value);
  }

  private static long size(TensorProto tensor) {
    return tensor.getDimsList().stream().reduce(1L, (a, b) -> a * b);
  }
}

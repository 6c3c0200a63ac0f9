package org.firstpass.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.model.GridSpec;
import org.firstpass.model.OutputSpec.Activation;
import org.firstpass.model.WindowSpec;
import org.firstpass.sample.OnnxGraph;
import org.firstpass.sample.SampleManifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One thing at a time is other than the manifest says. */
final class TensorCheckTest {
  private static final int FREE = -1;
  private static final long[] OPEN = {FREE, 1, FREE, FREE, FREE};

  @TempDir private Path folder;

  @Test
  void aGraphWithAnInputOfAnotherNameIsRefusedWithThoseItHas() {
    refused(
        drafted().base(new SampleManifest().input("ct")).graph(graph(OPEN, 2)),
        "the graph has no input 'ct', it has [image]");
  }

  @Test
  void aGraphWithASecondInputIsRefused() {
    OnnxGraph two =
        new OnnxGraph()
            .input("image", OPEN)
            .input("prompt", 1)
            .weights("w", List.of(2L, 1L, 1L, 1L, 1L), 1, 2)
            .node("Conv", List.of("image", "w"), "inner")
            .node("Add", List.of("inner", "prompt"), "logits")
            .output("logits", FREE, 2, FREE, FREE, FREE);
    refused(drafted().graph(two), "must have the one input 'image', but has [image, prompt]");
  }

  @Test
  void anotherNumberOfChannelsIsRefused() {
    refused(
        drafted().channels(2).graph(graph(OPEN, 2)),
        "input 'image' must be FLOAT32(1 x 2 x ? x ? x ?)");
  }

  @Test
  void aNetworkOfSlicesIsNoNetworkOfVolumes() {
    refused(
        drafted().slices(1, 0).graph(graph(OPEN, 2)),
        "input 'image' must be FLOAT32(1 x 1 x ? x ?)");
  }

  @Test
  void neighboursAreChannels() {
    refused(
        drafted().slices(1, 1).graph(graph(new long[] {FREE, 1, FREE, FREE}, 2)),
        "input 'image' must be FLOAT32(1 x 3 x ? x ?)");
  }

  @Test
  void windowsOfAnotherSizeThanTheGraphTakesAreRefused() {
    refused(
        drafted()
            .base(new SampleManifest().sliding(16, 0.5))
            .graph(graph(new long[] {1, 1, 16, 16, 8}, 2)),
        "must be FLOAT32(1 x 1 x 16 x 16 x 16), is FLOAT32(1 x 1 x 16 x 16 x 8)");
  }

  @Test
  void aBoxOfAnotherSizeThanTheGraphTakesIsRefused() {
    var box = new GridSpec.Conformed(List.of(16, 16, 15), List.of(1.0, 1.0, 1.0));
    var manifest = new SampleManifest().grid("SPL", box).windows(new WindowSpec.Whole(8, 0));
    refused(
        drafted().base(manifest).graph(graph(new long[] {1, 1, 16, 16, 8}, 2)),
        "must be FLOAT32(1 x 1 x 16 x 16 x 16)");
    assertEquals(List.of(16L, 16L, 16L), TensorCheck.space(manifest.draft()));
  }

  @Test
  void aGraphOfOneSizeIsRefusedWhereSeriesDiffer() {
    refused(
        drafted().graph(graph(new long[] {1, 1, 16, 16, 16}, 2)),
        "input.grid gives every series its own size");
  }

  @Test
  void aBatchThatTheGraphDoesNotTakeIsRefused() {
    refused(
        drafted()
            .base(new SampleManifest().windows(batchOf(4)))
            .graph(graph(new long[] {1, 1, 8, 8, 8}, 2)),
        "takes 1 at once, so windows.batch 4 cannot be");
    refused(
        drafted()
            .base(new SampleManifest().windows(batchOf(1)))
            .graph(graph(new long[] {2, 1, 8, 8, 8}, 2)),
        "takes 2 at once, so windows.batch 1 cannot be");
  }

  @Test
  void aGraphWithoutTheOutputIsRefusedWithThoseItHas() {
    OnnxGraph other =
        new OnnxGraph()
            .input("image", OPEN)
            .weights("w", List.of(2L, 1L, 1L, 1L, 1L), 1, 2)
            .node("Conv", List.of("image", "w"), "probabilities")
            .output("probabilities", FREE, 2, FREE, FREE, FREE);
    refused(drafted().graph(other), "the graph has no output 'logits', it has [probabilities]");
  }

  @Test
  void anotherNumberOfClassesIsRefused() {
    refused(drafted().graph(graph(OPEN, 3)), "output 'logits' must be FLOAT32(1 x 2 x ? x ? x ?)");
  }

  @Test
  void labelValuesAreRefusedWhereLogitsAreStated() {
    refused(drafted().graph(deciding(1)), "output 'logits' must be FLOAT32(1 x 2");
  }

  @Test
  void logitsAreRefusedWhereLabelValuesAreStated() {
    refused(
        drafted().base(new SampleManifest().output(Activation.ARGMAX, 2)).graph(graph(OPEN, 2)),
        "output 'logits' must be FLOAT32 or INT64(1 x 1 x ? x ? x ?)");
  }

  @Test
  void labelValuesMayLeaveTheChannelAxisOut() {
    var model =
        drafted().base(new SampleManifest().output(Activation.ARGMAX, 2)).graph(deciding(0)).seal();
    assertTrue(PackageVerification.of(model).passed());
  }

  @Test
  void aGraphWithoutTheHeadIsRefused() {
    refused(
        drafted().findings().graph(graph(OPEN, 2)),
        "the graph has no output 'findings', it has [logits]");
  }

  @Test
  void aHeadWithFewerClassesThanAreToldIsRefused() {
    OnnxGraph one =
        graph(OPEN, 2)
            .node(
                "ReduceMax",
                List.of("image"),
                "findings",
                OnnxGraph.integers("axes", 2L, 3L, 4L),
                OnnxGraph.integer("keepdims", 0))
            .output("findings", FREE, 1);
    refused(drafted().findings().graph(one), "'findings' must be FLOAT32 (N, classes) with more");
  }

  @Test
  void everyMemberOfAnEnsembleIsLookedAt() {
    refused(
        drafted()
            .networks("a.onnx", "b.onnx")
            .graph("a.onnx", graph(OPEN, 2))
            .graph("b.onnx", graph(OPEN, 3)),
        "output 'logits' must be FLOAT32(1 x 2");
  }

  private DraftedPackage drafted() {
    return new DraftedPackage(folder);
  }

  private static WindowSpec batchOf(int batch) {
    return new WindowSpec.Sliding(
        List.of(8, 8, 8), 0.5, WindowSpec.Blending.GAUSSIAN, null, 0, null, List.of(), batch, null);
  }

  /** A pointwise convolution from an input of these axes to so many classes. */
  static OnnxGraph graph(long[] axes, int classes) {
    Long[] kernel = new Long[axes.length];
    Arrays.fill(kernel, 1L);
    kernel[0] = (long) classes;
    kernel[1] = axes[1];
    var weights = new float[classes * (int) axes[1]];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = i + 1;
    }
    long[] answer = axes.clone();
    answer[1] = classes;
    return new OnnxGraph()
        .input("image", axes)
        .weights("w", List.of(kernel), weights)
        .node("Conv", List.of("image", "w"), "logits")
        .output("logits", answer);
  }

  private static OnnxGraph deciding(int keepAxis) {
    var graph =
        new OnnxGraph()
            .input("image", OPEN)
            .weights("w", List.of(2L, 1L, 1L, 1L, 1L), 1, 2)
            .node("Conv", List.of("image", "w"), "inner")
            .node(
                "ArgMax",
                List.of("inner"),
                "logits",
                OnnxGraph.integer("axis", 1),
                OnnxGraph.integer("keepdims", keepAxis));
    return keepAxis == 1
        ? graph.output("logits", DataType.INT64, FREE, 1, FREE, FREE, FREE)
        : graph.output("logits", DataType.INT64, FREE, FREE, FREE, FREE);
  }

  private static void refused(DraftedPackage drafted, String finding) {
    Defect defect = assertThrows(Defect.class, drafted::seal);
    assertEquals(ReasonCode.PACKAGE_INVALID, defect.code());
    String message = String.valueOf(defect.getMessage());
    assertTrue(message.contains(finding), message);
  }
}

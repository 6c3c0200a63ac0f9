package org.firstpass.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.convolutional.Conv3d;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;

/**
 * A small 3-D U-Net: (1, 1, D, H, W) in, logits (1, classes, D, H, W) out; D, H and W are multiples
 * of {@link #MULTIPLE}. Way up by repetition and convolution.
 */
final class UNet3d extends AbstractBlock {
  /** Three levels, each half as fine as the one above. */
  static final int MULTIPLE = 8;

  private static final int[] WIDTHS = {8, 16, 32, 32};

  private final List<List<ConvolutionUnit>> down = new ArrayList<>();
  private final List<ConvolutionUnit> up = new ArrayList<>();
  private final Conv3d head;
  private final int classes;

  UNet3d(int classes) {
    this.classes = classes;
    for (int level = 0; level < WIDTHS.length; level++) {
      int stride = level == 0 ? 1 : 2;
      down.add(
          List.of(
              addChildBlock("down" + level + "a", new ConvolutionUnit(WIDTHS[level], stride)),
              addChildBlock("down" + level + "b", new ConvolutionUnit(WIDTHS[level], 1))));
    }
    for (int level = WIDTHS.length - 2; level >= 0; level--) {
      up.add(addChildBlock("up" + level, new ConvolutionUnit(WIDTHS[level], 1)));
    }
    this.head =
        addChildBlock(
            "head",
            Conv3d.builder().setFilters(classes).setKernelShape(new Shape(1, 1, 1)).build());
    setInitializer(
        new XavierInitializer(
            XavierInitializer.RandomType.GAUSSIAN, XavierInitializer.FactorType.IN, 2),
        Parameter.Type.WEIGHT);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray current = inputs.singletonOrThrow();
    var skips = new ArrayList<NDArray>();
    for (List<ConvolutionUnit> level : down) {
      for (ConvolutionUnit unit : level) {
        current = unit.forward(store, new NDList(current), training).singletonOrThrow();
      }
      skips.add(current);
    }
    for (int i = 0; i < up.size(); i++) {
      NDArray skip = skips.get(WIDTHS.length - 2 - i);
      NDArray joined = twiceAsFine(current).concat(skip, 1);
      current = up.get(i).forward(store, new NDList(joined), training).singletonOrThrow();
    }
    return head.forward(store, new NDList(current), training);
  }

  private static NDArray twiceAsFine(NDArray coarse) {
    return coarse.repeat(2, 2).repeat(3, 2).repeat(4, 2);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    Shape in = inputs[0];
    return new Shape[] {new Shape(in.get(0), classes, in.get(2), in.get(3), in.get(4))};
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    Shape current = inputs[0];
    var skips = new ArrayList<Shape>();
    for (List<ConvolutionUnit> level : down) {
      for (ConvolutionUnit unit : level) {
        current = initialized(unit, manager, type, current);
      }
      skips.add(current);
    }
    for (int i = 0; i < up.size(); i++) {
      Shape skip = skips.get(WIDTHS.length - 2 - i);
      Shape joined =
          new Shape(1, current.get(1) + skip.get(1), skip.get(2), skip.get(3), skip.get(4));
      current = initialized(up.get(i), manager, type, joined);
    }
    head.initialize(manager, type, current);
  }

  private static Shape initialized(
      ConvolutionUnit unit, NDManager manager, DataType type, Shape input) {
    unit.initialize(manager, type, input);
    return unit.getOutputShapes(new Shape[] {input})[0];
  }

  /** How many numbers training has fixed. */
  long weights() {
    return getParameters().values().stream().mapToLong(p -> p.getArray().size()).sum();
  }

  /** Adds the whole network to a graph, from one named tensor to another. */
  void addTo(OnnxGraph graph, String input, String output) {
    String current = input;
    var skips = new ArrayList<String>();
    for (int level = 0; level < down.size(); level++) {
      current = down.get(level).get(0).addTo(graph, "down" + level + "a", current);
      current = down.get(level).get(1).addTo(graph, "down" + level + "b", current);
      skips.add(current);
    }
    for (int i = 0; i < up.size(); i++) {
      int level = WIDTHS.length - 2 - i;
      String finer = graph.twiceAsFine("up" + level + ".finer", current);
      String joined = graph.concatenate("up" + level + ".joined", finer, skips.get(level));
      current = up.get(i).addTo(graph, "up" + level, joined);
    }
    NDArray weight = head.getParameters().get("weight").getArray();
    NDArray bias = head.getParameters().get("bias").getArray();
    graph.pointwise(output, current, weight, bias);
  }
}

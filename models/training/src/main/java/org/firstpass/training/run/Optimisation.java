package org.firstpass.training.run;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.nio.ByteBuffer;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.geometry.GridSize;
import org.firstpass.training.data.Window;
import org.firstpass.training.graph.TrainableGraph;

/**
 * The weights of a network and what Adam keeps of their gradients, each in one array, so that an
 * update is a handful of calls whatever the number of layers. Not safe to share between threads.
 *
 * @see "Kingma and Ba, Adam, ICLR 2015"
 */
final class Optimisation implements AutoCloseable {
  static final String ENGINE = "PyTorch";

  private static final float FIRST_DECAY = 0.9f;
  private static final float SECOND_DECAY = 0.999f;
  private static final float EPSILON = 1e-8f;

  /** A longer gradient is shortened to this, so that one odd window does not undo the others. */
  private static final float LONGEST_GRADIENT = 5;

  private final TrainableGraph graph;
  private final int classes;
  private final NDManager manager;
  private final NDArray values;
  private final NDArray first;
  private final NDArray second;
  private final NDArray shares;

  /** Begins where a state left off. */
  Optimisation(TrainableGraph graph, int classes, Weights state, boolean gpu) {
    this.graph = graph;
    this.classes = classes;
    this.manager = NDManager.newBaseManager(device(gpu), ENGINE);
    this.values = manager.create(state.values());
    this.first = manager.create(state.first());
    this.second = manager.create(state.second());
    this.shares = manager.create(StepShares.of(graph));
  }

  private static Device device(boolean gpu) {
    if (gpu && Engine.getEngine(ENGINE).getGpuCount() == 0) {
      throw new Defect(
          ReasonCode.DEVICE_UNAVAILABLE,
          "PyTorch finds no GPU here: the library that comes with Firstpass is for CPUs; set"
              + " PYTORCH_LIBRARY_PATH to one for CUDA (see training.md)");
    }
    return gpu ? Device.gpu() : Device.cpu();
  }

  /** One update of the weights; answers the loss before it. */
  float step(Window window, int number, float rate) {
    try (NDManager step = manager.newSubManager()) {
      NDArray leaf = values.duplicate();
      leaf.attach(step);
      leaf.setRequiresGradient(true);
      NDArray image = image(window, step);
      NDArray truth = truth(window, step);
      float loss;
      try (GradientCollector gradients = Engine.getEngine(ENGINE).newGradientCollector()) {
        NDArray lost = loss(graph.forward(image, leaf), window, truth);
        gradients.backward(lost);
        loss = lost.getFloat();
      }
      if (!Float.isFinite(loss)) {
        throw new Defect(
            ReasonCode.OUTPUT_NOT_FINITE, "the loss of step " + number + " is no number");
      }
      update(leaf.getGradient(), number, rate);
      return loss;
    }
  }

  /** Of all outputs; each further one is of a coarser level and counts half as much as the last. */
  private NDArray loss(NDList outputs, Window window, NDArray truth) {
    NDArray loss = DiceAndCrossEntropy.of(outputs.get(0), truth, window.isKnownEverywhere());
    float share = 1;
    float shares = 1;
    for (NDArray coarser : outputs.subNDList(1)) {
      share /= 2;
      shares += share;
      Shape shape = coarser.getShape();
      Window same =
          window.labelsAt(new GridSize((int) shape.get(4), (int) shape.get(3), (int) shape.get(2)));
      NDArray coarseTruth = truth(same, truth.getManager());
      loss =
          loss.add(
              DiceAndCrossEntropy.of(coarser, coarseTruth, same.isKnownEverywhere()).mul(share));
    }
    return shares == 1 ? loss : loss.div(shares);
  }

  private void update(NDArray gradient, int number, float rate) {
    float length = gradient.norm().getFloat();
    NDArray kept = length > LONGEST_GRADIENT ? gradient.mul(LONGEST_GRADIENT / length) : gradient;
    first.muli(FIRST_DECAY).addi(kept.mul(1 - FIRST_DECAY));
    second.muli(SECOND_DECAY).addi(kept.mul(kept).muli(1 - SECOND_DECAY));
    double firstLeft = 1 - Math.pow(FIRST_DECAY, number + 1);
    double secondLeft = 1 - Math.pow(SECOND_DECAY, number + 1);
    NDArray scale = second.div(secondLeft).sqrt().addi(EPSILON);
    scale.attach(gradient.getManager());
    NDArray change = first.div(scale);
    change.attach(gradient.getManager());
    values.subi(change.muli(rate / firstLeft).muli(shares));
  }

  /** What the network answers to an image (1, channels, D, H, W) now. */
  float[] forward(float[] image, Shape shape) {
    try (NDManager call = manager.newSubManager()) {
      NDArray weights = values.duplicate();
      weights.attach(call);
      return graph.forward(call.create(image, shape), weights).get(0).toFloatArray();
    }
  }

  Weights state() {
    return new Weights(values.toFloatArray(), first.toFloatArray(), second.toFloatArray());
  }

  /** Goes back to other weights. */
  void set(float[] others) {
    try (NDManager call = manager.newSubManager()) {
      call.create(others).copyTo(values);
    }
  }

  /** (1, 1, D, H, W) */
  private static NDArray image(Window window, NDManager manager) {
    GridSize size = window.size();
    return manager.create(
        window.values(), new Shape(1, 1, size.slices(), size.rows(), size.columns()));
  }

  /** (classes, voxels): 1 in the row of the voxel's channel, else 0. */
  private NDArray truth(Window window, NDManager manager) {
    NDArray channels =
        manager.create(
            ByteBuffer.wrap(window.channels()),
            new Shape(1, window.channels().length),
            DataType.INT8);
    NDArray each = manager.arange(0, classes, 1, DataType.INT8).reshape(classes, 1);
    return each.eq(channels).toType(DataType.FLOAT32, false);
  }

  @Override
  public void close() {
    manager.close();
  }
}

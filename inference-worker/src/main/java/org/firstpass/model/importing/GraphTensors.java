package org.firstpass.model.importing;

import java.util.List;
import java.util.stream.Collectors;

/** The inputs and outputs of a graph, as the graph states them. */
public record GraphTensors(List<Tensor> inputs, List<Tensor> outputs) {
  /** The length of an axis that the graph leaves open. */
  public static final long OPEN = -1;

  public GraphTensors {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /**
   * A tensor.
   *
   * @param element FLOAT32, INT64 or OTHER
   * @param axes their lengths, {@link #OPEN} where the graph leaves them open
   */
  public record Tensor(String name, String element, List<Long> axes) {
    public Tensor {
      axes = List.copyOf(axes);
    }

    /** Axes after the item of the batch and the channel: 3 for volumes, 2 for slices. */
    public int spaceAxes() {
      return axes.size() - 2;
    }

    @Override
    public String toString() {
      return name
          + " "
          + element
          + axes.stream()
              .map(length -> length == OPEN ? "?" : length.toString())
              .collect(Collectors.joining(" x ", "(", ")"));
    }
  }

  /** The input, if there is one only. */
  public Tensor onlyInput() {
    return only("inputs", inputs);
  }

  /** The output, if there is one only. */
  public Tensor onlyOutput() {
    return only("outputs", outputs);
  }

  private static Tensor only(String what, List<Tensor> tensors) {
    if (tensors.size() != 1) {
      throw Unsupported.because(
          "the graph's " + what,
          "must be one tensor, but are "
              + tensors
              + "; export the network without the others, for instance without deep supervision");
    }
    return tensors.get(0);
  }
}

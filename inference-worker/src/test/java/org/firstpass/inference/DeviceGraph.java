package org.firstpass.inference;

import java.util.Arrays;
import java.util.List;
import org.firstpass.sample.OnnxGraph;

/** How the graph with which devices are tried was made. */
final class DeviceGraph {
  private DeviceGraph() {}

  /** A convolution of 3 x 3 ones over 1 x 1 x 4 x 4, padded by one, then a ReLU. */
  static byte[] bytes() {
    var ones = new float[9];
    Arrays.fill(ones, 1);
    return new OnnxGraph()
        .input("x", 1, 1, 4, 4)
        .weights("ones", List.of(1L, 1L, 3L, 3L), ones)
        .node("Conv", List.of("x", "ones"), "sum", OnnxGraph.integers("pads", 1L, 1L, 1L, 1L))
        .node("Relu", List.of("sum"), "y")
        .output("y", 1, 1, 4, 4)
        .bytes();
  }
}

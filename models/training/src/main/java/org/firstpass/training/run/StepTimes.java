package org.firstpass.training.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.firstpass.geometry.GridSize;
import org.firstpass.training.data.Window;
import org.firstpass.training.graph.ResidualUNet;
import org.firstpass.training.graph.TrainableGraph;

/**
 * Times updates of the weights, for the benchmark that sets them beside PyTorch's in Python: the
 * same graph, windows, loss and optimiser. Writes the graph and the windows for the other side.
 *
 * <p>Arguments: graph, or "new" for the network that is trained without a package; classes, D, H,
 * W, windows, folder to write to, threads. Prints the losses and the seconds of each update as
 * JSON.
 */
public final class StepTimes {
  private static final float RATE = 1e-4f;

  private static final List<long[]> STRIDES =
      List.of(
          new long[] {1, 1, 1}, new long[] {2, 2, 2}, new long[] {2, 2, 2}, new long[] {2, 2, 2});

  private StepTimes() {}

  public static void main(String[] arguments) throws IOException {
    System.setProperty("ai.djl.pytorch.num_threads", arguments[7]);
    int classes = Integer.parseInt(arguments[1]);
    var size =
        new GridSize(
            Integer.parseInt(arguments[4]),
            Integer.parseInt(arguments[3]),
            Integer.parseInt(arguments[2]));
    int count = Integer.parseInt(arguments[5]);
    Path folder = Path.of(arguments[6]);
    byte[] onnx =
        arguments[0].equals("new")
            ? ResidualUNet.onnx(NewPackage.WIDTHS, STRIDES, classes, 1)
            : Files.readAllBytes(Path.of(arguments[0]));
    var graph = TrainableGraph.read(onnx, name -> false);
    List<Window> windows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      windows.add(window(size, classes, i));
    }
    graph.describe(folder);
    write(windows, folder);
    List<Float> losses = new ArrayList<>();
    List<Double> seconds = new ArrayList<>();
    try (var network =
        new Optimisation(graph, classes, Weights.initial(graph.initialValues()), false)) {
      for (int step = 0; step < count; step++) {
        long began = System.nanoTime();
        losses.add(network.step(windows.get(step), step, RATE));
        seconds.add((System.nanoTime() - began) / 1e9);
      }
    }
    System.out.println(
        new ObjectMapper().writeValueAsString(Map.of("losses", losses, "seconds", seconds)));
  }

  /** Boxes of each class in noise. */
  private static Window window(GridSize size, int classes, int seed) {
    var random = new Random(seed);
    var values = new float[size.voxels()];
    var channels = new byte[values.length];
    int at = 0;
    for (int slice = 0; slice < size.slices(); slice++) {
      for (int row = 0; row < size.rows(); row++) {
        for (int column = 0; column < size.columns(); column++, at++) {
          channels[at] = (byte) ((slice / 8 + row / 8 + column / 8) % classes);
          values[at] = (float) (channels[at] + random.nextGaussian());
        }
      }
    }
    return new Window(size, values, channels);
  }

  private static void write(List<Window> windows, Path folder) throws IOException {
    int voxels = windows.get(0).values().length;
    ByteBuffer bytes =
        ByteBuffer.allocate(windows.size() * voxels * 5).order(ByteOrder.LITTLE_ENDIAN);
    for (Window window : windows) {
      bytes.asFloatBuffer().put(window.values());
      bytes.position(bytes.position() + voxels * Float.BYTES);
      bytes.put(window.channels());
    }
    Files.write(folder.resolve("windows.raw"), bytes.array());
  }
}

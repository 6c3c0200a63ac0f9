package org.firstpass.training;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * A network with the weights that it has now: kept, asked and exported. Not safe to share between
 * threads.
 */
final class TrainedNetwork implements AutoCloseable {
  static final String ENGINE = "PyTorch";

  private final UNet3d network;
  private final NDManager manager;

  TrainedNetwork(UNet3d network, NDManager manager) {
    this.network = network;
    this.manager = manager;
  }

  /** Reads what {@link #save} wrote. */
  static TrainedNetwork load(Path file) throws IOException {
    var network = new UNet3d(PhantomAbdomen.CLASSES);
    var trained = new TrainedNetwork(network, NDManager.newBaseManager(ENGINE));
    try (var in = new DataInputStream(Files.newInputStream(file))) {
      network.loadParameters(trained.manager, in);
      return trained;
    } catch (MalformedModelException e) {
      throw new IOException(file + " does not have the weights of this network", e);
    }
  }

  /** Writes the weights beside and then over a file, so that one of the two is always whole. */
  void save(Path file) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + ".part");
    try (var out = new DataOutputStream(Files.newOutputStream(beside))) {
      network.saveParameters(out);
    }
    Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
  }

  /** How many numbers training has fixed. */
  long weights() {
    return network.weights();
  }

  /** Logits (classes, D, H, W) of a patch. */
  float[] forward(Patch patch) {
    try (NDManager call = manager.newSubManager()) {
      NDArray image = patch.image(call);
      return network
          .forward(new ParameterStore(call, false), new NDList(image), false)
          .singletonOrThrow()
          .toFloatArray();
    }
  }

  /** The network as an ONNX file; the same weights give the same bytes. */
  byte[] toOnnx(Map<String, String> metadata) {
    var graph = new OnnxGraph(PhantomAbdomen.NAME);
    graph.input(PhantomAbdomen.INPUT, 1);
    network.addTo(graph, PhantomAbdomen.INPUT, PhantomAbdomen.OUTPUT);
    graph.output(PhantomAbdomen.OUTPUT, PhantomAbdomen.CLASSES);
    return graph.toBytes("firstpass-training", PhantomAbdomen.VERSION, metadata);
  }

  @Override
  public void close() {
    manager.close();
  }
}

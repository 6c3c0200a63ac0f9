package org.firstpass.bench;

import java.io.IOException;
import java.nio.file.Path;
import org.firstpass.geometry.GridSize;
import org.firstpass.prepare.NetworkInput;

/**
 * The same network and windows in PyTorch: MONAI's own sliding window where MONAI is installed,
 * else the same steps in plain PyTorch, and said so.
 */
final class TorchPeer {
  private final Path network;
  private final Path check;
  private final Path values;
  private final GridSize size;
  private String who = "PyTorch";

  /**
   * @param bare tells what the network answers, which the peer has to answer too
   */
  TorchPeer(Path network, NetworkInput input, BareOnnxCalls bare, Scratch scratch)
      throws Exception {
    this.network = network;
    this.size = input.grid().size();
    this.check = scratch.file("check.raw");
    this.values = scratch.file("values.raw");
    RawArrays.write(bare.answer(), check);
    RawArrays.write(input.values(), values);
  }

  /** Whether this machine has what it takes. */
  static boolean isHere() throws InterruptedException {
    return Program.pythonHas("torch", "onnx", "numpy");
  }

  /** The seconds of one run, without start, imports and reading. */
  double seconds(int batch) throws IOException, InterruptedException {
    String said =
        Program.python(
            "sliding_window_torch.py",
            network,
            check,
            values,
            RawArrays.size(size),
            SlidingWindowSetup.WINDOW,
            batch,
            SlidingWindowSetup.CORES);
    String[] parts = said.lines().reduce((first, second) -> second).orElse("").split(";", -1);
    who = parts[0];
    return Double.parseDouble(parts[1]);
  }

  /** Whose sliding window it was; known after a run. */
  String who() {
    return who;
  }
}

package org.firstpass.inference;

import org.firstpass.geometry.GridSize;
import org.firstpass.model.InputSpec;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.OutputSpec.Activation;

/**
 * What one window is as a tensor: (N, channels, D, H, W), or (N, channels, H, W) for a network that
 * sees slices.
 *
 * @param window D, H, W are its slices, rows and columns
 * @param flat whether the network sees slices
 * @param inputChannels of the tensor, neighbouring slices among them
 * @param outputChannels of the tensor: 1 for a graph that decides itself, 0 if there is no output
 *     for voxels
 */
record WindowTensor(GridSize window, boolean flat, int inputChannels, int outputChannels) {
  static WindowTensor of(ModelManifest manifest, GridSize window) {
    InputSpec input = manifest.input();
    boolean decided = manifest.output().activation() == Activation.ARGMAX;
    return new WindowTensor(
        window,
        input.seesSlices(),
        input.tensorChannels(),
        decided ? 1 : manifest.output().channels());
  }

  long inputValues() {
    return (long) inputChannels * window.voxels();
  }

  long outputValues() {
    return (long) outputChannels * window.voxels();
  }

  long[] inputShape(int batch) {
    return shape(batch, inputChannels);
  }

  /** A graph that decides itself may leave the channel axis out. */
  long[] outputShape(int batch, TensorShape stated) {
    long[] full = shape(batch, outputChannels);
    if (outputChannels != 1 || stated.axes().size() != full.length - 1) {
      return full;
    }
    var bare = new long[full.length - 1];
    bare[0] = full[0];
    System.arraycopy(full, 2, bare, 1, bare.length - 1);
    return bare;
  }

  private long[] shape(int batch, int channels) {
    if (flat) {
      return new long[] {batch, channels, window.rows(), window.columns()};
    }
    return new long[] {batch, channels, window.slices(), window.rows(), window.columns()};
  }
}

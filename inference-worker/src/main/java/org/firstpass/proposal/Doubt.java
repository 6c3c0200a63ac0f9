package org.firstpass.proposal;

import java.util.stream.IntStream;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.model.ModelManifest;
import org.firstpass.prepare.NetworkSlab;
import org.firstpass.prepare.SlabSink;
import org.jspecify.annotations.Nullable;

/**
 * How unsure the network is at each voxel of its grid: takes the slabs while they come and keeps
 * one byte of each voxel, two if the network made several passes.
 *
 * <p>The doubt of a voxel is the normalised entropy of its probabilities, 0 (sure) to 1, see {@link
 * Likelihoods}; kept as round(255 x doubt), so it is off by up to 1/510, and a mean of many voxels
 * by no more. Order slice, row, column. Slabs are taken from one thread at a time and worked on by
 * several; what is kept does not hang on how many. When the last slab was taken it may be read by
 * many threads.
 */
public final class Doubt implements SlabSink {
  /** What a doubt of 1 is kept as. */
  static final int FULL = 255;

  private static final int BLOCK = 1 << 14;

  private final GridGeometry grid;
  private final Likelihoods likelihoods;
  private final byte[] entropy;
  private final double[] largest;
  private byte @Nullable [] agreement;
  private int slicesTaken;

  /**
   * @param grid of the network's input
   */
  public Doubt(ModelManifest manifest, GridGeometry grid) {
    this(manifest, grid, Likelihoods.temperatureOf(manifest));
  }

  /**
   * With another temperature than the manifest's: what a calibration tries.
   *
   * @param temperature by which logits are divided
   */
  public Doubt(ModelManifest manifest, GridGeometry grid, double temperature) {
    this.grid = grid;
    this.likelihoods = new Likelihoods(manifest, temperature);
    this.entropy = new byte[grid.size().voxels()];
    this.largest = new double[manifest.output().channels()];
  }

  /**
   * Takes the next slices.
   *
   * @throws IllegalArgumentException if slices are left out or come twice, or if only some slabs
   *     tell how far the passes agree
   */
  @Override
  public void accept(NetworkSlab slab) {
    GridSize size = grid.size();
    if (slab.firstSlice() != slicesTaken || slicesTaken + slab.slices() > size.slices()) {
      throw new IllegalArgumentException(
          "expected slices from "
              + slicesTaken
              + " to at most "
              + (size.slices() - 1)
              + ", got "
              + slab.slices()
              + " from "
              + slab.firstSlice());
    }
    boolean tellsAgreement = slab.agreement() != null;
    if (slicesTaken == 0 && tellsAgreement) {
      agreement = new byte[size.voxels()];
    }
    if (tellsAgreement != (agreement != null)) {
      throw new IllegalArgumentException("either all slabs tell an agreement or none does");
    }
    int first = slab.firstSlice() * size.voxelsPerSlice();
    int voxels = slab.slices() * size.voxelsPerSlice();
    IntStream.range(0, (voxels + BLOCK - 1) / BLOCK)
        .parallel()
        .forEach(
            block -> takeBlock(slab, first, block * BLOCK, Math.min(voxels, (block + 1) * BLOCK)));
    slicesTaken += slab.slices();
  }

  private void takeBlock(NetworkSlab slab, int first, int from, int to) {
    double[] found = largestSoFar();
    likelihoods.entropyOf(slab, from, to, entropy, first + from, found);
    synchronized (largest) {
      for (int channel = 0; channel < found.length; channel++) {
        largest[channel] = Math.max(largest[channel], found[channel]);
      }
    }
    float[] share = slab.agreement();
    byte[] kept = agreement;
    if (share != null && kept != null) {
      for (int at = from; at < to; at++) {
        kept[first + at] = toByte(share[at]);
      }
    }
  }

  /** What is known already need not be found again. */
  private double[] largestSoFar() {
    synchronized (largest) {
      return largest.clone();
    }
  }

  /** The network's grid. */
  public GridGeometry grid() {
    return grid;
  }

  /** Whether the network made several passes, so that they could agree or not. */
  public boolean tellsAgreement() {
    return agreement != null;
  }

  /** The doubt at a voxel of the network's grid, 0 to 255. */
  int entropyAt(int index) {
    return Byte.toUnsignedInt(entropy[index]);
  }

  /** The share of passes that agree at a voxel, 0 to 255; 255 if there was one pass only. */
  int agreementAt(int index) {
    return agreement == null ? FULL : Byte.toUnsignedInt(agreement[index]);
  }

  /**
   * How unsure the network is that something is not there at all: the entropy of the largest
   * probability it has anywhere, and 1 from a probability of a half on.
   */
  double ofAbsence(int channel) {
    return Likelihoods.binaryEntropy(Math.min(0.5, largest[channel]));
  }

  /** Refuses to speak of slices that have not come yet. */
  void requireWhole() {
    if (slicesTaken != grid.size().slices()) {
      throw new IllegalStateException(
          "only " + slicesTaken + " of " + grid.size().slices() + " slices have come");
    }
  }

  static byte toByte(double fraction) {
    return (byte) Math.round(Math.min(1, Math.max(0, fraction)) * FULL);
  }
}

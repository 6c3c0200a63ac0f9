package org.firstpass.dataset.split;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.firstpass.geometry.GridSize;
import org.firstpass.volume.Volume;

/**
 * What an image looks like from afar: the mean values of at most 8 x 8 x 8 blocks of its grid, and,
 * if it has a place in patient space, of cubes there ({@link ImageFingerprint}).
 *
 * <p>It is alike where the same acquisition was sent again, compressed with loss, or with noise
 * upon it, and by the cubes also where it was resampled, cropped, rescaled or reconstructed in
 * another way; it is not alike where another body, or the same body at another time, was imaged.
 * Immutable.
 */
public final class ImageSignature {
  private static final int BLOCKS = 8;

  /**
   * How far the blocks of one acquisition may differ, as a share of the image's own spread. Lossy
   * compression changes block means by far less than a thousandth of it, another body by a tenth.
   */
  private static final double TOLERANCE = 0.01;

  private final String grid;
  private final double mean;
  private final double deviation;
  private final float[] blocks;
  private final Optional<ImageFingerprint> fingerprint;

  private ImageSignature(
      String grid,
      double mean,
      double deviation,
      float[] blocks,
      Optional<ImageFingerprint> fingerprint) {
    this.grid = grid;
    this.mean = mean;
    this.deviation = deviation;
    this.blocks = blocks;
    this.fingerprint = fingerprint;
  }

  public static ImageSignature of(Volume volume) {
    GridSize size = volume.geometry().size();
    var sums = new double[BLOCKS * BLOCKS * BLOCKS];
    var counts = new long[sums.length];
    var row = new float[size.columns()];
    double sum = 0;
    double squares = 0;
    for (int line = 0; line < size.rows() * size.slices(); line++) {
      volume.copyTo(line * size.columns(), row, 0, size.columns());
      int slice = block(line / size.rows(), size.slices());
      int base = (slice * BLOCKS + block(line % size.rows(), size.rows())) * BLOCKS;
      for (int column = 0; column < row.length; column++) {
        int block = base + block(column, size.columns());
        sums[block] += row[column];
        counts[block]++;
        sum += row[column];
        squares += (double) row[column] * row[column];
      }
    }
    double mean = sum / size.voxels();
    double variance = Math.max(0, squares / size.voxels() - mean * mean);
    return new ImageSignature(
        size.toString(),
        mean,
        Math.sqrt(variance),
        means(sums, counts),
        ImageFingerprint.of(volume));
  }

  static ImageSignature read(String grid, double mean, double deviation, byte[] bytes) {
    var blocks = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).asFloatBuffer().get(blocks);
    return new ImageSignature(grid, mean, deviation, blocks, Optional.empty());
  }

  private static int block(int index, int length) {
    return (int) ((long) index * BLOCKS / Math.max(length, BLOCKS));
  }

  private static float[] means(double[] sums, long[] counts) {
    var means = new float[sums.length];
    for (int block = 0; block < means.length; block++) {
      means[block] = counts[block] == 0 ? 0 : (float) (sums[block] / counts[block]);
    }
    return means;
  }

  String grid() {
    return grid;
  }

  double mean() {
    return mean;
  }

  double deviation() {
    return deviation;
  }

  /** Empty if the image has no place in patient space, or was read from its blocks alone. */
  Optional<ImageFingerprint> fingerprint() {
    return fingerprint;
  }

  /** By how much the mean of an image that is alike may differ. */
  double reach() {
    // The other one's spread differs by no more than the blocks do.
    return 2 * TOLERANCE * deviation;
  }

  byte[] bytes() {
    ByteBuffer bytes = ByteBuffer.allocate(blocks.length * Float.BYTES);
    bytes.asFloatBuffer().put(blocks);
    return bytes.array();
  }

  /** Whether both are the same acquisition, as far as that can be told. */
  public boolean isAlike(ImageSignature other) {
    return isAlikeOnItsGrid(other) || isAlikeInSpace(other);
  }

  private boolean isAlikeInSpace(ImageSignature other) {
    return fingerprint.flatMap(here -> other.fingerprint.map(here::isAlike)).orElse(false);
  }

  boolean isAlikeOnItsGrid(ImageSignature other) {
    if (!grid.equals(other.grid) || blocks.length != other.blocks.length) {
      return false;
    }
    double squares = 0;
    for (int block = 0; block < blocks.length; block++) {
      double difference = blocks[block] - other.blocks[block];
      squares += difference * difference;
    }
    double distance = Math.sqrt(squares / blocks.length);
    return distance <= TOLERANCE * Math.min(deviation, other.deviation);
  }
}

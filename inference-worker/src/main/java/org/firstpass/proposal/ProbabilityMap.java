package org.firstpass.proposal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.firstpass.geometry.GridSize;
import org.firstpass.model.ModelManifest;
import org.firstpass.prepare.NetworkSlab;
import org.firstpass.prepare.VoxelSink;
import org.firstpass.volume.ProbabilityMapCodec;

/**
 * What the network thinks of each segment at each voxel of the series, before any clean-up: taken
 * while the labels are restored, so the logits need not be kept, and kept only near the segments.
 *
 * <p>Channels are interpolated as for the labels, so a segment is where its probability is above
 * all others. Of voxels whose neighbours are all sure of the same nothing is computed. A network
 * that finds everything a little likely everywhere is not kept in memory: beyond {@link #mostBytes}
 * there is no map.
 */
public final class ProbabilityMap implements VoxelSink {
  private static final int CERTAIN = 255;
  private static final long LEAST_ALLOWED = 4 << 20;

  private final GridSize size;
  private final CandidateProbabilities probabilities;
  private final List<ProbabilityTiles> tiles = new ArrayList<>();
  private final ProbabilityTiles[] byNumber;
  private final AtomicLong bytes = new AtomicLong();
  private final long most;

  // Of the slab that is at work and the slice before it.
  private GridSize network = new GridSize(1, 1, 1);
  private short[] chosen = new short[0];
  private byte[] settled = new byte[0];
  private int settledFrom;

  /**
   * @param source the grid of the series
   */
  public ProbabilityMap(ModelManifest manifest, GridSize source) {
    this(manifest, source, mostBytes(source));
  }

  ProbabilityMap(ModelManifest manifest, GridSize source, long most) {
    this.size = source;
    this.probabilities = new CandidateProbabilities(manifest);
    this.most = most;
    int largest =
        manifest.labels().segments().stream()
            .mapToInt(each -> each.segment().number())
            .max()
            .orElse(0);
    this.byNumber = new ProbabilityTiles[largest + 1];
    manifest.labels().segments().stream()
        .mapToInt(each -> each.segment().number())
        .sorted()
        .forEach(
            number -> {
              byNumber[number] = new ProbabilityTiles(number, source, bytes);
              tiles.add(byNumber[number]);
            });
  }

  /** How much of the heap it takes at most, or what is too little to count. */
  public static long mostBytes(GridSize source) {
    return Math.max(LEAST_ALLOWED, source.voxels());
  }

  @Override
  public void begin(NetworkSlab slab, GridSize grid, short[] chosenSoFar) {
    network = grid;
    chosen = chosenSoFar;
    int perSlice = grid.voxelsPerSlice();
    var next = new byte[(slab.slices() + 1) * perSlice];
    if (slab.firstSlice() > 0) {
      System.arraycopy(settled, settled.length - perSlice, next, 0, perSlice);
    }
    settled = next;
    settledFrom = (slab.firstSlice() - 1) * perSlice;
    int chosenFrom = slab.firstSlice() * perSlice;
    IntStream.range(0, slab.slices())
        .parallel()
        .forEach(
            slice ->
                probabilities.settle(
                    slab,
                    new CandidateProbabilities.Range(
                        slice * perSlice, (slice + 1) * perSlice, perSlice),
                    chosen,
                    chosenFrom,
                    settled));
  }

  @Override
  public boolean isSettled(int target, int at, int nextColumn, int nextRow, int nextSlice) {
    int here = at - settledFrom;
    int sure = settled[here] & settled[here + nextColumn] & settled[here + nextRow];
    sure &= settled[here + nextRow + nextColumn];
    int above = here + nextSlice;
    sure &= settled[above] & settled[above + nextColumn] & settled[above + nextRow];
    if ((sure & settled[above + nextRow + nextColumn]) == 0) {
      return false;
    }
    int number = Short.toUnsignedInt(chosen[at]);
    if (number != 0 && hasRoom()) {
      byNumber[number].put(target, CERTAIN);
    }
    return true;
  }

  @Override
  public void take(int target, float[] values) {
    if (!hasRoom()) {
      return;
    }
    probabilities.toBytes(values);
    for (int candidate = 0; candidate < values.length; candidate++) {
      int number = probabilities.segmentNumber(candidate);
      if (number != 0 && values[candidate] >= ProbabilityMapCodec.LEAST) {
        byNumber[number].put(target, (int) values[candidate]);
      }
    }
  }

  /** At a voxel of the series, 0 to 255. */
  public int at(int segmentNumber, int column, int row, int slice) {
    return byNumber[segmentNumber].at(size.index(column, row, slice));
  }

  /** Whether it is kept. */
  private boolean hasRoom() {
    return bytes.get() <= most;
  }

  /**
   * As it is stored, {@link ProbabilityMapCodec#MEDIA_TYPE}; the same map gives the same bytes.
   * Empty if it took too much room.
   */
  public Optional<byte[]> encoded() {
    if (!hasRoom()) {
      return Optional.empty();
    }
    List<ProbabilityTiles> found = tiles.stream().filter(each -> !each.isEmpty()).toList();
    return Optional.of(ProbabilityMapCodec.encode(size, found));
  }
}

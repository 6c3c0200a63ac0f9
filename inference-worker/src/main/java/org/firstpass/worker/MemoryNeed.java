package org.firstpass.worker;

import java.util.List;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.inference.LoadedNetwork;
import org.firstpass.model.ModelManifest;
import org.firstpass.prepare.NetworkGrids;
import org.firstpass.proposal.ProbabilityMap;

/**
 * How much memory a series takes with a package, so that a large one is refused in time: of the
 * heap what it will need, and beside it what the network certainly needs. What a network's layers
 * keep comes on top; if that is too much, the run ends with OUT_OF_MEMORY.
 */
final class MemoryNeed {
  private static final long MEBIBYTE = 1 << 20;

  private MemoryNeed() {}

  /**
   * Refuses a series that needs more than there is.
   *
   * @param channels the grids of the series, that which is segmented first
   * @throws StudyRefused TOO_LARGE with what is needed and what is allowed
   */
  static void require(List<GridGeometry> channels, ModelManifest manifest, long allowed) {
    long needed = bytes(channels, manifest);
    if (needed > allowed) {
      throw new StudyRefused(
          ReasonCode.TOO_LARGE,
          "a series of "
              + channels.get(0).size()
              + " voxels needs "
              + needed / MEBIBYTE
              + " MiB with "
              + manifest.name()
              + ", allowed are "
              + allowed / MEBIBYTE
              + " MiB");
    }
  }

  /**
   * Refuses a series whose tensors alone do not fit beside the heap: that of the whole grid, or of
   * one window.
   *
   * @param allowed beside the heap, in bytes; 0 if nobody says
   * @throws StudyRefused TOO_LARGE with what is needed and what is allowed
   */
  static void requireNative(GridGeometry source, ModelManifest manifest, long allowed) {
    GridSize network = NetworkGrids.of(source, manifest.input()).size();
    long needed = LoadedNetwork.leastNativeBytes(manifest, network);
    if (allowed > 0 && needed > allowed) {
      throw new StudyRefused(
          ReasonCode.TOO_LARGE,
          "the tensors of "
              + manifest.name()
              + " over "
              + network
              + " voxels take "
              + needed / MEBIBYTE
              + " MiB beside the heap, allowed are "
              + allowed / MEBIBYTE
              + " MiB");
    }
  }

  /**
   * Of the source: stored values of each channel, labels, uncertainty, probabilities. Of the
   * network's grid: input of each channel, chosen labels, entropy, agreement; and what windows are
   * blended in.
   */
  static long bytes(List<GridGeometry> channels, ModelManifest manifest) {
    GridGeometry source = channels.get(0);
    long stored = channels.stream().distinct().mapToLong(each -> each.size().voxels()).sum();
    GridSize network = NetworkGrids.of(source, manifest.input()).size();
    long perVoxel =
        (long) Float.BYTES * manifest.input().channels().size() + Short.BYTES + 2 * Byte.BYTES;
    return stored * Short.BYTES
        + (long) source.size().voxels() * (Short.BYTES + Byte.BYTES)
        + ProbabilityMap.mostBytes(source.size())
        + network.voxels() * perVoxel
        + LoadedNetwork.heapBytes(manifest, network);
  }
}

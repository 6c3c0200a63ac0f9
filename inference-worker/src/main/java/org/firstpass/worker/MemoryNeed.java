package org.firstpass.worker;

import java.util.List;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.inference.LoadedNetwork;
import org.firstpass.model.ModelManifest;
import org.firstpass.prepare.NetworkGrids;

/**
 * How much of the heap a series takes with a package, so that a large one is refused in time. What
 * the network takes in native memory for its windows, or for the whole grid, comes on top.
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
   * Of the source: stored values of each channel, labels, uncertainty. Of the network's grid: input
   * of each channel, chosen labels, entropy, agreement; and what windows are blended in.
   */
  static long bytes(List<GridGeometry> channels, ModelManifest manifest) {
    GridGeometry source = channels.get(0);
    long stored = channels.stream().distinct().mapToLong(each -> each.size().voxels()).sum();
    GridSize network = NetworkGrids.of(source, manifest.input()).size();
    long perVoxel =
        (long) Float.BYTES * manifest.input().channels().size() + Short.BYTES + 2 * Byte.BYTES;
    return stored * Short.BYTES
        + (long) source.size().voxels() * (Short.BYTES + Byte.BYTES)
        + network.voxels() * perVoxel
        + LoadedNetwork.heapBytes(manifest, network);
  }
}

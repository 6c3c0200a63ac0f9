package org.firstpass.worker;

import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.WindowSpec;
import org.firstpass.prepare.NetworkGrids;

/**
 * How much of the heap a series takes with a package, so that a large one is refused in time. What
 * the network takes in native memory for one window, or for the whole grid, comes on top.
 */
final class MemoryNeed {
  private static final long MEBIBYTE = 1 << 20;

  private MemoryNeed() {}

  /**
   * Refuses a series that needs more than there is.
   *
   * @throws StudyRefused TOO_LARGE with what is needed and what is allowed
   */
  static void require(GridGeometry source, ModelManifest manifest, long allowed) {
    long needed = bytes(source, manifest);
    if (needed > allowed) {
      throw new StudyRefused(
          ReasonCode.TOO_LARGE,
          "a series of "
              + source.size()
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
   * Stored values and labels of the source; input, sums, weights and choice on the network's grid.
   */
  static long bytes(GridGeometry source, ModelManifest manifest) {
    GridSize network = NetworkGrids.of(source, manifest.input()).size();
    boolean sliding = manifest.windows() instanceof WindowSpec.Sliding;
    long perVoxel =
        (long) Float.BYTES * (1 + manifest.output().channels() + (sliding ? 1 : 0)) + Short.BYTES;
    return (long) source.size().voxels() * 2 * Short.BYTES + network.voxels() * perVoxel;
  }
}

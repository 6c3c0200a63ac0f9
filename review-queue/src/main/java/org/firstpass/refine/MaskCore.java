package org.firstpass.refine;

import java.util.Arrays;
import java.util.List;
import org.firstpass.geometry.GridSize;

/**
 * The voxels of a mask that a click which takes away does not speak of: those that lie at least
 * half as deep as the deepest one, and nearer to it than to any such click.
 */
final class MaskCore {
  private MaskCore() {}

  static boolean[] of(Crop crop, List<Prompt> prompts) {
    int[] depth = depths(crop);
    int deepest = 0;
    for (int at = 1; at < depth.length; at++) {
      deepest = depth[at] > depth[deepest] ? at : deepest;
    }
    var core = new boolean[depth.length];
    for (int at = 0; at < depth.length; at++) {
      core[at] =
          depth[at] > 0 && 2 * depth[at] >= depth[deepest] && isNear(at, deepest, crop, prompts);
    }
    return core;
  }

  private static boolean isNear(int at, int deepest, Crop crop, List<Prompt> prompts) {
    double own = squared(crop, at, deepest);
    for (Prompt prompt : prompts) {
      int click = crop.size().index(prompt.column(), prompt.row(), prompt.slice());
      if (!prompt.adds() && squared(crop, at, click) <= own) {
        return false;
      }
    }
    return true;
  }

  private static double squared(Crop crop, int a, int b) {
    GridSize size = crop.size();
    int columns = a % size.columns() - b % size.columns();
    int rows = a / size.columns() % size.rows() - b / size.columns() % size.rows();
    int slices = a / size.voxelsPerSlice() - b / size.voxelsPerSlice();
    double across = columns * crop.spacing().column();
    double down = rows * crop.spacing().row();
    double along = slices * crop.spacing().slice();
    return across * across + down * down + along * along;
  }

  /**
   * In steps from outside of the mask, by faces, twice over the crop; beyond the crop it goes on.
   */
  private static int[] depths(Crop crop) {
    GridSize size = crop.size();
    byte[] mask = crop.mask();
    var depth = new int[mask.length];
    Arrays.fill(depth, Integer.MAX_VALUE - 1);
    for (int at = 0; at < depth.length; at++) {
      depth[at] = mask[at] == 0 ? 0 : 1 + before(depth, at, size, -1);
    }
    for (int at = depth.length - 1; at >= 0; at--) {
      depth[at] = Math.min(depth[at], mask[at] == 0 ? 0 : 1 + before(depth, at, size, 1));
    }
    return depth;
  }

  private static int before(int[] depth, int at, GridSize size, int way) {
    int column = at % size.columns() + way;
    int row = at / size.columns() % size.rows() + way;
    int slice = at / size.voxelsPerSlice() + way;
    int least = Integer.MAX_VALUE - 2;
    if (column >= 0 && column < size.columns()) {
      least = Math.min(least, depth[at + way]);
    }
    if (row >= 0 && row < size.rows()) {
      least = Math.min(least, depth[at + way * size.columns()]);
    }
    if (slice >= 0 && slice < size.slices()) {
      least = Math.min(least, depth[at + way * size.voxelsPerSlice()]);
    }
    return least;
  }
}

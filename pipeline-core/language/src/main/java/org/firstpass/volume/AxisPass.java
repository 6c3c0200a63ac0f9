package org.firstpass.volume;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.firstpass.geometry.GridSize;

/**
 * One resizing of an array along one axis, in tiles that fit a core's cache and that the cores take
 * in turns.
 *
 * <p>A tile is the whole length of the axis for some neighbours. Along the columns, whose
 * neighbours lie apart in memory, it is turned on its way in and out.
 */
final class AxisPass {
  /** Neighbours in a tile: wide enough for long vector loops, and 1000 lines fit a 1 MiB cache. */
  private static final int WIDEST = 128;

  /** Output lines that are turned at once: a cache line of floats. */
  private static final int TURNED = 16;

  private final AxisKernel kernel;
  private final int from;
  private final int to;
  private final int inner;
  private final float[] values;
  private final float[] result;

  private AxisPass(GridAxis axis, GridSize size, GridSize resized, AxisKernel k, float[] values) {
    this.kernel = k;
    this.from = axis.length(size);
    this.to = axis.length(resized);
    this.inner = axis.inner(size);
    this.values = values;
    this.result = new float[resized.voxels()];
  }

  /** The values along the axis resized to what the kernel makes. */
  static float[] run(GridAxis axis, GridSize size, int to, AxisKernel kernel, float[] values) {
    var pass = new AxisPass(axis, size, axis.resized(size, to), kernel, values);
    pass.run(size.voxels() / axis.length(size));
    return pass.result;
  }

  /** Tiles do not cross from one block of inner values into the next. */
  private void run(int lines) {
    int block = inner == 1 ? lines : inner;
    int tilesPerBlock = (block + WIDEST - 1) / WIDEST;
    int width = (block + tilesPerBlock - 1) / tilesPerBlock;
    int tiles = lines / block * tilesPerBlock;
    var next = new AtomicInteger();
    int workers = Math.min(tiles, ForkJoinPool.getCommonPoolParallelism() + 1);
    IntStream.range(0, workers)
        .parallel()
        .forEach(
            worker -> {
              var buffer = new float[from + 2 * kernel.margin()][width];
              var made = new float[TURNED][width];
              for (int tile = next.getAndIncrement(); tile < tiles; tile = next.getAndIncrement()) {
                int at = tile % tilesPerBlock * width;
                int count = Math.min(width, block - at);
                if (inner == 1) {
                  turned(at, count, buffer, made);
                } else {
                  straight(tile / tilesPerBlock, at, count, buffer, made[0]);
                }
              }
            });
  }

  private void straight(int block, int at, int count, float[][] buffer, float[] made) {
    int margin = kernel.margin();
    for (int index = 0; index < from; index++) {
      System.arraycopy(
          values, (block * from + index) * inner + at, buffer[index + margin], 0, count);
    }
    kernel.prepare(buffer, count);
    for (int index = 0; index < to; index++) {
      kernel.make(index, buffer, made, count);
      System.arraycopy(made, 0, result, (block * to + index) * inner + at, count);
    }
  }

  private void turned(int at, int count, float[][] buffer, float[][] made) {
    int margin = kernel.margin();
    for (int index = 0; index < from; index += TURNED) {
      int last = Math.min(from, index + TURNED);
      for (int line = 0; line < count; line++) {
        int start = (at + line) * from;
        for (int i = index; i < last; i++) {
          buffer[i + margin][line] = values[start + i];
        }
      }
    }
    kernel.prepare(buffer, count);
    for (int index = 0; index < to; index += TURNED) {
      int some = Math.min(to - index, TURNED);
      for (int i = 0; i < some; i++) {
        kernel.make(index + i, buffer, made[i], count);
      }
      for (int line = 0; line < count; line++) {
        int start = (at + line) * to + index;
        for (int i = 0; i < some; i++) {
          result[start + i] = made[i][line];
        }
      }
    }
  }
}

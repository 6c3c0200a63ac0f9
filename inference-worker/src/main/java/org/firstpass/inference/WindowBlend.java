package org.firstpass.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/**
 * Blends windows into blocks of slices, in the plan's order, so that the result does not depend on
 * which window was ready first. A block that no later window reaches is handed on at once, and used
 * again when it comes back; while all of them are on their way, blending waits.
 *
 * <p>Windows from one thread at a time; blocks may come back from another.
 */
final class WindowBlend {
  private final BlendPlan plan;
  private final Consumer<SliceBlock> whenFinal;
  private final BlockingQueue<SliceBlock> returned = new LinkedBlockingQueue<>();
  private final List<SliceBlock> open = new ArrayList<>();
  private final float[][] room;
  private int firstOpen;
  private int made;

  WindowBlend(BlendPlan plan, Consumer<SliceBlock> whenFinal) {
    this.plan = plan;
    this.whenFinal = whenFinal;
    this.room = new float[2][plan.window().voxelsPerSlice()];
  }

  /** Adds the next window of the plan. Padding around the grid is left out. */
  void add(int index, WindowValues values) throws InterruptedException {
    var part = WindowPart.of(plan.windows().starts().get(index), plan.window(), plan.grid());
    int stillNeeded = plan.windows().firstSliceFrom(index + 1, plan.grid());
    for (int slice = part.firstSlice(); slice < part.endSlice(); slice++) {
      blockOf(slice).add(part, slice, values, room);
      handOn(Math.min(stillNeeded, slice + 1));
    }
  }

  /** Takes a block back that is not needed any more. */
  void giveBack(SliceBlock block) {
    returned.add(block);
  }

  private SliceBlock blockOf(int slice) throws InterruptedException {
    int wanted = plan.blockOf(slice);
    while (firstOpen + open.size() <= wanted) {
      SliceBlock block = empty();
      block.begin(firstOpen + open.size());
      open.add(block);
    }
    return open.get(wanted - firstOpen);
  }

  private SliceBlock empty() throws InterruptedException {
    SliceBlock block = returned.poll();
    if (block == null && made < plan.blocks()) {
      made++;
      return new SliceBlock(plan);
    }
    return block == null ? returned.take() : block;
  }

  private void handOn(int before) {
    while (!open.isEmpty() && open.get(0).end() <= before) {
      whenFinal.accept(open.remove(0));
      firstOpen++;
    }
  }
}

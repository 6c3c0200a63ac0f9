package org.firstpass.refine;

import java.util.List;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;

/**
 * Refinement without a network: fronts from the clicks, and from what is surely inside or outside,
 * meet where the values change from what was clicked to what was not. A front goes easily over
 * values like those at its clicks and hardly over others, so noise makes no holes and a gap of a
 * border no flood. Clicks that add work outside of the mask, those that take away within it, and
 * only what a click's own front takes is changed. The same input gives the same mask.
 *
 * @see "Bai and Sapiro, A geodesic framework for fast interactive image and video segmentation,
 *     ICCV 2007, for the idea of competing geodesic distances"
 */
final class GeodesicRefiner implements Refiner {
  private static final int OF_CLICKS = 1;
  private static final int OF_OTHERS = 2;

  /** What a step of the smallest spacing over the likest values costs. */
  private static final int UNIT = 3;

  /** No step costs as much, however far apart voxels are. */
  private static final int MOST = 1000;

  /** A value on the fence costs some forty times as much as the likest one, the unlikest 300. */
  private static final float STEEP = 0.73f;

  /** Within the mask an adding front has nothing to do, and goes slowly. */
  private static final int WITHIN_MASK = 3;

  @Override
  public byte[] refine(Crop crop, List<Prompt> prompts) {
    ClickedValues clicked = ClickedValues.of(crop, SmoothedValues.of(crop), prompts);
    byte[] after = crop.mask().clone();
    if (prompts.stream().anyMatch(Prompt::adds)) {
      Fronts adding = adding(crop, clicked, prompts);
      change(after, adding, 1);
    }
    if (!prompts.stream().allMatch(Prompt::adds)) {
      Fronts taking = taking(crop, clicked, prompts);
      change(after, taking, 0);
    }
    return after;
  }

  /**
   * From the clicks that add, against what is surely outside, the faces of the crop and the others.
   */
  private static Fronts adding(Crop crop, ClickedValues clicked, List<Prompt> prompts) {
    int[] steps = steps(crop.spacing());
    byte[] mask = crop.mask();
    var fronts =
        new Fronts(
            crop.size(),
            (owner, to, axis) -> {
              boolean ofClicks = owner == OF_CLICKS;
              float unlike = ofClicks ? clicked.unlikeSegment(to) : clicked.unlikeOutside(to);
              return cost(steps[axis] * (ofClicks && mask[to] == 1 ? WITHIN_MASK : 1), unlike);
            });
    for (Prompt prompt : prompts) {
      fronts.start(at(prompt, crop.size()), prompt.adds() ? OF_CLICKS : OF_OTHERS);
    }
    for (int at = 0; at < mask.length; at++) {
      if (mask[at] == 0 && (clicked.isSurelyOutside(at) || crop.isAtCut(at))) {
        fronts.start(at, OF_OTHERS);
      }
    }
    fronts.run();
    return fronts;
  }

  /** From the clicks that take away, against the core of the mask and the others. */
  private static Fronts taking(Crop crop, ClickedValues clicked, List<Prompt> prompts) {
    int[] steps = steps(crop.spacing());
    byte[] mask = crop.mask();
    var fronts =
        new Fronts(
            crop.size(),
            (owner, to, axis) -> {
              if (mask[to] == 0) {
                return Fronts.CLOSED;
              }
              boolean ofClicks = owner == OF_CLICKS;
              float unlike = ofClicks ? clicked.unlikeOutside(to) : clicked.unlikeSegment(to);
              return cost(steps[axis], unlike);
            });
    for (Prompt prompt : prompts) {
      fronts.start(at(prompt, crop.size()), prompt.adds() ? OF_OTHERS : OF_CLICKS);
    }
    boolean[] core = MaskCore.of(crop, prompts);
    for (int at = 0; at < mask.length; at++) {
      if (core[at]) {
        fronts.start(at, OF_OTHERS);
      }
    }
    fronts.run();
    return fronts;
  }

  private static int cost(int step, float unlike) {
    return Math.min(MOST, (int) (step * (1 + unlike * unlike * unlike / STEEP)));
  }

  private static int[] steps(Spacing spacing) {
    double unit = UNIT / smallest(spacing);
    return new int[] {
      (int) Math.round(unit * spacing.column()),
      (int) Math.round(unit * spacing.row()),
      (int) Math.round(unit * spacing.slice())
    };
  }

  private static double smallest(Spacing spacing) {
    return Math.min(spacing.column(), Math.min(spacing.row(), spacing.slice()));
  }

  private static int at(Prompt prompt, GridSize size) {
    return size.index(prompt.column(), prompt.row(), prompt.slice());
  }

  private static void change(byte[] mask, Fronts fronts, int to) {
    for (int at = 0; at < mask.length; at++) {
      if (fronts.ownerOf(at) == OF_CLICKS) {
        mask[at] = (byte) to;
      }
    }
  }
}

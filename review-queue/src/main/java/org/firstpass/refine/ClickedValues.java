package org.firstpass.refine;

import java.util.List;
import org.firstpass.geometry.GridSize;

/**
 * What the values of the segment are like and those outside, as far as clicks and mask tell: about
 * the clicks that add, or of the mask if there are none; about the clicks that take away, and what
 * is outside of the mask and far darker or brighter than the segment. A value leans to what it is
 * nearer to.
 */
final class ClickedValues {
  /** Voxels about a click that speak for it. */
  private static final int ABOUT = 2;

  /** What a value that is exactly that of one side leans. */
  private static final float MOST = 9;

  /** How much a value leans that is five times as near to one side: noise alone makes few. */
  private static final float SURELY = 5;

  /** So many deviations away is far. */
  private static final float FAR = 3;

  private final SmoothedValues values;
  private final float noise;
  private final Mean segment = new Mean();
  private final Mean taken = new Mean();
  private final Mean darker = new Mean();
  private final Mean brighter = new Mean();

  private ClickedValues(SmoothedValues values) {
    this.values = values;
    this.noise = values.noise();
  }

  static ClickedValues of(Crop crop, SmoothedValues values, List<Prompt> prompts) {
    var clicked = new ClickedValues(values);
    for (Prompt prompt : prompts) {
      clicked.about(prompt, crop.size());
    }
    byte[] mask = crop.mask();
    if (clicked.segment.isEmpty()) {
      clicked.lookInside(mask);
    }
    clicked.lookOutside(mask);
    return clicked;
  }

  /** From 0 where a voxel is the segment's to 9 where it is not. */
  float unlikeSegment(int at) {
    return (MOST + lean(at)) / 2;
  }

  /** From 0 where a voxel is not the segment's to 9 where it is. */
  float unlikeOutside(int at) {
    return (MOST - lean(at)) / 2;
  }

  /** Whether its value tells that it is not the segment's. */
  boolean isSurelyOutside(int at) {
    return lean(at) >= SURELY;
  }

  /** Above 0 for the outside, below for the segment, up to 9 either way. */
  private float lean(int at) {
    float value = values.at(at);
    float own = segment.distance(value);
    float other =
        Math.min(taken.distance(value), Math.min(darker.distance(value), brighter.distance(value)));
    if (other == Float.POSITIVE_INFINITY) {
      return own > FAR * noise ? MOST : -MOST;
    }
    return own == Float.POSITIVE_INFINITY ? MOST : MOST * (own - other) / (own + other + noise);
  }

  private void about(Prompt prompt, GridSize size) {
    Mean mean = prompt.adds() ? segment : taken;
    for (int slice = prompt.slice() - 1; slice <= prompt.slice() + 1; slice++) {
      for (int row = prompt.row() - ABOUT; row <= prompt.row() + ABOUT; row++) {
        for (int column = prompt.column() - ABOUT; column <= prompt.column() + ABOUT; column++) {
          if (size.contains(column, row, slice)) {
            mean.add(values.at(size.index(column, row, slice)));
          }
        }
      }
    }
  }

  private void lookInside(byte[] mask) {
    for (int at = 0; at < mask.length; at++) {
      if (mask[at] == 1) {
        segment.add(values.at(at));
      }
    }
  }

  private void lookOutside(byte[] mask) {
    for (int at = 0; at < mask.length; at++) {
      float value = values.at(at);
      if (mask[at] == 0 && segment.distance(value) > FAR * noise) {
        (value < segment.value() ? darker : brighter).add(value);
      }
    }
  }

  /** Of values, as long as there are any. */
  private static final class Mean {
    private double sum;
    private int count;

    void add(float value) {
      sum += value;
      count++;
    }

    boolean isEmpty() {
      return count == 0;
    }

    float value() {
      return (float) (sum / count);
    }

    float distance(float value) {
      return count == 0 ? Float.POSITIVE_INFINITY : Math.abs(value - value());
    }
  }
}

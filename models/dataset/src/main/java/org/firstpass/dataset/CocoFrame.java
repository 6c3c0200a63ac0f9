package org.firstpass.dataset;

import java.util.ArrayList;
import java.util.List;
import org.firstpass.geometry.GridSize;
import org.firstpass.volume.LabelMap;

/**
 * The labels of one frame as COCO has them.
 *
 * @param slope and intercept: the value of the image is that of the PNG, times slope, plus
 *     intercept
 */
record CocoFrame(
    String file, int width, int height, double slope, double intercept, List<Region> regions) {
  CocoFrame {
    regions = List.copyOf(regions);
  }

  /**
   * The pixels of one label.
   *
   * @param counts lengths of runs, column by column from the top, background first
   * @param box left, top, width, height
   */
  record Region(int value, long area, List<Integer> box, List<Integer> counts) {}

  /** The regions of one slice, in the order of their values. */
  static List<Region> regions(LabelMap labels, int slice, int values) {
    var regions = new ArrayList<Region>();
    for (int value = 1; value <= values; value++) {
      Region region = region(labels, slice, value);
      if (region.area() > 0) {
        regions.add(region);
      }
    }
    return regions;
  }

  private static Region region(LabelMap labels, int slice, int value) {
    GridSize size = labels.geometry().size();
    var counts = new ArrayList<Integer>();
    boolean inside = false;
    int run = 0;
    long area = 0;
    int left = size.columns();
    int top = size.rows();
    int right = -1;
    int bottom = -1;
    for (int column = 0; column < size.columns(); column++) {
      for (int row = 0; row < size.rows(); row++) {
        boolean here = labels.labelAt(column, row, slice) == value;
        if (here != inside) {
          counts.add(run);
          run = 0;
          inside = here;
        }
        run++;
        if (here) {
          area++;
          left = Math.min(left, column);
          right = Math.max(right, column);
          top = Math.min(top, row);
          bottom = Math.max(bottom, row);
        }
      }
    }
    counts.add(run);
    return new Region(value, area, List.of(left, top, right - left + 1, bottom - top + 1), counts);
  }
}

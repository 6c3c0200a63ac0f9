package org.firstpass.training;

import java.util.Map;
import java.util.TreeMap;
import org.firstpass.phantom.PhantomSpec;
import org.firstpass.volume.LabelMap;

/**
 * How well one phantom was segmented: the Dice coefficient of each segment by its number.
 *
 * @param networkGrid on the grid that the network works on
 * @param sourceGrid on the grid of the scan, as a reader sees it
 */
record CaseScore(
    PhantomSpec spec, Map<Integer, Double> networkGrid, Map<Integer, Double> sourceGrid) {
  CaseScore {
    networkGrid = Map.copyOf(networkGrid);
    sourceGrid = Map.copyOf(sourceGrid);
  }

  /** 2 |A and B| / (|A| + |B|) for each segment that either has. */
  static Map<Integer, Double> dice(LabelMap truth, short[] found) {
    var both = new TreeMap<Integer, Long>();
    var either = new TreeMap<Integer, Long>();
    for (int i = 0; i < found.length; i++) {
      int wanted = truth.labelAt(i);
      int got = Short.toUnsignedInt(found[i]);
      either.merge(wanted, 1L, Long::sum);
      either.merge(got, 1L, Long::sum);
      if (wanted == got) {
        both.merge(wanted, 2L, Long::sum);
      }
    }
    either.remove(0);
    var dice = new TreeMap<Integer, Double>();
    either.forEach((label, sum) -> dice.put(label, (double) both.getOrDefault(label, 0L) / sum));
    return dice;
  }
}

package org.firstpass.foreign;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.Mask;

/**
 * What is drawn, on the grid of a proposal, with the protocol's labels.
 *
 * <p>A label map holds one label per voxel. Segments that overlap are told and, until a person says
 * which one wins, are not a label map.
 *
 * @param undecided pairs that share voxels and of which nobody said which one wins
 */
record DrawnLabels(LabelMap labels, List<Overlap> undecided) {

  /**
   * Draws segment after segment, so that memory does not grow with their number.
   *
   * @param targets the protocol's segment number by drawn number
   * @param winners segments of the protocol, the strongest first; each beats what is not named
   */
  static DrawnLabels of(
      Drawing drawing, GridGeometry grid, Map<Integer, Integer> targets, List<Integer> winners) {
    var labels = new short[grid.size().voxels()];
    var contested = new BitSet();
    for (Map.Entry<Integer, Integer> layer : inOrder(targets, winners)) {
      short label = layer.getValue().shortValue();
      Mask mask = drawing.mask(layer.getKey(), grid);
      for (int at = mask.nextMarked(0); at >= 0; at = mask.nextMarked(at + 1)) {
        if (labels[at] != 0 && labels[at] != label) {
          contested.set(at);
        }
        labels[at] = label;
      }
    }
    List<Overlap> undecided =
        contested.isEmpty()
            ? List.of()
            : overlaps(drawing, grid, targets, contested).stream()
                .filter(pair -> !winners.contains(pair.first()) && !winners.contains(pair.second()))
                .toList();
    return new DrawnLabels(new LabelMap(grid, labels), undecided);
  }

  /** The strongest last, so that it is drawn over the others. */
  private static List<Map.Entry<Integer, Integer>> inOrder(
      Map<Integer, Integer> targets, List<Integer> winners) {
    List<Map.Entry<Integer, Integer>> layers = new ArrayList<>(targets.entrySet());
    layers.sort(
        Comparator.comparingInt(
                (Map.Entry<Integer, Integer> layer) -> -rank(layer.getValue(), winners))
            .thenComparing(Map.Entry::getKey));
    return layers;
  }

  private static int rank(int label, List<Integer> winners) {
    int at = winners.indexOf(label);
    return at < 0 ? winners.size() : at;
  }

  /** Only voxels that more than one segment has are held, each segment's own. */
  private static List<Overlap> overlaps(
      Drawing drawing, GridGeometry grid, Map<Integer, Integer> targets, BitSet contested) {
    Map<Integer, BitSet> shares = new TreeMap<>();
    targets.forEach(
        (number, label) -> {
          BitSet share = drawing.mask(number, grid).toBitSet();
          share.and(contested);
          shares.computeIfAbsent(label, key -> new BitSet()).or(share);
        });
    List<Overlap> overlaps = new ArrayList<>();
    List<Integer> labels = List.copyOf(shares.keySet());
    for (int first : labels) {
      for (int second : labels) {
        if (first < second) {
          var both = new BitSet();
          both.or(shares.getOrDefault(first, both));
          both.and(shares.getOrDefault(second, both));
          if (!both.isEmpty()) {
            overlaps.add(new Overlap(first, second, both.cardinality()));
          }
        }
      }
    }
    return overlaps;
  }
}

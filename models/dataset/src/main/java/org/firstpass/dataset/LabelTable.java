package org.firstpass.dataset;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.segment.LabelSchema;
import org.firstpass.segment.Segment;
import org.firstpass.volume.LabelMap;

/**
 * Which value each segment has in the label files: 1, 2, 3 … in the order of segment numbers.
 *
 * <p>Segment numbers may have gaps, and trainers take none: nnU-Net refuses them and a network has
 * one output per value. Immutable.
 */
final class LabelTable {
  private static final Set<String> RESERVED = Set.of("background", "ignore");
  private static final int LABELS = 1 << 16;

  private final List<LabelValue> values;
  private final short[] byNumber = new short[LABELS];
  private final boolean[] known = new boolean[LABELS];

  LabelTable(LabelSchema schema) {
    List<Segment> segments =
        schema.segments().stream().sorted(Comparator.comparingInt(Segment::number)).toList();
    var names = new HashSet<String>(RESERVED);
    var assigned = new ArrayList<LabelValue>();
    known[0] = true;
    for (Segment segment : segments) {
      int value = assigned.size() + 1;
      assigned.add(new LabelValue(value, segment.number(), unique(segment.label(), names)));
      byNumber[segment.number()] = (short) value;
      known[segment.number()] = true;
    }
    this.values = List.copyOf(assigned);
  }

  private static String unique(String label, Set<String> names) {
    String name = label;
    for (int copy = 2; !names.add(name.toLowerCase(Locale.ROOT)); copy++) {
      name = label + " " + copy;
    }
    return name;
  }

  List<LabelValue> values() {
    return values;
  }

  /** The value of voxels of which nobody knows: the one after the last, as nnU-Net wants it. */
  int ignoreValue() {
    return values.size() + 1;
  }

  /**
   * The labels with the values of the data set.
   *
   * @param background the value that voxels outside every segment get
   * @throws Defect if a voxel has a label that the schema does not have
   */
  LabelMap apply(LabelMap labels, int background) {
    int voxels = labels.geometry().size().voxels();
    var result = new short[voxels];
    for (int index = 0; index < voxels; index++) {
      int number = labels.labelAt(index);
      if (!known[number]) {
        throw new Defect(
            ReasonCode.UNEXPECTED,
            "label " + number + " is painted, but the label schema has no such segment");
      }
      result[index] = number == 0 ? (short) background : byNumber[number];
    }
    return new LabelMap(labels.geometry(), result);
  }

  /** How many voxels of a case have each value, those that it does not have included. */
  SortedMap<Integer, Long> voxels(LabelMap applied) {
    var counts = new TreeMap<Integer, Long>();
    long[] histogram = applied.histogram();
    for (int value = 0; value <= values.size(); value++) {
      counts.put(value, value < histogram.length ? histogram[value] : 0L);
    }
    if (histogram.length > ignoreValue()) {
      counts.put(ignoreValue(), histogram[ignoreValue()]);
    }
    return counts;
  }
}

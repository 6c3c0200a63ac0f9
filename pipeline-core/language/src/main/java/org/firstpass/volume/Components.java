package org.firstpass.volume;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;

/**
 * The 26-connected components of one label: voxels that touch by a face, an edge or a corner belong
 * together.
 *
 * <p>Works on runs along the column index, so memory goes with the surface of the label, not with
 * the grid. What it tells is of the labels as they were when it was made; it does not keep them.
 * Immutable; safe to share between threads.
 */
public final class Components {
  private final GridSize size;
  private final short label;
  private final Runs runs;

  /** The runs of this label. */
  private final int[] members;

  /** Of each run of this label the number of its component; those of other labels are not ours. */
  private final int[] numbers;

  private final long[] voxels;

  private Components(GridSize size, Runs runs, int label, int[] members, int[] numbers) {
    this.size = size;
    this.label = (short) label;
    this.runs = runs;
    this.members = members;
    this.numbers = numbers;
    int count = 0;
    for (int run : members) {
      numbers[run] = runs.root(run) == run ? count++ : numbers[runs.root(run)];
    }
    this.voxels = new long[count];
    for (int run : members) {
      voxels[numbers[run]] += runs.length(run);
    }
  }

  /**
   * Finds the components of a label.
   *
   * @param labels unsigned 16-bit, order slice, row, column
   */
  public static Components of(short[] labels, GridSize size, int label) {
    Runs runs = LabelRuns.find(labels, size, found -> found == label);
    int[] all = IntStream.range(0, runs.count()).toArray();
    return new Components(size, runs, label, all, new int[all.length]);
  }

  /**
   * Finds the components of all labels that are there, at little more than the price of one.
   *
   * @param labels unsigned 16-bit, order slice, row, column
   * @return by label, smallest first; background is not among them
   */
  public static SortedMap<Integer, Components> ofEach(short[] labels, GridSize size) {
    Runs runs = LabelRuns.find(labels, size, found -> true);
    var ends = new int[1 << Short.SIZE];
    for (int run = 0; run < runs.count(); run++) {
      ends[Short.toUnsignedInt(runs.label(run))]++;
    }
    Arrays.parallelPrefix(ends, Integer::sum);
    int[] starts = ends.clone();
    var byLabel = new int[runs.count()];
    for (int run = runs.count() - 1; run >= 0; run--) {
      byLabel[--starts[Short.toUnsignedInt(runs.label(run))]] = run;
    }
    var numbers = new int[runs.count()];
    var each = new TreeMap<Integer, Components>();
    for (int label = 1; label < ends.length; label++) {
      if (starts[label] < ends[label]) {
        int[] members = Arrays.copyOfRange(byLabel, starts[label], ends[label]);
        each.put(label, new Components(size, runs, label, members, numbers));
      }
    }
    return each;
  }

  /** How many components the label has. */
  public int count() {
    return voxels.length;
  }

  /** Voxels of the largest component, 0 if the label has none. */
  public long largest() {
    return Arrays.stream(voxels).max().orElse(0);
  }

  /** Each component, in the order of their first voxels. */
  public List<Component> list() {
    var tallies = new ComponentTally[voxels.length];
    Arrays.setAll(tallies, number -> new ComponentTally());
    for (int run : members) {
      tallies[numbers[run]].add(size, runs.start(run), runs.length(run));
    }
    List<Component> list = new ArrayList<>(tallies.length);
    for (int number = 0; number < tallies.length; number++) {
      list.add(tallies[number].toComponent(number));
    }
    return list;
  }

  /**
   * Which component each voxel is of: its number and 1 more, 0 where there is none. Unsigned
   * 16-bit, order slice, row, column.
   *
   * @throws IllegalStateException if there are more than 65535 components
   */
  public short[] numbered() {
    if (voxels.length >= 1 << Short.SIZE) {
      throw new IllegalStateException("there are more than 65535 components: " + voxels.length);
    }
    var numbered = new short[size.voxels()];
    for (int run : members) {
      Arrays.fill(numbered, runs.start(run), runs.end(run), (short) (numbers[run] + 1));
    }
    return numbered;
  }

  /**
   * Whether a component has a voxel whose centre is at most so many mm from the centre of one of
   * another segment; exact, not by boxes.
   *
   * @param segment the other one, of the same grid
   * @param marginMm 0 or more
   */
  public Predicate<Component> near(Components segment, Spacing spacing, double marginMm) {
    if (!segment.size.equals(size)) {
      throw new IllegalArgumentException(
          "both segments are of one grid, but are of " + size + " and " + segment.size);
    }
    var nearness = new Nearness(this, segment, spacing, marginMm);
    return nearness::reaches;
  }

  /**
   * Sets every voxel that is not of the largest component (the first, if two are) to background.
   */
  public void keepLargest(short[] labels) {
    int kept = 0;
    for (int number = 1; number < voxels.length; number++) {
      kept = voxels[number] > voxels[kept] ? number : kept;
    }
    int largest = kept;
    keepNumbers(labels, number -> number == largest);
  }

  /** Sets every voxel of a component with fewer voxels than this to background. */
  public void removeSmallerThan(short[] labels, long least) {
    keepNumbers(labels, number -> voxels[number] >= least);
  }

  /** Sets every voxel of a component that is not to be kept to background. */
  public void keep(short[] labels, Predicate<Component> kept) {
    relabel(labels, component -> !kept.test(component), 0);
  }

  /**
   * Gives another label to every voxel of some components.
   *
   * @param labels of this grid, changed in place
   * @param chosen asked once for each component
   */
  public void relabel(short[] labels, Predicate<Component> chosen, int other) {
    List<Component> all = list();
    var changes = new boolean[all.size()];
    for (int number = 0; number < changes.length; number++) {
      changes[number] = chosen.test(all.get(number));
    }
    fill(labels, number -> changes[number], (short) other);
  }

  private void keepNumbers(short[] labels, IntPredicate kept) {
    fill(labels, number -> !kept.test(number), (short) 0);
  }

  private void fill(short[] labels, IntPredicate chosen, short value) {
    if (labels.length != size.voxels()) {
      throw new IllegalArgumentException("the labels are not of the grid " + size);
    }
    for (int run : members) {
      if (chosen.test(numbers[run])) {
        Arrays.fill(labels, runs.start(run), runs.end(run), value);
      }
    }
  }

  GridSize size() {
    return size;
  }

  short label() {
    return label;
  }

  Runs runs() {
    return runs;
  }

  /** The runs of each component, as numbers of {@link #runs}, in the order of the components. */
  int[][] runsByComponent() {
    var counts = new int[voxels.length];
    for (int run : members) {
      counts[numbers[run]]++;
    }
    var byComponent = new int[voxels.length][];
    Arrays.setAll(byComponent, number -> new int[counts[number]]);
    for (int i = members.length - 1; i >= 0; i--) {
      int number = numbers[members[i]];
      byComponent[number][--counts[number]] = members[i];
    }
    return byComponent;
  }
}

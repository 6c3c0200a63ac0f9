package org.firstpass.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.firstpass.bench.jmh.SampleArrays;
import org.firstpass.geometry.GridSize;
import org.firstpass.volume.Cavities;
import org.firstpass.volume.Components;

/** The largest component of a label in a large label map, beside cc3d and scipy. */
final class ComponentsBenchmark implements Benchmark {
  private static final GridSize SIZE = SampleArrays.LARGE;
  private static final String LARGEST = "Firstpass, find and keep the largest";
  private static final String EACH = "Firstpass, components of every label";
  private static final String CAVITIES = "Firstpass, fill cavities";
  private static final String CC3D = "cc3d, label the components";
  private static final String CC3D_LARGEST = "cc3d, keep the largest";
  private static final String SCIPY = "scipy label and bincount";
  private static final double QUOTED = 0.32;

  @Override
  public String run(Arguments arguments, Scratch scratch) throws Exception {
    int rounds = arguments.number("rounds", 5);
    boolean scipy = Program.pythonHas("scipy", "numpy");
    boolean cc3d = Program.pythonHas("cc3d", "numpy");
    if (!cc3d) {
      System.err.println("components: no python3 with cc3d, so it takes no part");
    }
    var text = new StringBuilder(introduction(rounds, cc3d));
    for (int crumbs : new int[] {5_000, 200_000}) {
      text.append(section(crumbs, rounds, scratch, scipy, cc3d));
    }
    return text.toString();
  }

  private static String introduction(int rounds, boolean cc3d) {
    return """
        Label 1 of a %s label map: an organ of an eighth of the grid with a rough surface, and crumbs; in \
        turns after two rounds that warm up, rounds: %d. Ours takes the label map and clears what is \
        not of the largest component; the copy that it does this to is made before. The peers take \
        a mask that is made before, are timed without start, imports and files, and give the best \
        of three calls; they use one core.%s

        """
        .formatted(
            SIZE,
            rounds,
            cc3d ? "" : " cc3d is not installed: its 0.32 s are quoted, not measured.");
  }

  private static String section(
      int crumbs, int rounds, Scratch scratch, boolean scipy, boolean cc3d) throws Exception {
    short[] labels = SampleArrays.labels(SIZE, crumbs);
    Path raw = scratch.file("labels.raw");
    RawArrays.write(labels, raw);
    long largest = Components.of(labels, SIZE, 1).largest();
    var contest =
        new Contest()
            .enter(LARGEST, round -> largest(labels, largest))
            .enter(EACH, round -> each(labels))
            .enter(CAVITIES, round -> cavities(labels));
    if (cc3d) {
      contest.enter(CC3D, round -> python("cc3d", raw, largest));
      contest.enter(CC3D_LARGEST, round -> python("cc3d-largest", raw, largest));
    }
    if (scipy) {
      contest.enter(SCIPY, round -> python("scipy", raw, largest));
    }
    Results times = contest.run(2, rounds);
    return "%d crumbs thrown, %d components:%n%n"
            .formatted(crumbs, Components.of(labels, SIZE, 1).count())
        + Table.ofTimes(times, LARGEST)
        + "\n"
        + budgets(times)
        + "\n";
  }

  private static String budgets(Results times) {
    Times ours = times.of(LARGEST);
    List<Budget> budgets = new ArrayList<>();
    Optional<Times> cc3d = times.find(CC3D);
    cc3d.ifPresent(
        peer -> {
          double ratio = ours.median() / peer.median();
          budgets.add(
              new Budget(
                  "beside cc3d labelling alone", "at most 1 x", Times.ratio(ratio), ratio <= 1));
        });
    budgets.add(
        new Budget(
            "beside the 0.32 s quoted of cc3d",
            "at most 0.32 s",
            ours.medianText(),
            ours.median() <= QUOTED));
    return Budget.table(budgets.toArray(Budget[]::new));
  }

  private static double largest(short[] labels, long expected) {
    short[] kept = labels.clone();
    long began = System.nanoTime();
    Components components = Components.of(kept, SIZE, 1);
    components.keepLargest(kept);
    double seconds = (System.nanoTime() - began) / 1e9;
    requireSame(expected, components.largest());
    return seconds;
  }

  private static double each(short[] labels) {
    long began = System.nanoTime();
    int found = Components.ofEach(labels, SIZE).size();
    double seconds = (System.nanoTime() - began) / 1e9;
    requireSame(2, found);
    return seconds;
  }

  private static double cavities(short[] labels) {
    short[] filled = labels.clone();
    long began = System.nanoTime();
    Cavities.fill(filled, SIZE, 1);
    return (System.nanoTime() - began) / 1e9;
  }

  private static double python(String method, Path raw, long expected)
      throws IOException, InterruptedException {
    String[] told =
        Program.python("components.py", method, raw, RawArrays.size(SIZE)).split(" ", 2);
    requireSame(expected, Long.parseLong(told[1]));
    return Double.parseDouble(told[0]);
  }

  private static void requireSame(long expected, long found) {
    if (expected != found) {
      throw new IllegalStateException("expected " + expected + ", found " + found);
    }
  }
}

package org.firstpass.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
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
  private static final int CALLS = 3;
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
        turns after two rounds that warm up, rounds: %d; a round's time is the best of three calls. Ours \
        takes the label map and clears what is not of the largest component, on a copy that is made \
        before. The peers take a mask that is made before, and are timed without start, imports and \
        files; they use one core.%s

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
            .enter(LARGEST, round -> best(labels, own -> keepLargest(own, largest)))
            .enter(
                EACH,
                round -> best(labels, own -> requireSame(2, Components.ofEach(own, SIZE).size())))
            .enter(CAVITIES, round -> best(labels, own -> Cavities.fill(own, SIZE, 1)));
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

  /** The best of as many calls as the peers make, each on labels of its own. */
  private static double best(short[] labels, Consumer<short[]> work) {
    double best = Double.POSITIVE_INFINITY;
    for (int call = 0; call < CALLS; call++) {
      short[] own = labels.clone();
      long began = System.nanoTime();
      work.accept(own);
      best = Math.min(best, (System.nanoTime() - began) / 1e9);
    }
    return best;
  }

  private static void keepLargest(short[] labels, long expected) {
    Components components = Components.of(labels, SIZE, 1);
    components.keepLargest(labels);
    requireSame(expected, components.largest());
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

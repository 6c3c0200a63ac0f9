package org.firstpass.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.firstpass.bench.jmh.SampleArrays;
import org.firstpass.geometry.GridSize;
import org.firstpass.volume.GridAxis;
import org.firstpass.volume.Interpolation;
import org.firstpass.volume.Resampling;
import org.firstpass.volume.ResamplingRule;

/**
 * Ten million voxels resized, beside what nnU-Net calls and beside scipy, with the same numbers.
 */
final class ResamplingBenchmark implements Benchmark {
  private static final GridSize FROM = SampleArrays.TEN_MILLION;
  private static final GridSize TO = SampleArrays.TEN_MILLION_RESIZED;
  private static final double SAME = 1e-4;
  private static final int CALLS = 5;

  @Override
  public String run(Arguments arguments, Scratch scratch) throws Exception {
    int rounds = arguments.number("rounds", 5);
    float[] values = SampleArrays.values(FROM);
    Path raw = scratch.file("values.raw");
    RawArrays.write(values, raw);
    boolean peers = Program.pythonHas("scipy", "skimage", "numpy");
    if (!peers) {
      System.err.println("resampling: no python3 with scipy and skimage, so no peer takes part");
    }
    var table = new Table("", "median", "range", "peer takes", "largest difference");
    List<Budget> budgets = new ArrayList<>();
    for (Kind kind : kinds(values)) {
      var contest = new Contest();
      contest.enter(kind.ours, round -> seconds(kind.work));
      if (peers) {
        Path result = scratch.file(kind.method + ".raw");
        contest.enter(kind.peer, round -> python(kind, raw, result));
      }
      Results times = contest.run(2, rounds);
      Optional<Double> difference =
          peers
              ? Optional.of(
                  RawArrays.difference(kind.work.get(), scratch.file(kind.method + ".raw")))
              : Optional.empty();
      rows(table, times, kind, difference);
      kind.budget.ifPresent(seconds -> budgets.add(time(times.of(kind.ours), kind, seconds)));
      difference.ifPresent(found -> budgets.add(same(kind, found)));
    }
    return introduction(rounds, peers)
        + table
        + "\n"
        + Budget.table(budgets.toArray(Budget[]::new));
  }

  /** One way to resize: ours, the peer's, and the seconds that ours may take. */
  private record Kind(
      String ours, String peer, String method, Supplier<float[]> work, Optional<Double> budget) {}

  private static List<Kind> kinds(float[] values) {
    return List.of(
        new Kind(
            "Firstpass, order 3, half-voxel rule",
            "scikit-image resize, as nnU-Net calls it",
            "skimage",
            () -> Resampling.cubic(values, FROM, TO, ResamplingRule.HALF_VOXEL),
            Optional.of(1.0)),
        new Kind(
            "Firstpass, order 3, first-voxel rule",
            "scipy affine_transform, order 3",
            "scipy",
            () -> Resampling.cubic(values, FROM, TO, ResamplingRule.FIRST_VOXEL),
            Optional.of(1.0)),
        new Kind(
            "Firstpass, slice by slice, order 3",
            "nnU-Net's steps for anisotropic grids",
            "perslice",
            () -> Resampling.perSlice(values, FROM, TO, GridAxis.SLICE, Interpolation.CUBIC),
            Optional.of(1.0)),
        new Kind(
            "Firstpass, order 1, half-voxel rule",
            "scikit-image resize, order 1",
            "linear",
            () -> Resampling.linear(values, FROM, TO, ResamplingRule.HALF_VOXEL),
            Optional.empty()));
  }

  private static void rows(Table table, Results times, Kind kind, Optional<Double> difference) {
    Times ours = times.of(kind.ours);
    Optional<Times> peer = times.find(kind.peer);
    table.row(
        kind.ours,
        ours.medianText(),
        ours.rangeText(),
        peer.map(each -> Times.ratio(each.median() / ours.median())).orElse(""),
        difference.map(found -> String.format(Locale.ROOT, "%.1e of range", found)).orElse(""));
    peer.ifPresent(each -> table.row(kind.peer, each.medianText(), each.rangeText(), "", ""));
  }

  private static Budget time(Times ours, Kind kind, double seconds) {
    return new Budget(
        kind.ours,
        "at most " + Times.seconds(seconds),
        ours.medianText(),
        ours.median() <= seconds);
  }

  private static Budget same(Kind kind, double difference) {
    return new Budget(
        kind.ours + ": the peer's numbers",
        "to 1e-4 of their range",
        String.format(Locale.ROOT, "%.1e", difference),
        difference <= SAME);
  }

  private static String introduction(int rounds, boolean peers) {
    return """
        %s to %s voxels (10 million each), one array of single precision; in turns after two rounds that \
        warm up, rounds: %d. Ours is the mean of %d calls in a warm Java process with all cores. %s

        """
        .formatted(
            FROM,
            TO,
            rounds,
            CALLS,
            peers
                ? "The peers' time is without start, imports and files; they use one core."
                : "No peer: there is no python3 with scipy and skimage.");
  }

  private static double seconds(Supplier<float[]> work) {
    long began = System.nanoTime();
    int values = 0;
    for (int call = 0; call < CALLS; call++) {
      values += work.get().length;
    }
    if (values != CALLS * TO.voxels()) {
      throw new IllegalStateException("resized to " + values + " values");
    }
    return (System.nanoTime() - began) / 1e9 / CALLS;
  }

  private static double python(Kind kind, Path raw, Path result)
      throws IOException, InterruptedException {
    return Double.parseDouble(
        Program.python(
            "resampling_scipy.py",
            kind.method,
            raw,
            RawArrays.size(FROM),
            RawArrays.size(TO),
            result));
  }
}

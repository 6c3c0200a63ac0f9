package org.firstpass.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Many series in a row through one worker's parts, in a process with a heap of fixed size that is
 * resident from the start: whatever grows is not the heap. It fails if, after the first fifth of
 * the series, the line through the samples rises by more than 4 MiB per 100 series.
 */
final class SoakBenchmark implements Benchmark {
  private static final double MIB = 1 << 20;
  private static final int COLUMNS = 128;
  private static final int SLICES = 64;
  private static final int LABELS = 6;

  /** The first ones warm up: code is compiled, pools reach their size. */
  private static final double WARM_UP = .2;

  private static final double MOST_MIB_PER_HUNDRED = 4;

  @Override
  public String run(Arguments arguments, Scratch scratch) throws Exception {
    if (!ProcessMemory.isTold()) {
      throw new NotHere("this system does not tell what is resident");
    }
    int count = arguments.number("series", 500);
    int every = Math.max(1, count / 10);
    Path series = scratch.folder("series");
    new SyntheticCt(COLUMNS, SLICES, LABELS).writeSeries(series);
    Path model = scratch.folder("package");
    SyntheticPackage.seal(model, LABELS, List.of(32, 64, 64), .5);
    List<double[]> samples = new ArrayList<>();
    ChildJvm.run(
        SoakRun.class,
        List.of("-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch", "-XX:+UseG1GC"),
        List.of(
            series.toString(), model.toString(), Integer.toString(count), Integer.toString(every)),
        line -> samples.add(sample(line)));
    double slope = slope(samples, WARM_UP * count);
    boolean flat = slope <= MOST_MIB_PER_HUNDRED;
    String section =
        text(count, samples)
            + Budget.table(
                new Budget(
                    "growth of resident memory after the first fifth",
                    "at most %.0f MiB per 100 series".formatted(MOST_MIB_PER_HUNDRED),
                    String.format(Locale.ROOT, "%.2f MiB per 100 series", slope),
                    flat));
    if (!flat) {
      throw new IllegalStateException("resident memory grows:\n\n" + section);
    }
    return section;
  }

  private static double[] sample(String line) {
    String[] parts = line.split(" ");
    return new double[] {Double.parseDouble(parts[0]), Double.parseDouble(parts[1]) / MIB};
  }

  private static String text(int count, List<double[]> samples) {
    var table = new Table("series", "resident, MiB");
    for (double[] sample : samples) {
      table.row(
          String.format(Locale.ROOT, "%.0f", sample[0]),
          String.format(Locale.ROOT, "%.0f", sample[1]));
    }
    return "%d series of %d x %d x %d voxels in a row, each read from DICOM, prepared, run, restored, scored and written as a SEG with %d segments, in a process with a heap of 1 GiB that is resident from the start.\n\n"
            .formatted(count, COLUMNS, COLUMNS, SLICES, LABELS)
        + table
        + "\n";
  }

  /** MiB per 100 series, by least squares over the samples after the warm-up. */
  private static double slope(List<double[]> all, double from) {
    List<double[]> samples = all.stream().filter(sample -> sample[0] > from).toList();
    double x = samples.stream().mapToDouble(sample -> sample[0]).average().orElse(0);
    double y = samples.stream().mapToDouble(sample -> sample[1]).average().orElse(0);
    double above = 0;
    double below = 0;
    for (double[] sample : samples) {
      above += (sample[0] - x) * (sample[1] - y);
      below += (sample[0] - x) * (sample[0] - x);
    }
    return below == 0 ? 0 : 100 * above / below;
  }
}

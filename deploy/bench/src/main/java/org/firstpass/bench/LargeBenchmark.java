package org.firstpass.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A CT of 512 x 512 x 1000 voxels with twenty labels on its own grid, in a process that may have 8
 * GiB: heap and native memory together.
 */
final class LargeBenchmark implements Benchmark {
  private static final double GIB = 1 << 30;
  private static final double MOST_GIB = 8;

  @Override
  public String run(Arguments arguments, Scratch scratch) throws Exception {
    if (!ProcessMemory.isTold()) {
      throw new NotHere("this system does not tell what is resident");
    }
    int columns = arguments.number("columns", 512);
    int slices = arguments.number("slices", 1000);
    int labels = arguments.number("labels", 20);
    int heap = arguments.number("heap", 6200);
    int beside = arguments.number("beside", 1200);
    Path series = scratch.folder("series");
    long[] painted = new SyntheticCt(columns, slices, labels).writeSeries(series);
    // What this process does not need any more the other one may.
    System.gc();
    Path model = scratch.folder("package");
    SyntheticPackage.seal(model, labels, List.of(64, 128, 128), .25);
    List<String> lines = new ArrayList<>();
    ChildJvm.run(
        LargeRun.class,
        List.of("-Xmx" + heap + "m", "-XX:+UseG1GC"),
        List.of(
            series.toString(),
            model.toString(),
            Integer.toString(beside),
            Integer.toString(columns),
            Integer.toString(slices),
            Integer.toString(labels)),
        lines::add);
    double peak = value(lines, "peak") / GIB;
    double worst = worst(lines, painted);
    return introduction(columns, slices, labels, heap)
        + new Table("", "")
            .row("all of it, s", number(value(lines, "seconds")))
            .row(
                "of that the network, while labels are restored, s",
                number(value(lines, "network")))
            .row("smallest share of a structure's voxels that have its label", number(worst))
        + "\n"
        + Budget.table(
            new Budget(
                "most that was resident",
                "at most 8 GiB",
                String.format(Locale.ROOT, "%.2f GiB", peak),
                peak <= MOST_GIB));
  }

  private static String introduction(int columns, int slices, int labels, int heap) {
    return "%d x %d x %d voxels, %d labels, windows of 64 x 128 x 128, overlap 0.25, Gaussian, a network of two convolutions of 8 features and one that decides; from DICOM to SEG in a process with `-Xmx%dm`.\n\n"
        .formatted(columns, columns, slices, labels, heap);
  }

  private static double worst(List<String> lines, long[] painted) {
    double worst = 1;
    for (int structure = 1; structure < painted.length; structure++) {
      worst = Math.min(worst, value(lines, "structure " + structure) / painted[structure]);
    }
    return worst;
  }

  private static double value(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElse(Double.NaN);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}

package org.firstpass.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.firstpass.dicom.SeriesSurvey;
import org.firstpass.volume.NiftiWriter;
import org.firstpass.volume.Volume;

/**
 * A volume into a gzipped NIfTI file: from the series' files as dcm2niix does it, and from memory
 * as nibabel does it.
 */
final class NiftiBenchmark implements Benchmark {
  private static final String SERIES = "Firstpass, series to file";
  private static final String DCM2NIIX = "dcm2niix -1 -z y, series to file";
  private static final String MEMORY = "Firstpass, volume to file";
  private static final String NIBABEL = "nibabel level 1, array to file";

  @Override
  public String run(Arguments arguments, Scratch scratch) throws Exception {
    int slices = arguments.number("instances", 300);
    int rounds = arguments.number("rounds", 7);
    var ct = new SampleCt(512, slices);
    Path folder = scratch.folder("series");
    List<Path> series = ct.writeSeries(folder, SampleCt.reference("nifti", 1));
    var contest = new Contest();
    contest.enter(SERIES, round -> fromSeries(series, scratch.file("series.nii.gz")));
    if (Program.exists("dcm2niix")) {
      contest.enter(DCM2NIIX, round -> dcm2niix(folder, scratch));
    }
    contest.enter(MEMORY, round -> fromMemory(ct.volume(), scratch.file("memory.nii.gz")));
    if (Program.pythonHas("nibabel", "numpy")) {
      Path raw = scratch.file("volume.raw");
      writeRaw(ct.volume(), raw);
      contest.enter(NIBABEL, round -> nibabel(raw, slices, scratch.file("nibabel.nii.gz")));
    }
    Results times = contest.run(2, rounds);
    return introduction(slices, rounds) + table(times, scratch) + "\n" + budgets(times);
  }

  private static String introduction(int slices, int rounds) throws Exception {
    return """
        512 x 512 x %d int16 with a scanner's noise, gzip level 1; in turns after two rounds that warm up, rounds: %d. dcm2niix (%s, with %s) is timed as a process, from its start to its end; nibabel \
        without its start and imports; ours in a Java process that is warm.

        """
        .formatted(
            slices,
            rounds,
            Program.exists("dcm2niix") ? "its Debian package" : "not installed",
            Program.exists("pigz") ? Program.run("pigz", "--version") : "no pigz");
  }

  private static Table table(Results times, Scratch scratch) throws IOException {
    var files =
        Map.of(
            SERIES, scratch.file("series.nii.gz"),
            DCM2NIIX, scratch.folder("dcm2niix").resolve("out.nii.gz"),
            MEMORY, scratch.file("memory.nii.gz"),
            NIBABEL, scratch.file("nibabel.nii.gz"));
    var table = new Table("", "median", "range", "file");
    times.forEach(
        (name, each) -> {
          long bytes = files.getOrDefault(name, Path.of("")).toFile().length();
          table.row(
              name,
              each.medianText(),
              each.rangeText(),
              String.format(Locale.ROOT, "%.1f MB", bytes / 1e6));
        });
    return table;
  }

  private static String budgets(Results times) {
    Optional<Times> peer = times.find(DCM2NIIX);
    if (peer.isEmpty()) {
      return "";
    }
    double whole = times.of(SERIES).median() / peer.get().median();
    double writing = times.of(MEMORY).median() / peer.get().median();
    return Budget.table(
        new Budget(
            "series to file beside dcm2niix", "at most 0.7 x", Times.ratio(whole), whole <= 0.7),
        new Budget(
            "volume to file beside dcm2niix, which also reads the series",
            "at most 0.7 x",
            Times.ratio(writing),
            writing <= 0.7));
  }

  private static double fromSeries(List<Path> series, Path file) throws IOException {
    long began = System.nanoTime();
    Volume volume = SeriesSurvey.of(SegmentationBenchmark.sources(series)).read().volume();
    NiftiWriter.write(volume, file);
    return (System.nanoTime() - began) / 1e9;
  }

  private static double fromMemory(Volume volume, Path file) throws IOException {
    long began = System.nanoTime();
    NiftiWriter.write(volume, file);
    return (System.nanoTime() - began) / 1e9;
  }

  private static double dcm2niix(Path series, Scratch scratch) throws Exception {
    Path out = scratch.folder("dcm2niix");
    try (Stream<Path> left = Files.list(out)) {
      for (Path each : left.toList()) {
        Files.delete(each);
      }
    }
    long began = System.nanoTime();
    Program.run(
        "dcm2niix",
        "-1",
        "-z",
        "y",
        "-b",
        "n",
        "-f",
        "out",
        "-o",
        out.toString(),
        series.toString());
    double seconds = (System.nanoTime() - began) / 1e9;
    if (!Files.exists(out.resolve("out.nii.gz"))) {
      throw new IOException("dcm2niix made no out.nii.gz");
    }
    return seconds;
  }

  private static double nibabel(Path raw, int slices, Path file) throws Exception {
    return Double.parseDouble(Program.python("nifti_nibabel.py", raw, slices, file));
  }

  private static void writeRaw(Volume volume, Path file) throws IOException {
    var values = new float[volume.geometry().size().voxelsPerSlice()];
    ByteBuffer slice = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int at = 0; at < volume.geometry().size().voxels(); at += values.length) {
        volume.copyTo(at, values, 0, values.length);
        slice.clear();
        for (float value : values) {
          slice.putShort((short) value);
        }
        out.write(slice.array());
      }
    }
  }
}

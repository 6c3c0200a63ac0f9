package org.firstpass.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.firstpass.inference.Device;
import org.firstpass.inference.ExecutionSettings;
import org.firstpass.model.ModelPackage;
import org.firstpass.proposal.Proposal;
import org.firstpass.worker.SeriesSegmenter;

/** One large series from DICOM to SEG, and the most that was resident. */
final class LargeRun {
  private LargeRun() {}

  /**
   * {@code <series folder> <package folder> <MiB beside the heap> <columns> <slices> <structures>};
   * prints {@code seconds}, {@code network seconds}, {@code peak bytes}, and of each structure how
   * many of its voxels have its label.
   */
  public static void main(String[] words) throws Exception {
    ModelPackage model = ModelPackage.load(Path.of(words[1]));
    List<Path> files;
    try (Stream<Path> all = Files.list(Path.of(words[0]))) {
      files = all.sorted().toList();
    }
    Runtime runtime = Runtime.getRuntime();
    var execution =
        new ExecutionSettings(
            List.of(Device.CPU),
            runtime.availableProcessors(),
            Duration.ofHours(3),
            Long.parseLong(words[2]) << 20);
    var meters = new SimpleMeterRegistry();
    long began = System.nanoTime();
    // Refused, not tried, if the worker's own estimate says that it does not fit.
    long heap = runtime.maxMemory() / 10 * 9;
    try (var segmenter = new SeriesSegmenter(execution, heap, meters)) {
      Proposal proposal = SoakRun.runOne(files, model, segmenter, 1);
      System.out.println("seconds " + (System.nanoTime() - began) / 1e9);
      System.out.println("network " + proposal.inference().toMillis() / 1e3);
      System.out.println("peak " + ProcessMemory.peak());
      var painted =
          new SyntheticCt(
              Integer.parseInt(words[3]), Integer.parseInt(words[4]), Integer.parseInt(words[5]));
      long[] found = painted.markedOf(proposal.labels());
      for (int structure = 1; structure < found.length; structure++) {
        System.out.println("structure " + structure + " " + found[structure]);
      }
    }
  }
}

package org.firstpass.training.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.Orientation;
import org.firstpass.prepare.NetworkGrids;
import org.firstpass.training.data.TrainingSet.LabelledFiles;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.NiftiReader;
import org.firstpass.volume.Volume;

/**
 * What the cases for training have in common, on which a new network is fitted. Lists are in the
 * order D, H, W of slices from the feet, rows from the front and columns from the right.
 *
 * @param spacing mm, the median over the cases
 * @param extent mm, the median over the cases
 * @param mean of the values in segments
 * @param deviation of the same
 * @param low the half percent of the same that lies lowest ends here
 * @param high the half percent of the same that lies highest begins here
 * @see "Isensee et al., nnU-Net, Nature Methods 18 (2021)"
 */
public record Fingerprint(
    List<Double> spacing,
    List<Double> extent,
    double mean,
    double deviation,
    double low,
    double high) {
  /** How grow D, H and W. */
  public static final Orientation ORIENTATION = new Orientation("SPL");

  private static final int SAMPLES_PER_CASE = 10_000;

  public Fingerprint {
    spacing = List.copyOf(spacing);
    extent = List.copyOf(extent);
  }

  /**
   * Reads all cases for training once.
   *
   * @throws org.firstpass.failure.Defect DATASET_UNFIT if no voxel of any is in a segment
   */
  public static Fingerprint of(TrainingSet set) {
    List<double[]> spacings = new ArrayList<>();
    List<double[]> extents = new ArrayList<>();
    List<Float> values = new ArrayList<>();
    for (LabelledFiles files : set.training()) {
      try {
        var frame = CaseLoading.frame(files);
        Volume volume = NiftiReader.readVolume(files.image(), frame);
        LabelMap labels = NiftiReader.readLabelMap(files.label(), frame);
        GridGeometry grid = NetworkGrids.reordered(volume.geometry(), ORIENTATION);
        double[] spacing = {grid.spacing().slice(), grid.spacing().row(), grid.spacing().column()};
        spacings.add(spacing);
        extents.add(
            new double[] {
              spacing[0] * grid.size().slices(),
              spacing[1] * grid.size().rows(),
              spacing[2] * grid.size().columns()
            });
        sample(volume, labels, set, values);
      } catch (IOException e) {
        throw new UncheckedIOException("case " + files.name() + " cannot be read", e);
      }
    }
    if (values.isEmpty()) {
      throw TrainingSet.unfit("no case for training has a voxel in a segment");
    }
    double[] sorted = values.stream().mapToDouble(Float::doubleValue).sorted().toArray();
    double mean = Arrays.stream(sorted).average().orElse(0);
    double variance =
        Arrays.stream(sorted).map(value -> (value - mean) * (value - mean)).average().orElse(1);
    return new Fingerprint(
        median(spacings),
        median(extents),
        mean,
        Math.max(Math.sqrt(variance), 1e-6),
        sorted[(int) (0.005 * (sorted.length - 1))],
        sorted[(int) (0.995 * (sorted.length - 1))]);
  }

  private static void sample(Volume volume, LabelMap labels, TrainingSet set, List<Float> values) {
    int voxels = labels.geometry().size().voxels();
    int ignored = set.ignored().orElse(-1);
    var inSegments =
        java.util.stream.IntStream.range(0, voxels)
            .filter(i -> labels.labelAt(i) != 0 && labels.labelAt(i) != ignored)
            .toArray();
    var draw = new SplittableRandom(voxels);
    for (int i = 0; i < Math.min(SAMPLES_PER_CASE, inSegments.length); i++) {
      values.add(volume.valueAt(inSegments[draw.nextInt(inSegments.length)]));
    }
  }

  private static List<Double> median(List<double[]> all) {
    List<Double> medians = new ArrayList<>();
    for (int axis = 0; axis < 3; axis++) {
      int which = axis;
      double[] sorted = all.stream().mapToDouble(each -> each[which]).sorted().toArray();
      medians.add(sorted[sorted.length / 2]);
    }
    return medians;
  }
}

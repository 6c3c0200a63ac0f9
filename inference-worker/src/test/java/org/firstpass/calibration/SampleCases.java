package org.firstpass.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Orientation;
import org.firstpass.sample.SampleGrid;
import org.firstpass.volume.Volume;

/** Balls in noise whose contrast differs from case to case; the reference is the ball. */
final class SampleCases {
  private static final GridSize SIZE = new GridSize(24, 22, 20);
  private static final GridGeometry GRID = SampleGrid.of(new Orientation("SPL"), SIZE);

  private SampleCases() {}

  static List<HeldOutCase> of(int count) {
    List<HeldOutCase> cases = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      int seed = number;
      cases.add(new HeldOutCase("case-" + (100 + seed), () -> scan(seed)));
    }
    return cases;
  }

  private static HeldOutCase.Scan scan(int seed) {
    var random = new Random(seed);
    // Two and two alike, so that both halves have some of each.
    double contrast = 2.4 / (1 + seed / 2 % 6);
    double radius = 5 + seed % 3;
    var values = new float[SIZE.voxels()];
    var labels = new short[SIZE.voxels()];
    for (int i = 0; i < values.length; i++) {
      double column = i % SIZE.columns() - 11.5;
      double row = i / SIZE.columns() % SIZE.rows() - 10.5;
      double slice = i / SIZE.voxelsPerSlice() - 9.5;
      boolean inside = column * column + row * row + slice * slice <= radius * radius;
      labels[i] = (short) (inside ? 1 : 0);
      values[i] = (float) (0.5 + (inside ? 0.5 : -0.5) * contrast + 0.4 * random.nextGaussian());
    }
    Volume volume = Volume.ofValues(GRID, values);
    return new HeldOutCase.Scan(List.of(volume), volume.withLabels(labels));
  }
}

package org.firstpass.prepare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Orientation;
import org.firstpass.geometry.VoxelPosition;
import org.firstpass.model.GridSpec.Anchor;
import org.firstpass.sample.SampleGrid;
import org.firstpass.volume.CubicSpline;
import org.firstpass.volume.GridAxis;
import org.firstpass.volume.Interpolation;
import org.firstpass.volume.Resampling;
import org.firstpass.volume.ResamplingRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Streaming changes nothing: the numbers are those of resampling the array as a whole. */
final class AlignedResamplingTest {
  private static final GridSize SIZE = new GridSize(13, 11, 70);

  @ParameterizedTest
  @EnumSource(Interpolation.class)
  void someSlicesAtATimeGiveWhatAllAtOnceGive(Interpolation interpolation) {
    GridGeometry source = SampleGrid.of(new Orientation("SPL"), SIZE);
    for (String orientation : new String[] {"SPL", "IAR", "LIA", "ASR"}) {
      for (double spacing : new double[] {1.1, 4.9}) {
        GridGeometry target = spaced(source, orientation, Anchor.EXTENT, spacing);
        float[] whole = run(source, target, interpolation, 1 << 22);
        float[] parts = run(source, target, interpolation, 300);
        assertArrayEquals(whole, parts, interpolation == Interpolation.CUBIC ? 1e-3f : 0);
      }
    }
  }

  @Test
  void withTheExtentInCommonItIsTheResizingOfScikitImage() {
    GridGeometry source = SampleGrid.of(new Orientation("SPL"), SIZE);
    GridGeometry target = spaced(source, "SPL", Anchor.EXTENT, 1.3);
    float[] values = values();
    assertArrayEquals(
        Resampling.cubic(values, SIZE, target.size(), ResamplingRule.HALF_VOXEL),
        onto(source, target, new GridResampling(Interpolation.CUBIC, null, null)),
        1e-3f);
    assertArrayEquals(
        Resampling.linear(values, SIZE, target.size(), ResamplingRule.HALF_VOXEL),
        onto(source, target, new GridResampling(Interpolation.LINEAR, null, null)),
        1e-3f);
    for (GridAxis across : GridAxis.values()) {
      assertArrayEquals(
          Resampling.perSlice(values, SIZE, target.size(), across, Interpolation.CUBIC),
          onto(source, target, new GridResampling(Interpolation.CUBIC, across, null)),
          1e-3f);
    }
  }

  @Test
  void obliqueGridsGetTheSplineAtTheirPlacesInThePatient() {
    GridGeometry source = SampleGrid.of(new Orientation("SPL"), new GridSize(13, 11, 9));
    GridGeometry target = SampleGrid.oblique(new Orientation("SPL"), new GridSize(8, 7, 6), 20);
    var random = new Random(3);
    var values = new float[source.size().voxels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = 1000 * random.nextFloat();
    }
    CubicSpline spline = CubicSpline.through(values, source.size());
    float[] made =
        new GridResampling(Interpolation.CUBIC, null, -7f)
            .onto(ValueLines.of(values, source.size()), source, target);
    int inside = 0;
    for (int index = 0; index < made.length; index++) {
      VoxelPosition at = source.toIndex(target.toPatient(index % 8, index / 8 % 7, index / 56));
      if (isInside(at, source.size(), 0)) {
        double expected = Math.max(0, Math.min(1000, spline.at(at.column(), at.row(), at.slice())));
        assertEquals(expected, made[index], 1);
        inside++;
      } else if (!isInside(at, source.size(), 0.51)) {
        assertEquals(-7, made[index]);
      }
    }
    assertTrue(inside > 20, "some voxels lie inside: " + inside);
  }

  private static boolean isInside(VoxelPosition at, GridSize size, double reach) {
    return at.column() >= -reach
        && at.column() <= size.columns() - 1 + reach
        && at.row() >= -reach
        && at.row() <= size.rows() - 1 + reach
        && at.slice() >= -reach
        && at.slice() <= size.slices() - 1 + reach;
  }

  private static float[] run(
      GridGeometry source, GridGeometry target, Interpolation interpolation, int atOnce) {
    var how = new GridResampling(interpolation, null, null);
    AlignedAxes axes = AlignedAxes.between(target, source).orElseThrow();
    return new AlignedResampling(ValueLines.of(values(), SIZE), axes, target.size(), how, atOnce)
        .run();
  }

  private static float[] onto(GridGeometry source, GridGeometry target, GridResampling how) {
    return how.onto(ValueLines.of(values(), SIZE), source, target);
  }

  private static GridGeometry spaced(
      GridGeometry source, String orientation, Anchor anchor, double spacing) {
    return NetworkGrids.of(
        source,
        new SampleInput()
            .orientation(orientation)
            .spacing(anchor, spacing, 1.3 * spacing, 0.8 * spacing)
            .spec());
  }

  private static float[] values() {
    var random = new Random(11);
    var values = new float[SIZE.voxels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = 2000 * random.nextFloat() - 1000;
    }
    return values;
  }
}

package org.firstpass.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Orientation;
import org.firstpass.model.OutputSpec.Activation;
import org.firstpass.model.WindowSpec;
import org.firstpass.model.WindowSpec.Blending;
import org.firstpass.prepare.NetworkInput;
import org.firstpass.sample.SampleGrid;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Windows in which there is nothing are not run, but only where the manifest says so. */
final class SkippedWindowsTest {
  private static final GridSize SIZE = new GridSize(16, 16, 24);
  private static final float AIR = -1;

  @TempDir private Path folder;

  @Test
  void everyWindowIsRunIfTheManifestDoesNotSaySo() {
    assertEquals(0, skipped(Activation.SOFTMAX, null, oneVoxel(), new Slabs(SIZE, 3)));
  }

  @Test
  void windowsWithoutAValueAboveTheLimitAreCountedAndNotRun() {
    // 3 x 3 x 5 windows of 8 every 4 voxels; the voxel lies in 2 x 1 x 2 of them.
    assertEquals(45 - 4, skipped(Activation.SOFTMAX, -0.5, oneVoxel(), new Slabs(SIZE, 3)));
    assertEquals(45, skipped(Activation.SOFTMAX, 0.5, oneVoxel(), new Slabs(SIZE, 3)));
    assertEquals(0, skipped(Activation.SOFTMAX, -1.5, oneVoxel(), new Slabs(SIZE, 3)));
  }

  @ParameterizedTest
  @EnumSource(
      value = Activation.class,
      names = {"NONE"},
      mode = EnumSource.Mode.EXCLUDE)
  void whatWasSkippedIsBackground(Activation activation) {
    var slabs = new Slabs(SIZE, 3);
    skipped(activation, 0.5, oneVoxel(), slabs);
    for (int at = 0; at < SIZE.voxels(); at++) {
      float first = slabs.channel(0)[at];
      float second = slabs.channel(1)[at];
      switch (activation) {
        case SOFTMAX -> assertTrue(first - second > 5 && slabs.channel(2)[at] == second);
        case ARGMAX -> assertTrue(first == 1 && second == 0);
        case FRACTION -> assertTrue(first == 0 && second == 0);
        default -> assertTrue(first < -5 && second < -5);
      }
    }
  }

  @Test
  void voxelsThatOnlyRunWindowsReachHaveTheirValues() {
    NetworkInput input = oneVoxel();
    var all = new Slabs(SIZE, 3);
    var some = new Slabs(SIZE, 3);
    skipped(Activation.SOFTMAX, null, input, all);
    skipped(Activation.SOFTMAX, -0.5, input, some);
    // Row 0 and column 4 to 11 lie in windows that were run; beyond slice 7 others reach in.
    int inside = SIZE.index(5, 0, 9);
    assertEquals(all.channel(1)[inside], some.channel(1)[inside], 1e-5);
    int outside = SIZE.index(15, 15, 0);
    assertTrue(some.channel(0)[outside] - some.channel(1)[outside] > 5);
  }

  private int skipped(
      Activation activation, @Nullable Double limit, NetworkInput input, Slabs sink) {
    var network = new ConvolutionGraph(1, 3, false, 51);
    NetworkFixture fixture =
        new NetworkFixture()
            .graph(activation == Activation.ARGMAX ? network.deciding() : network.graph())
            .output(activation, 3)
            .shape(2, 1)
            .windows(
                new WindowSpec.Sliding(
                    List.of(8, 8, 8),
                    0.5,
                    Blending.GAUSSIAN,
                    null,
                    0,
                    null,
                    List.of(),
                    null,
                    limit));
    try (LoadedNetwork loaded = fixture.open(folder)) {
      NetworkAnswer answer = loaded.run(input, sink);
      assertEquals(45, answer.windows());
      return answer.skippedWindows();
    }
  }

  private static NetworkInput oneVoxel() {
    var values = new float[SIZE.voxels()];
    Arrays.fill(values, AIR);
    values[SIZE.index(5, 1, 9)] = 0.25f;
    return new NetworkInput(SampleGrid.of(new Orientation("SPL"), SIZE), values);
  }
}

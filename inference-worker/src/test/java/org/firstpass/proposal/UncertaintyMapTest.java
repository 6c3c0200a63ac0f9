package org.firstpass.proposal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Orientation;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.geometry.VoxelPosition;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.OutputSpec.Activation;
import org.firstpass.prepare.NetworkSlab;
import org.firstpass.sample.SampleGrid;
import org.firstpass.sample.SampleManifest;
import org.firstpass.volume.UncertaintyMapCodec;
import org.junit.jupiter.api.Test;

final class UncertaintyMapTest {
  private static final ModelManifest MANIFEST =
      new SampleManifest().output(Activation.SOFTMAX, 2).segments(1).draft();

  @Test
  void everyVoxelHasTheDoubtOfTheNetworksNearestVoxelInThePatient() {
    GridGeometry source = SampleGrid.of(new Orientation("SPL"), new GridSize(13, 11, 9));
    for (Orientation orientation : SampleGrid.orientations()) {
      GridGeometry network = coarser(orientation, source);
      Doubt doubt = doubt(network, 3);
      UncertaintyMap map = UncertaintyMap.of(doubt, new short[source.size().voxels()], source);
      GridSize size = network.size();
      for (int slice = 0; slice < source.size().slices(); slice++) {
        for (int row = 0; row < source.size().rows(); row++) {
          for (int column = 0; column < source.size().columns(); column++) {
            VoxelPosition at = network.toIndex(source.toPatient(column, row, slice));
            int c = (int) Math.floor(at.column() + 0.5);
            int r = (int) Math.floor(at.row() + 0.5);
            int s = (int) Math.floor(at.slice() + 0.5);
            int wanted = size.contains(c, r, s) ? doubt.entropyAt(size.index(c, r, s)) : 0;
            assertEquals(wanted, map.at(column, row, slice), orientation + " " + at);
          }
        }
      }
    }
  }

  @Test
  void theSameProposalGivesTheSameBytesAndTheyCanBeReadBack() {
    GridGeometry grid = SampleGrid.of(new Orientation("SPL"), new GridSize(40, 30, 20));
    var labels = new short[grid.size().voxels()];
    byte[] first = UncertaintyMap.of(doubt(grid, 4), labels, grid).encoded();
    byte[] again = UncertaintyMap.of(doubt(grid, 4), labels, grid).encoded();
    assertArrayEquals(first, again);
    byte[] values = UncertaintyMapCodec.decode(first, grid.size());
    Doubt doubt = doubt(grid, 4);
    for (int i = 0; i < values.length; i++) {
      assertEquals(doubt.entropyAt(i), Byte.toUnsignedInt(values[i]));
    }
  }

  @Test
  void aSliceHasTheMeanOverSegmentsAndRimsAndNothingWhereThereAreNone() {
    GridSize size = new GridSize(5, 4, 6);
    GridGeometry grid = SampleGrid.of(new Orientation("SPL"), size);
    Doubt doubt = doubt(grid, 5);
    var labels = new short[size.voxels()];
    labels[size.index(0, 0, 1)] = 1;
    labels[size.index(1, 0, 1)] = 2;
    UncertaintyMap map = UncertaintyMap.of(doubt, labels, grid);
    int[] inSlice = {
      size.index(0, 0, 1),
      size.index(1, 0, 1),
      size.index(2, 0, 1),
      size.index(0, 1, 1),
      size.index(1, 1, 1)
    };
    double sum = Arrays.stream(inSlice).mapToDouble(doubt::entropyAt).sum();
    assertEquals(sum / inSlice.length / 255, map.slices().get(1), 5e-5);
    int[] below = {size.index(0, 0, 0), size.index(1, 0, 0)};
    sum = Arrays.stream(below).mapToDouble(doubt::entropyAt).sum();
    assertEquals(sum / below.length / 255, map.slices().get(0), 5e-5);
    assertEquals(size.slices(), map.slices().size());
    assertEquals(0, map.slices().get(3));
    assertEquals(0, map.slices().get(5));
  }

  @Test
  void anUnfinishedDoubtAndLabelsOfAnotherGridAreRefused() {
    GridGeometry grid = SampleGrid.of(new Orientation("SPL"), new GridSize(5, 4, 6));
    var labels = new short[grid.size().voxels()];
    assertThrows(
        IllegalStateException.class,
        () -> UncertaintyMap.of(new Doubt(MANIFEST, grid), labels, grid));
    assertThrows(
        IllegalArgumentException.class,
        () -> UncertaintyMap.of(doubt(grid, 1), new short[7], grid));
  }

  /** Of other spacing, reaching less far on one side, so that something lies outside. */
  private static GridGeometry coarser(Orientation orientation, GridGeometry source) {
    Vector3 middle =
        source.toPatient(
            (source.size().columns() - 1) / 2.0 + 1.3,
            (source.size().rows() - 1) / 2.0 + 0.17,
            (source.size().slices() - 1) / 2.0 - 0.23);
    var spacing = new Spacing(1.45, 1.55, 1.35);
    var size = new GridSize(7, 8, 9);
    var axes = orientation.axes();
    Vector3 position =
        middle
            .minus(axes.column().times((size.columns() - 1) / 2.0 * spacing.column()))
            .minus(axes.row().times((size.rows() - 1) / 2.0 * spacing.row()))
            .minus(axes.slice().times((size.slices() - 1) / 2.0 * spacing.slice()));
    return new GridGeometry(source.frameOfReference(), size, position, axes, spacing);
  }

  private static Doubt doubt(GridGeometry grid, int seed) {
    var random = new Random(seed);
    var channels = new float[2][grid.size().voxels()];
    for (int i = 0; i < channels[1].length; i++) {
      channels[1][i] = (float) random.nextGaussian() * 4;
    }
    var doubt = new Doubt(MANIFEST, grid);
    doubt.accept(new NetworkSlab(0, grid.size().slices(), channels, null));
    return doubt;
  }
}

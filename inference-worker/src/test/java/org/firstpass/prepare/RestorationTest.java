package org.firstpass.prepare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Orientation;
import org.firstpass.geometry.VoxelPosition;
import org.firstpass.model.CropSpec;
import org.firstpass.model.GridSpec;
import org.firstpass.model.GridSpec.Anchor;
import org.firstpass.model.LabelSpec.LabelledChannel;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.OutputSpec.Activation;
import org.firstpass.model.ResamplingSpec.Interpolation;
import org.firstpass.sample.SampleGrid;
import org.firstpass.sample.SampleManifest;
import org.firstpass.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the slabs, the labels are those of the whole answer, voxel for voxel. */
final class RestorationTest {
  private static final GridSize SIZE = new GridSize(9, 7, 6);
  private static final int CLASSES = 3;

  /** Below this rounding may decide between two segments. */
  private static final double TIE = 1e-3;

  static Stream<GridGeometry> grids() {
    return SampleGrid.orientations().stream()
        .flatMap(each -> Stream.of(SampleGrid.of(each, SIZE), SampleGrid.oblique(each, SIZE, 23)));
  }

  @ParameterizedTest
  @MethodSource("grids")
  void slabsOfAnyDepthGiveWhatTheWholeGives(GridGeometry source) {
    var random = new Random(source.hashCode());
    for (SampleInput input : inputs()) {
      ModelManifest manifest = input.manifest(classes(Activation.SOFTMAX));
      Prepared prepared = prepared(source, manifest);
      float[][] answer = noise(prepared.input().grid().size(), random);
      Restoration whole = Restoration.onto(source, prepared, manifest);
      whole.accept(new NetworkSlab(0, prepared.input().grid().size().slices(), answer, null));
      Restoration parts = Restoration.onto(source, prepared, manifest);
      inSlabs(parts, prepared.input().grid().size(), answer, random);
      assertArrayEquals(whole.labels(), parts.labels());
      assertArrayEquals(whole.chosen(), parts.chosen());
    }
  }

  @ParameterizedTest
  @MethodSource("grids")
  void everyLabelIsTheChoiceOfTheInterpolatedChannelsAtItsPlace(GridGeometry source) {
    var random = new Random(source.hashCode());
    var spaced = new SampleInput().orientation("LIA").spacing(Anchor.EXTENT, 1.9, 0.8, 1.0);
    var patient =
        new SampleInput()
            .orientation("PSR")
            .grid(new GridSpec.Conformed(List.of(11, 12, 13), List.of(1.1, 0.9, 1.3)));
    for (SampleInput input : List.of(spaced, patient)) {
      ModelManifest manifest = input.manifest(classes(Activation.SOFTMAX));
      Prepared prepared = prepared(source, manifest);
      GridGeometry network = prepared.input().grid();
      float[][] answer = noise(network.size(), random);
      Restoration restoration = Restoration.onto(source, prepared, manifest);
      inSlabs(restoration, network.size(), answer, random);
      int checked = 0;
      for (int index = 0; index < SIZE.voxels(); index++) {
        VoxelPosition at =
            network.toIndex(
                source.toPatient(
                    index % SIZE.columns(),
                    index / SIZE.columns() % SIZE.rows(),
                    index / SIZE.voxelsPerSlice()));
        Integer expected = Oracle.choice(answer, network.size(), at, TIE);
        if (expected != null) {
          assertEquals(expected, restoration.labels()[index], "at " + at);
          checked++;
        }
      }
      assertTrue(checked > 0.8 * SIZE.voxels(), "checked " + checked);
    }
  }

  @Test
  void whatLiesOutsideTheRegionIsBackgroundAndInsideNothingIs() {
    GridGeometry source = SampleGrid.of(new Orientation("SPL"), SIZE);
    for (Anchor anchor : Anchor.values()) {
      ModelManifest manifest =
          new SampleInput()
              .orientation("RAI")
              .spacing(anchor, 3.0, 2.5, 2.0)
              .crop(new CropSpec.NonZero())
              .manifest();
      var values = new float[SIZE.voxels()];
      values[SIZE.index(2, 1, 1)] = 1;
      values[SIZE.index(6, 5, 3)] = 1;
      Prepared prepared =
          Preparation.prepare(List.of(Volume.ofValues(source, values)), manifest, Optional.empty());
      GridSize network = prepared.input().grid().size();
      var everywhere = new float[2][network.voxels()];
      Arrays.fill(everywhere[1], 1);
      Restoration restoration = Restoration.onto(source, prepared, manifest);
      restoration.accept(new NetworkSlab(0, network.slices(), everywhere, null));
      for (int slice = 0; slice < SIZE.slices(); slice++) {
        for (int row = 0; row < SIZE.rows(); row++) {
          for (int column = 0; column < SIZE.columns(); column++) {
            boolean inside = prepared.region().box().contains(column, row, slice);
            int label = restoration.labels()[SIZE.index(column, row, slice)];
            assertEquals(inside ? 1 : 0, label, anchor + " " + column + " " + row + " " + slice);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Activation.class,
      names = {"SIGMOID", "REGIONS", "FRACTION"})
  void classesThatStandAloneAreBackgroundWhereNoneSaysYes(Activation activation) {
    GridGeometry source = SampleGrid.of(new Orientation("SPL"), SIZE);
    ModelManifest manifest =
        new SampleInput()
            .manifest(
                new SampleManifest()
                    .output(activation, 2)
                    .labels(
                        List.of(
                            new LabelledChannel(0, SampleManifest.segment(1), null),
                            new LabelledChannel(1, SampleManifest.segment(2), null))));
    Prepared prepared = prepared(source, manifest);
    Restoration restoration = Restoration.onto(source, prepared, manifest);
    float no = activation == Activation.FRACTION ? 0.3f : -1;
    float yes = activation == Activation.FRACTION ? 0.6f : 1;
    float surely = activation == Activation.FRACTION ? 0.9f : 2;
    var channels = new float[2][SIZE.voxels()];
    Arrays.fill(channels[0], no);
    Arrays.fill(channels[1], no);
    channels[0][10] = yes;
    channels[0][20] = surely;
    channels[1][20] = yes;
    channels[1][30] = yes;
    restoration.accept(new NetworkSlab(0, SIZE.slices(), channels, null));
    short[] labels = restoration.labels();
    assertEquals(0, labels[0]);
    assertEquals(1, labels[10]);
    assertEquals(activation == Activation.REGIONS ? 2 : 1, labels[20], "both say yes");
    assertEquals(2, labels[30]);
    assertArrayEquals(labels, restoration.chosen(), "the grid is that of the series");
  }

  @Test
  void slicesThatAreMissingComeTwiceOrAreTooManyAreRefused() {
    GridGeometry source = SampleGrid.of(new Orientation("SPL"), SIZE);
    ModelManifest manifest = new SampleInput().manifest();
    Prepared prepared = prepared(source, manifest);
    Restoration restoration = Restoration.onto(source, prepared, manifest);
    restoration.accept(slab(0, 2));
    assertThrows(IllegalStateException.class, restoration::labels);
    assertThrows(IllegalArgumentException.class, () -> restoration.accept(slab(1, 2)));
    assertThrows(IllegalArgumentException.class, () -> restoration.accept(slab(3, 1)));
    assertThrows(IllegalArgumentException.class, () -> restoration.accept(slab(2, 5)));
    restoration.accept(slab(2, 4));
    assertEquals(SIZE.voxels(), restoration.labels().length);
  }

  @Test
  void anotherSeriesThanThatWhichWasPreparedIsRefused() {
    GridGeometry source = SampleGrid.of(new Orientation("SPL"), SIZE);
    ModelManifest manifest = new SampleInput().manifest();
    Prepared prepared = prepared(source, manifest);
    GridGeometry other = SampleGrid.of(new Orientation("IPL"), SIZE);
    assertThrows(IllegalArgumentException.class, () -> Restoration.onto(other, prepared, manifest));
  }

  private static List<SampleInput> inputs() {
    return List.of(
        new SampleInput().orientation("LIA"),
        new SampleInput().orientation("RSA").spacing(Anchor.EXTENT, 1.3, 0.9, 1.7),
        new SampleInput().orientation("SAR").spacing(Anchor.FIRST_VOXEL, 0.6, 2.0, 0),
        new SampleInput()
            .orientation("ILP")
            .spacing(Anchor.EXTENT, 1, 1, 5)
            .crop(new CropSpec.NonZero())
            .resampling(Interpolation.LINEAR, 3.0),
        new SampleInput()
            .asAcquired()
            .spacing(Anchor.EXTENT, 9, 1, 1)
            .resampling(Interpolation.LINEAR, 3.0),
        new SampleInput().crop(new CropSpec.Above(11, 1)).spacing(Anchor.EXTENT, 1, 1, 1),
        new SampleInput()
            .orientation("PIR")
            .grid(new GridSpec.Conformed(List.of(9, 12, 11), List.of(1.2, 0.9, 1.0))));
  }

  private static SampleManifest classes(Activation activation) {
    return new SampleManifest().output(activation, CLASSES).segments(CLASSES - 1);
  }

  private static Prepared prepared(GridGeometry source, ModelManifest manifest) {
    var values = new float[source.size().voxels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i * 31 % 17;
    }
    return Preparation.prepare(
        List.of(Volume.ofValues(source, values)), manifest, Optional.empty());
  }

  private static float[][] noise(GridSize size, Random random) {
    var channels = new float[CLASSES][size.voxels()];
    for (float[] channel : channels) {
      for (int i = 0; i < channel.length; i++) {
        channel[i] = (float) random.nextGaussian();
      }
    }
    return channels;
  }

  /** Hands an answer over in slabs of random depths, in arrays that are used again. */
  private static void inSlabs(
      Restoration restoration, GridSize size, float[][] answer, Random random) {
    var lent = new float[answer.length][size.voxels()];
    int first = 0;
    while (first < size.slices()) {
      int slices = 1 + random.nextInt(Math.min(4, size.slices() - first));
      for (int channel = 0; channel < answer.length; channel++) {
        Arrays.fill(lent[channel], Float.NaN);
        System.arraycopy(
            answer[channel],
            first * size.voxelsPerSlice(),
            lent[channel],
            0,
            slices * size.voxelsPerSlice());
      }
      restoration.accept(new NetworkSlab(first, slices, lent, null));
      first += slices;
    }
  }

  private static NetworkSlab slab(int first, int slices) {
    return new NetworkSlab(first, slices, new float[2][slices * SIZE.voxelsPerSlice()], null);
  }
}

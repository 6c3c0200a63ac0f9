package org.firstpass.prepare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.VoxelPosition;
import org.firstpass.model.GridSpec.Anchor;
import org.firstpass.model.LabelSpec.LabelledChannel;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.OutputSpec.Activation;
import org.firstpass.proposal.ProbabilityMap;
import org.firstpass.sample.SampleGrid;
import org.firstpass.sample.SampleManifest;
import org.firstpass.volume.ProbabilityMapCodec;
import org.firstpass.volume.SegmentProbability;
import org.firstpass.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The map is what the network says at each voxel, to one part in 255. */
final class ProbabilityMapTest {
  private static final GridSize SIZE = new GridSize(19, 17, 12);

  /** A byte is off by half of one part in 255, floating point by less than another. */
  private static final double NEAR = 1;

  static Stream<GridGeometry> grids() {
    return SampleGrid.orientations().stream()
        .limit(6)
        .flatMap(each -> Stream.of(SampleGrid.of(each, SIZE), SampleGrid.oblique(each, SIZE, 23)));
  }

  @ParameterizedTest
  @MethodSource("grids")
  void everyVoxelHasTheSoftmaxOfTheInterpolatedChannelsAtItsPlace(GridGeometry source) {
    ModelManifest manifest = spaced(new SampleManifest().output(Activation.SOFTMAX, 3).segments(2));
    Answer answer = new Answer(source, manifest, 3, 8);
    ProbabilityMap map = answer.map(source, manifest, 3);
    int likely = 0;
    for (int index = 0; index < SIZE.voxels(); index++) {
      double[] values = answer.at(source, index);
      for (int segment = 1; segment <= 2 && values.length > 0; segment++) {
        double expected = 255 * softmax(values, segment);
        int found = at(map, segment, index);
        assertEquals(kept(expected, found), found, NEAR, () -> "segment at " + values[0]);
        likely += found > 0 ? 1 : 0;
      }
    }
    assertTrue(likely > SIZE.voxels() / 10, "likely at " + likely);
  }

  @ParameterizedTest
  @EnumSource(
      value = Activation.class,
      names = {"SIGMOID", "REGIONS", "FRACTION"})
  void classesThatStandAloneHaveTheirOwnProbabilityAndARegionLeavesWhatALaterOneCovers(
      Activation activation) {
    GridGeometry source = SampleGrid.oblique(SampleGrid.orientations().get(3), SIZE, 11);
    ModelManifest manifest =
        spaced(
            new SampleManifest()
                .output(activation, 2)
                .labels(
                    List.of(
                        new LabelledChannel(0, SampleManifest.segment(1), null),
                        new LabelledChannel(1, SampleManifest.segment(2), null))));
    Answer answer = new Answer(source, manifest, 2, 8);
    if (activation == Activation.FRACTION) {
      answer.squash();
    }
    ProbabilityMap map = answer.map(source, manifest, 2);
    for (int index = 0; index < SIZE.voxels(); index++) {
      double[] values = answer.at(source, index);
      if (values.length == 0) {
        continue;
      }
      double first = activation == Activation.FRACTION ? values[0] : sigmoid(values[0]);
      double second = activation == Activation.FRACTION ? values[1] : sigmoid(values[1]);
      if (activation == Activation.REGIONS) {
        first = Math.min(first, 1 - second);
      }
      int one = at(map, 1, index);
      int two = at(map, 2, index);
      assertEquals(kept(255 * first, one), one, NEAR);
      assertEquals(kept(255 * second, two), two, NEAR);
    }
  }

  @ParameterizedTest
  @MethodSource("grids")
  void theLabelsAreThoseThatComeWithoutAMapAndSlabsOfAnyDepthGiveTheSameBytes(GridGeometry source) {
    ModelManifest manifest = spaced(new SampleManifest().output(Activation.SOFTMAX, 3).segments(2));
    Answer answer = new Answer(source, manifest, 3, 6);
    var map = new ProbabilityMap(manifest, SIZE);
    Restoration with = Restoration.onto(source, answer.prepared, manifest, map);
    answer.inSlabs(with, 2);
    Restoration without = Restoration.onto(source, answer.prepared, manifest);
    answer.inSlabs(without, 5);
    assertArrayEquals(without.labels(), with.labels());
    byte[] whole = answer.map(source, manifest, 100).encoded().orElseThrow();
    assertArrayEquals(whole, map.encoded().orElseThrow());
  }

  @Test
  void whatIsStoredOfASegmentIsReadBackInItsBoxAndNothingOfOneThatIsNowhere() {
    GridGeometry source = SampleGrid.of(SampleGrid.orientations().get(0), SIZE);
    ModelManifest manifest =
        new SampleInput()
            .orientation("SPL")
            .manifest(new SampleManifest().output(Activation.SOFTMAX, 4).segments(3));
    Answer answer = new Answer(source, manifest, 4, 9);
    Arrays.fill(answer.channels[3], -100);
    ProbabilityMap map = answer.map(source, manifest, 4);
    byte[] bytes = map.encoded().orElseThrow();
    assertFalse(section(bytes, 3).isPresent());
    assertFalse(section(bytes, 9).isPresent());
    for (int segment = 1; segment <= 2; segment++) {
      SegmentProbability stored =
          ProbabilityMapCodec.decode(section(bytes, segment).orElseThrow(), SIZE);
      assertEquals(segment, stored.segmentNumber());
      for (int index = 0; index < SIZE.voxels(); index++) {
        int column = index % SIZE.columns();
        int row = index / SIZE.columns() % SIZE.rows();
        int slice = index / SIZE.voxelsPerSlice();
        assertEquals(at(map, segment, index), stored.at(column, row, slice));
      }
    }
  }

  private static Optional<byte[]> section(byte[] map, int segment) {
    return ProbabilityMapCodec.section(new ByteArrayInputStream(map), SIZE, segment);
  }

  /** Below what is kept, nothing is as right as what it would be. */
  private static double kept(double expected, int found) {
    return found == 0 && expected < ProbabilityMapCodec.LEAST ? 0 : expected;
  }

  private static int at(ProbabilityMap map, int segment, int index) {
    return map.at(
        segment,
        index % SIZE.columns(),
        index / SIZE.columns() % SIZE.rows(),
        index / SIZE.voxelsPerSlice());
  }

  private static ModelManifest spaced(SampleManifest sample) {
    return new SampleInput()
        .orientation("LIA")
        .spacing(Anchor.EXTENT, 1.9, 0.8, 1.0)
        .manifest(sample);
  }

  private static double softmax(double[] values, int at) {
    double sum = Arrays.stream(values).map(value -> Math.exp(value - values[at])).sum();
    return 1 / sum;
  }

  private static double sigmoid(double value) {
    return 1 / (1 + Math.exp(-value));
  }

  /** What a network says: blobs with soft borders, of which large parts are sure. */
  private static final class Answer {
    private final Prepared prepared;
    private final GridGeometry network;
    private final float[][] channels;

    Answer(GridGeometry source, ModelManifest manifest, int classes, double height) {
      var values = new float[source.size().voxels()];
      prepared =
          Preparation.prepare(List.of(Volume.ofValues(source, values)), manifest, Optional.empty());
      network = prepared.input().grid();
      channels = new float[classes][network.size().voxels()];
      var random = new Random(classes);
      for (float[] channel : channels) {
        double phase = random.nextDouble() * 6;
        for (int i = 0; i < channel.length; i++) {
          GridSize size = network.size();
          double across = i % size.columns() * 0.5 + phase;
          double down = i / size.columns() % size.rows() * 0.4 - phase;
          double along = i / size.voxelsPerSlice() * 0.3;
          channel[i] =
              (float)
                  (height * (Math.sin(across) + Math.cos(down + along)) + random.nextGaussian());
        }
      }
    }

    void squash() {
      for (float[] channel : channels) {
        for (int i = 0; i < channel.length; i++) {
          channel[i] = (float) sigmoid(channel[i]);
        }
      }
    }

    /** The channels at a voxel of the series; none outside and at the very border of the grid. */
    double[] at(GridGeometry source, int index) {
      VoxelPosition at =
          network.toIndex(
              source.toPatient(
                  index % SIZE.columns(),
                  index / SIZE.columns() % SIZE.rows(),
                  index / SIZE.voxelsPerSlice()));
      GridSize size = network.size();
      boolean inside =
          at.column() > -0.499
              && at.row() > -0.499
              && at.slice() > -0.499
              && at.column() < size.columns() - 0.501
              && at.row() < size.rows() - 0.501
              && at.slice() < size.slices() - 0.501;
      return inside
          ? Arrays.stream(channels).mapToDouble(each -> Oracle.value(each, size, at)).toArray()
          : new double[0];
    }

    ProbabilityMap map(GridGeometry source, ModelManifest manifest, int depth) {
      var map = new ProbabilityMap(manifest, source.size());
      inSlabs(Restoration.onto(source, prepared, manifest, map), depth);
      return map;
    }

    void inSlabs(Restoration restoration, int depth) {
      GridSize size = network.size();
      for (int first = 0; first < size.slices(); first += depth) {
        int slices = Math.min(depth, size.slices() - first);
        var lent = new float[channels.length][];
        for (int channel = 0; channel < channels.length; channel++) {
          int from = first * size.voxelsPerSlice();
          lent[channel] =
              Arrays.copyOfRange(channels[channel], from, from + slices * size.voxelsPerSlice());
        }
        restoration.accept(new NetworkSlab(first, slices, lent, null));
      }
    }
  }
}

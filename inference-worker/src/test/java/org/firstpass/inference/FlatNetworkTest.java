package org.firstpass.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.firstpass.geometry.GridSize;
import org.firstpass.model.OutputSpec.Activation;
import org.firstpass.model.WindowSpec;
import org.firstpass.model.WindowSpec.Placement;
import org.firstpass.prepare.NetworkInput;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Networks that see slices: alone, or with their neighbours as channels. */
final class FlatNetworkTest {
  private static final GridSize SIZE = new GridSize(15, 12, 21);

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"1,0,1", "1,0,4", "2,0,3", "1,1,4", "2,2,4", "1,2,64"})
  void everySliceWholeWithItsNeighbours(int channels, int neighbours, int batch) {
    assertPlain(
        fixture(channels, neighbours)
            .windows(new WindowSpec.Whole(8, 0.25, List.of(1)))
            .shape(2, batch),
        channels,
        neighbours);
  }

  @ParameterizedTest
  @EnumSource(Placement.class)
  void windowsInEverySlice(Placement placement) {
    assertPlain(
        fixture(2, 1).sliding(List.of(1, 7, 8), 0.5, placement, List.of(1, 2)).shape(3, 16), 2, 1);
  }

  @ParameterizedTest
  @EnumSource(Placement.class)
  void slicesThatAreSmallerThanTheWindowArePadded(Placement placement) {
    assertPlain(fixture(1, 0).sliding(List.of(1, 16, 9), 0.5, placement, List.of()), 1, 0);
  }

  private static NetworkFixture fixture(int channels, int neighbours) {
    return new NetworkFixture()
        .graph(network(channels, neighbours).graph())
        .channels(channels)
        .flat(neighbours)
        .output(Activation.SOFTMAX, 3);
  }

  private static ConvolutionGraph network(int channels, int neighbours) {
    return new ConvolutionGraph(channels * (2 * neighbours + 1), 3, true, 31);
  }

  private void assertPlain(NetworkFixture fixture, int channels, int neighbours) {
    NetworkInput input = NetworkFixture.noise(SIZE, channels, 1);
    PlainBlending plain =
        PlainBlending.of(fixture.manifest(), input, List.of(network(channels, neighbours)));
    var slabs = new Slabs(SIZE, 3);
    try (LoadedNetwork network = fixture.open(folder)) {
      network.run(input, slabs);
    }
    for (int channel = 0; channel < 3; channel++) {
      for (int at = 0; at < SIZE.voxels(); at++) {
        assertEquals(plain.value(channel, at), slabs.channel(channel)[at], 1e-5);
      }
    }
  }
}

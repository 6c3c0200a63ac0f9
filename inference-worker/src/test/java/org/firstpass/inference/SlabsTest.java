package org.firstpass.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.firstpass.geometry.GridSize;
import org.firstpass.model.OutputSpec.Activation;
import org.firstpass.model.WindowSpec;
import org.firstpass.model.WindowSpec.Placement;
import org.firstpass.prepare.NetworkInput;
import org.firstpass.prepare.NetworkOutput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a network says comes as slabs: all of it, in order, the same whatever the machine does. */
final class SlabsTest {
  private static final GridSize SIZE = new GridSize(19, 14, 45);
  private static final ConvolutionGraph NETWORK = new ConvolutionGraph(1, 3, false, 11);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void slabsHaveTheBitsOfTheWholeWithAnyNumberOfCallers(int callers) {
    NetworkInput input = NetworkFixture.noise(SIZE, 1, 1);
    NetworkOutput one = whole(sliding().shape(1, 1), input);
    try (LoadedNetwork network = sliding().shape(callers, 1).open(folder)) {
      for (int repeat = 0; repeat < 3; repeat++) {
        var slabs = new Slabs(SIZE, 3);
        network.run(input, slabs);
        for (int channel = 0; channel < 3; channel++) {
          assertArrayEquals(one.channel(channel), slabs.channel(channel));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Placement.class)
  void theyAreTheWeightedMeanOfTheWindows(Placement placement) {
    NetworkInput input = NetworkFixture.noise(SIZE, 1, 2);
    NetworkFixture fixture =
        new NetworkFixture()
            .graph(NETWORK.graph())
            .output(Activation.SOFTMAX, 3)
            .sliding(List.of(10, 9, 8), 0.5, placement, List.of());
    assertPlain(fixture, input, 1e-5);
  }

  @Test
  void windowsThatCountAlikeAreAveraged() {
    NetworkFixture fixture =
        sliding()
            .windows(
                new WindowSpec.Sliding(
                    List.of(7, 9, 8), 0.3, WindowSpec.Blending.CONSTANT, null, 0.5));
    assertPlain(fixture, NetworkFixture.noise(SIZE, 1, 3), 1e-5);
  }

  @ParameterizedTest
  @EnumSource(Placement.class)
  void aGridThatIsSmallerThanTheWindowIsPadded(Placement placement) {
    var small = new GridSize(5, 20, 3);
    NetworkFixture fixture = sliding().sliding(List.of(8, 8, 8), 0.5, placement, List.of(0, 1, 2));
    assertPlain(fixture, NetworkFixture.noise(small, 1, 4), 1e-5);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8})
  void theWholeGridAtOnceIsPaddedAndComesInSeveralSlabs(int multiple) {
    NetworkInput input = NetworkFixture.noise(SIZE, 1, 5);
    NetworkFixture fixture = sliding().windows(new WindowSpec.Whole(multiple, 0.5));
    assertPlain(fixture, input, 1e-5);
    try (LoadedNetwork network = fixture.open(folder)) {
      List<Integer> slices = new ArrayList<>();
      network.run(input, slab -> slices.add(slab.slices()));
      assertEquals(List.of(7, 7, 7, 7, 7, 7, 3), slices);
    }
  }

  @Test
  void slabsOfAPackageThatMakesOnePassTellNoAgreement() {
    try (LoadedNetwork network = sliding().open(folder)) {
      NetworkAnswer answer =
          network.run(NetworkFixture.noise(SIZE, 1, 6), slab -> assertNull(slab.agreement()));
      // 3 columns, 2 rows, 8 slices of windows.
      assertEquals(new NetworkAnswer(List.of(), 4 * 3 * 8, 0), answer);
    }
  }

  @Test
  void halfPrecisionDiffersByLittleMoreThanItsRounding() {
    NetworkInput input = NetworkFixture.noise(SIZE, 1, 7);
    for (Placement placement : Placement.values()) {
      NetworkFixture fixture = sliding().sliding(List.of(10, 9, 8), 0.5, placement, List.of());
      NetworkOutput full = whole(fixture, input);
      NetworkOutput halved = whole(fixture.blendBytes(0), input);
      double largest = 0;
      double minimum = 0;
      double maximum = 0;
      for (int channel = 0; channel < 3; channel++) {
        for (int at = 0; at < SIZE.voxels(); at++) {
          float wanted = full.channel(channel)[at];
          largest = Math.max(largest, Math.abs(wanted - halved.channel(channel)[at]));
          minimum = Math.min(minimum, wanted);
          maximum = Math.max(maximum, wanted);
        }
      }
      assertTrue(largest > 0, "half precision was not used");
      // Noise is the worst case: windows differ in every voxel near their borders.
      assertTrue(largest < 1e-3 * (maximum - minimum), largest + " of " + (maximum - minimum));
    }
  }

  @Test
  void blocksAreFewerThanTheGridNeedsAndHalfPrecisionTakesHalf() {
    var deep = new GridSize(512, 512, 1000);
    var manifest =
        new NetworkFixture()
            .output(Activation.SOFTMAX, 21)
            .sliding(List.of(128, 128, 128), 0.5, Placement.NNUNET, List.of())
            .manifest();
    WindowPlan plan = WindowPlan.of(deep, manifest);
    BlendPlan full = BlendPlan.of(manifest, deep, plan, 1, Long.MAX_VALUE);
    BlendPlan halved = BlendPlan.of(manifest, deep, plan, 1, 1L << 30);
    long perSlice = 512L * 512 * (21 + 1) * Float.BYTES;
    assertTrue(full.bytes() < 155 * perSlice, full.bytes() + " bytes");
    assertTrue(halved.halved() && !full.halved());
    assertTrue(halved.bytes() < 0.6 * full.bytes(), halved.bytes() + " bytes");
  }

  @Test
  void whatTheSinkThrowsEndsTheRunAndComesThrough() {
    var failure = new IllegalStateException("the sink is full");
    NetworkInput input = NetworkFixture.noise(SIZE, 1, 8);
    try (LoadedNetwork network = sliding().shape(3, 1).open(folder)) {
      List<Integer> taken = new ArrayList<>();
      Throwable thrown =
          assertThrows(
              IllegalStateException.class,
              () ->
                  network.run(
                      input,
                      slab -> {
                        taken.add(slab.firstSlice());
                        throw failure;
                      }));
      assertSame(failure, thrown);
      assertEquals(List.of(0), taken);
      network.run(input, new Slabs(SIZE, 3));
    }
  }

  private NetworkFixture sliding() {
    return new NetworkFixture()
        .graph(NETWORK.graph())
        .output(Activation.SOFTMAX, 3)
        .sliding(List.of(10, 9, 8), 0.5, Placement.MONAI, List.of());
  }

  private NetworkOutput whole(NetworkFixture fixture, NetworkInput input) {
    try (LoadedNetwork network = fixture.open(folder)) {
      return network.run(input);
    }
  }

  private void assertPlain(NetworkFixture fixture, NetworkInput input, double tolerance) {
    PlainBlending plain = PlainBlending.of(fixture.manifest(), input, List.of(NETWORK));
    NetworkOutput output = whole(fixture.shape(2, 1), input);
    for (int channel = 0; channel < 3; channel++) {
      for (int at = 0; at < input.grid().size().voxels(); at++) {
        assertEquals(plain.value(channel, at), output.channel(channel)[at], tolerance);
      }
    }
  }
}

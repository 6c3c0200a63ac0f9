package org.firstpass.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.firstpass.geometry.GridSize;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.ModelPackage;
import org.firstpass.model.WindowSpec;
import org.firstpass.training.ShippedPackage;
import org.junit.jupiter.api.Test;

final class WindowDrawTest {
  private static final GridSize SIZE = new GridSize(40, 36, 32);
  private static final GridSize WINDOW = new GridSize(16, 12, 8);

  /** A box of channel 1 that is not in the middle; each value is the channel. */
  private final TrainingCase box = box(10, 15);

  @Test
  void theSameSeedDrawsTheSameWindowAndAnotherAnother() {
    var draw = new WindowDraw(WINDOW, 0, List.of(0, 1, 2));
    for (int seed = 0; seed < 20; seed++) {
      assertArrayEquals(values(draw, seed), values(draw, seed));
    }
    long different =
        IntStream.range(0, 20).map(seed -> Arrays.hashCode(values(draw, seed))).distinct().count();
    assertTrue(different > 4, different + " of 20 windows are different");
  }

  @Test
  void labelsMoveWithTheValues() {
    var draw = new WindowDraw(WINDOW, 0, List.of(0, 2));
    int inside = 0;
    for (int seed = 0; seed < 60; seed++) {
      Window window = draw.from(box, new SplittableRandom(seed));
      for (int i = 0; i < window.values().length; i++) {
        // Where all voxels around have one channel, the nearest has it too.
        if (window.values()[i] == 0 || window.values()[i] == 1) {
          assertEquals(window.values()[i], window.channels()[i], 0);
          inside += window.channels()[i];
        }
      }
    }
    assertTrue(inside > 1000, "windows saw " + inside + " voxels of the box");
  }

  @Test
  void aSmallSegmentIsSeenFarMoreOftenThanByChance() {
    TrainingCase small = box(20, 21);
    var draw = new WindowDraw(new GridSize(8, 8, 8), 0, List.of());
    long seen =
        IntStream.range(0, 300)
            .filter(
                seed -> {
                  byte[] channels = draw.from(small, new SplittableRandom(seed)).channels();
                  return IntStream.range(0, channels.length).anyMatch(i -> channels[i] == 1);
                })
            .count();
    assertTrue(seen > 80, seen + " of 300 windows saw the segment");
  }

  @Test
  void whatIsOutsideTheCaseHasTheValueThatIsStated() {
    var draw = new WindowDraw(new GridSize(64, 64, 64), -7, List.of());
    Window window = draw.from(box, new SplittableRandom(1));
    assertEquals(-7, window.values()[0]);
    assertEquals(0, window.channels()[0]);
  }

  @Test
  void otherValuesComeOfTheSameSeedAndLabelsStay() {
    Window window = new WindowDraw(WINDOW, 0, List.of()).from(box, new SplittableRandom(3));
    int changed = 0;
    for (int seed = 0; seed < 20; seed++) {
      Window once = Augmentation.of(window, new SplittableRandom(seed));
      Window again = Augmentation.of(window, new SplittableRandom(seed));
      assertArrayEquals(once.values(), again.values());
      assertArrayEquals(window.channels(), once.channels());
      changed += Arrays.equals(window.values(), once.values()) ? 0 : 1;
    }
    assertTrue(changed > 8, changed + " of 20 were changed");
  }

  @Test
  void nothingIsMirroredFromLeftToRightWhereASegmentHasASide() {
    ModelManifest shipped = ModelPackage.load(ShippedPackage.folder()).manifest();
    assertEquals(List.of(), Laterality.mirrored(shipped), "it was not made for mirrored images");
    ModelManifest mirrored = withMirror(shipped);
    assertEquals(List.of(0, 1), Laterality.mirrored(mirrored), "kidneys have sides");
  }

  private static ModelManifest withMirror(ModelManifest of) {
    var windows = (WindowSpec.Sliding) of.windows();
    var mirrored =
        new WindowSpec.Sliding(
            windows.patch(),
            windows.overlap(),
            windows.blending(),
            null,
            windows.padding(),
            null,
            List.of(0, 1, 2),
            null,
            null);
    return new ModelManifest(
        of.format(),
        of.name(),
        of.version(),
        of.about(),
        of.accepts(),
        of.input(),
        mirrored,
        of.output(),
        of.labels(),
        of.files(),
        of.golden());
  }

  private float[] values(WindowDraw draw, long seed) {
    return draw.from(box, new SplittableRandom(seed)).values();
  }

  private static TrainingCase box(int from, int to) {
    var values = new float[SIZE.voxels()];
    var channels = new byte[values.length];
    for (int slice = from; slice < to; slice++) {
      for (int row = from; row < to; row++) {
        for (int column = from; column < to; column++) {
          channels[SIZE.index(column, row, slice)] = 1;
          values[SIZE.index(column, row, slice)] = 1;
        }
      }
    }
    var made = new TrainingCase(SIZE, new double[] {3, 1, 1.5}, values, channels, 2);
    assertFalse(made.places(1).length == 0);
    return made;
  }
}

package org.firstpass.refine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Balls in noise whose masks are wrong, and clicks where they are. */
final class GeodesicRefinerTest {
  private static final GridSize SIZE = new GridSize(64, 60, 40);
  private static final Spacing SPACING = new Spacing(0.8, 0.9, 1.5);
  private static final int INSIDE = 120;
  private static final int OUTSIDE = 40;

  private final Refiner refiner = new GeodesicRefiner();
  private final boolean[] truth = ball(32, 30, 20, 16);

  private interface Voxels {
    boolean has(int column, int row, int slice);
  }

  private static boolean[] voxels(Voxels voxels) {
    var all = new boolean[SIZE.voxels()];
    for (int at = 0; at < all.length; at++) {
      all[at] =
          voxels.has(
              at % SIZE.columns(), at / SIZE.columns() % SIZE.rows(), at / SIZE.voxelsPerSlice());
    }
    return all;
  }

  private static boolean[] ball(int column, int row, int slice, double mm) {
    return voxels(
        (c, r, s) -> {
          double across = (c - column) * SPACING.column();
          double down = (r - row) * SPACING.row();
          double along = (s - slice) * SPACING.slice();
          return across * across + down * down + along * along <= mm * mm;
        });
  }

  private Crop crop(boolean[] mask, double noise) {
    var random = new Random(7);
    var values = new short[SIZE.voxels()];
    var bytes = new byte[SIZE.voxels()];
    for (int at = 0; at < values.length; at++) {
      double clean = truth[at] ? INSIDE : OUTSIDE;
      values[at] = (short) Math.round(clean + noise * random.nextGaussian());
      bytes[at] = (byte) (mask[at] ? 1 : 0);
    }
    return new Crop(SIZE, SPACING, values, bytes);
  }

  private double dice(byte[] mask) {
    long both = 0;
    long sum = 0;
    for (int at = 0; at < mask.length; at++) {
      both += truth[at] && mask[at] == 1 ? 1 : 0;
      sum += (truth[at] ? 1 : 0) + mask[at];
    }
    return 2.0 * both / sum;
  }

  private static boolean[] without(boolean[] mask, boolean[] gone) {
    return voxels((c, r, s) -> mask[SIZE.index(c, r, s)] && !gone[SIZE.index(c, r, s)]);
  }

  private static boolean[] with(boolean[] mask, boolean[] more) {
    return voxels((c, r, s) -> mask[SIZE.index(c, r, s)] || more[SIZE.index(c, r, s)]);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 15, 30, 45})
  void aClickInWhatIsMissingAddsItAndLittleElse(int noise) {
    boolean[] missing = voxels((c, r, s) -> c > 38);
    Crop crop = crop(without(truth, missing), noise);
    double before = dice(crop.mask());
    double after = dice(refiner.refine(crop, List.of(new Prompt(45, 30, 20, true))));
    assertTrue(before < 0.87, "before " + before);
    assertTrue(after > 0.95, "after " + after);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 15, 30, 45})
  void aClickInWhatIsTooMuchTakesItAwayAndLittleElse(int noise) {
    Crop crop = crop(with(truth, ball(52, 30, 20, 8)), noise);
    double before = dice(crop.mask());
    double after = dice(refiner.refine(crop, List.of(new Prompt(57, 30, 20, false))));
    assertTrue(before < 0.97, "before " + before);
    assertTrue(after > 0.985, before + " became " + after);
  }

  @Test
  void eachClickOfARowOfCorrectionsMakesTheMaskBetter() {
    boolean[] wrong = with(without(truth, ball(22, 22, 14, 9)), ball(50, 34, 24, 7));
    List<Prompt> prompts = new ArrayList<>();
    byte[] mask = crop(wrong, 20).mask();
    double last = dice(mask);
    for (Prompt click : List.of(new Prompt(22, 22, 15, true), new Prompt(56, 34, 24, false))) {
      prompts.add(click);
      var now = new boolean[mask.length];
      for (int at = 0; at < now.length; at++) {
        now[at] = mask[at] == 1;
      }
      mask = refiner.refine(crop(now, 20), prompts);
      assertTrue(dice(mask) > last, last + " became " + dice(mask));
      last = dice(mask);
    }
    assertTrue(last > 0.97, "at the end " + last);
  }

  @Test
  void theClickedVoxelIsAsTheReaderSaidAndTheSameClicksGiveTheSameMask() {
    Crop crop = crop(truth, 30);
    List<Prompt> prompts = List.of(new Prompt(5, 5, 5, true), new Prompt(32, 30, 20, false));
    byte[] once = refiner.refine(crop, prompts);
    assertEquals(1, once[SIZE.index(5, 5, 5)]);
    assertEquals(0, once[SIZE.index(32, 30, 20)]);
    assertArrayEquals(once, refiner.refine(crop, prompts));
  }

  @Test
  void aMaskIsBegunByOneClickWhereThereIsNone() {
    Crop crop = crop(new boolean[SIZE.voxels()], 20);
    double after = dice(refiner.refine(crop, List.of(new Prompt(30, 28, 21, true))));
    assertTrue(after > 0.88, "after " + after);
  }

  @Test
  void aSegmentThatTheImageEndsInIsFollowedToItsBorderAndNotToWhereTheCropIsCut() {
    var values = new short[SIZE.voxels()];
    boolean[] tube = voxels((c, r, s) -> Math.hypot(c - 32, r - 30) < 12);
    for (int at = 0; at < values.length; at++) {
      values[at] = (short) (tube[at] ? INSIDE : OUTSIDE);
    }
    List<Prompt> click = List.of(new Prompt(32, 30, 20, true));
    var nothing = new byte[SIZE.voxels()];
    var whole = new Crop(SIZE, SPACING, values, nothing, Set.of());
    var cut = new Crop(SIZE, SPACING, values, nothing);
    assertEquals(1, refiner.refine(whole, click)[SIZE.index(32, 30, 0)]);
    assertEquals(0, refiner.refine(cut, click)[SIZE.index(32, 30, 0)]);
    assertEquals(1, refiner.refine(cut, click)[SIZE.index(32, 30, 12)]);
  }
}

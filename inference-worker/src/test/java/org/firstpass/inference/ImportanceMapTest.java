package org.firstpass.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.firstpass.geometry.GridSize;
import org.firstpass.model.WindowSpec.Blending;
import org.firstpass.model.WindowSpec.Placement;
import org.firstpass.model.WindowSpec.Sliding;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Weights of MONAI by hand; those of nnU-Net from SciPy 1.17.1 and NumPy 2.4.6:
 *
 * <pre>
 * map = zeros(size); map[tuple(n // 2 for n in size)] = 1
 * map = gaussian_filter(map, [n / 8 for n in size], 0, mode='constant', cval=0)
 * map = (map / map.max() * 10).astype(float16); map[map == 0] = map[map != 0].min()
 * </pre>
 */
final class ImportanceMapTest {
  @Test
  void monaisIsAGaussianWithAFloor() {
    float[] map = map(new GridSize(5, 1, 1), Blending.GAUSSIAN, 0.125, Placement.MONAI);
    // sigma 0.625: exp(-1 / 0.78125), and exp(-4 / 0.78125) = 0.00597 stays above the floor.
    assertArrayEquals(new float[] {0.005976f, 0.278037f, 1, 0.278037f, 0.005976f}, map, 1e-5f);
    assertEquals(1e-3f, map(new GridSize(5, 1, 1), Blending.GAUSSIAN, 0.05, null)[0]);
  }

  @Test
  void windowsThatCountAlikeHaveOnes() {
    for (Placement placement : Placement.values()) {
      float[] map = map(new GridSize(2, 2, 1), Blending.CONSTANT, null, placement);
      assertArrayEquals(new float[] {1, 1, 1, 1}, map);
    }
  }

  @Test
  void nnUnetsIsABlurredImpulseInHalfPrecision() {
    float[] expected = {
      2.980232238769531e-07f,
      5.960464477539062e-07f,
      8.225440979003906e-06f,
      2.002716064453125e-05f,
      8.225440979003906e-06f,
      5.960464477539062e-07f,
      2.980232238769531e-07f,
      2.664327621459961e-05f,
      0.0003833770751953125f,
      0.0009326934814453125f,
      0.0003833770751953125f,
      2.664327621459961e-05f,
      1.1324882507324219e-06f,
      9.584426879882812e-05f,
      0.0013790130615234375f,
      0.0033550262451171875f,
      0.0013790130615234375f,
      9.584426879882812e-05f,
      2.980232238769531e-07f,
      2.664327621459961e-05f,
      0.0003833770751953125f,
      0.0009326934814453125f,
      0.0003833770751953125f,
      2.664327621459961e-05f,
      2.980232238769531e-07f,
      5.960464477539062e-07f,
      8.225440979003906e-06f,
      2.002716064453125e-05f,
      8.225440979003906e-06f,
      5.960464477539062e-07f,
      2.002716064453125e-05f,
      0.0017070770263671875f,
      0.024566650390625f,
      0.05975341796875f,
      0.024566650390625f,
      0.0017070770263671875f,
      0.0009326934814453125f,
      0.07940673828125f,
      1.142578125f,
      2.78125f,
      1.142578125f,
      0.07940673828125f,
      0.0033550262451171875f,
      0.28564453125f,
      4.109375f,
      10f,
      4.109375f,
      0.28564453125f,
      0.0009326934814453125f,
      0.07940673828125f,
      1.142578125f,
      2.78125f,
      1.142578125f,
      0.07940673828125f,
      2.002716064453125e-05f,
      0.0017070770263671875f,
      0.024566650390625f,
      0.05975341796875f,
      0.024566650390625f,
      0.0017070770263671875f
    };
    assertArrayEquals(expected, nnUnets(new GridSize(6, 5, 2)));
  }

  @Test
  void nnUnetsHasNoZeros() {
    var size = new GridSize(64, 64, 16);
    float[] map = nnUnets(size);
    float smallest = 5.960464477539063e-08f;
    float[] corner = {smallest, smallest, smallest, smallest, smallest};
    assertArrayEquals(corner, Arrays.copyOf(map, 5));
    int middle = size.index(0, 32, 8);
    float[] line = {
      0.0033550262451171875f, 0.005489349365234375f, 0.0088348388671875f, 0.01401519775390625f,
      0.021881103515625f, 0.03363037109375f, 0.050872802734375f, 0.07574462890625f,
      0.111083984375f
    };
    assertArrayEquals(line, Arrays.copyOfRange(map, middle, middle + 9));
    assertEquals(0.08648681640625f, map[size.index(40, 20, 3)]);
    double sum = 0;
    for (float weight : map) {
      sum += weight;
    }
    assertEquals(20155.327207922935, sum, 1e-6);
  }

  private static float[] nnUnets(GridSize size) {
    return map(size, Blending.GAUSSIAN, null, Placement.NNUNET);
  }

  private static float[] map(
      GridSize size,
      Blending blending,
      @Nullable Double sigmaScale,
      @Nullable Placement placement) {
    List<Integer> patch = List.of(size.slices(), size.rows(), size.columns());
    return ImportanceMap.of(
        size, new Sliding(patch, 0.5, blending, sigmaScale, 0, placement, List.of(), null, null));
  }
}

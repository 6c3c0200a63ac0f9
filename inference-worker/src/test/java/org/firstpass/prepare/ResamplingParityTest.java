package org.firstpass.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.firstpass.geometry.GridSize;
import org.firstpass.model.NpyArray;
import org.firstpass.sample.SharedData;
import org.firstpass.volume.Resampling;
import org.firstpass.volume.ResamplingRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Resizing gives what torch, scikit-image and scipy give, border included. */
final class ResamplingParityTest {
  private static final double TOLERANCE = 1e-4;

  @ParameterizedTest
  @CsvSource({
    "resample_torch_linear_halfpixel, HALF_VOXEL",
    "resample_torch_linear_corners, CORNERS",
    "resample_skimage1_edge, HALF_VOXEL",
    "resample_scipy_affine1_nearest, FIRST_VOXEL",
  })
  void linearInterpolationAgrees(String reference, ResamplingRule rule) throws IOException {
    assertAgrees(Resampling::linear, reference, rule);
  }

  @ParameterizedTest
  @CsvSource({
    "resample_skimage3_edge, HALF_VOXEL",
    "resample_scipy_affine3_nearest, FIRST_VOXEL",
  })
  void cubicInterpolationAgrees(String reference, ResamplingRule rule) throws IOException {
    assertAgrees(Resampling::cubic, reference, rule);
  }

  private interface Resized {
    float[] of(float[] values, GridSize from, GridSize to, ResamplingRule rule);
  }

  /** Everywhere: within the border the libraries repeat the outermost voxel as we do. */
  private static void assertAgrees(Resized resized, String reference, ResamplingRule rule)
      throws IOException {
    NpyArray input = NpyArray.read(SharedData.parity("resample_in.npy.gz"));
    NpyArray expected = NpyArray.read(SharedData.parity(reference + ".npy.gz"));
    float[] found = resized.of(input.values(), size(input), size(expected), rule);
    double range = range(expected.values());
    double largest = 0;
    for (int i = 0; i < found.length; i++) {
      largest = Math.max(largest, Math.abs(found[i] - expected.values()[i]) / range);
    }
    assertTrue(largest <= TOLERANCE, reference + " differs by " + largest + " of the range");
  }

  @Test
  void nearestLabelsAgree() throws IOException {
    NpyArray input = NpyArray.read(SharedData.parity("resample_labels_in.npy.gz"));
    NpyArray expected = NpyArray.read(SharedData.parity("resample_labels_nearest_scipy.npy.gz"));
    var labels = new short[input.values().length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (short) input.values()[i];
    }
    short[] found =
        Resampling.nearest(labels, size(input), size(expected), ResamplingRule.FIRST_VOXEL);
    int different = 0;
    for (int i = 0; i < found.length; i++) {
      different += found[i] == expected.values()[i] ? 0 : 1;
    }
    assertEquals(0, different, "voxels differ of " + found.length);
  }

  private static GridSize size(NpyArray array) {
    return new GridSize(array.shape().get(2), array.shape().get(1), array.shape().get(0));
  }

  private static double range(float[] values) {
    float minimum = Float.POSITIVE_INFINITY;
    float maximum = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      minimum = Math.min(minimum, value);
      maximum = Math.max(maximum, value);
    }
    return maximum - minimum;
  }
}

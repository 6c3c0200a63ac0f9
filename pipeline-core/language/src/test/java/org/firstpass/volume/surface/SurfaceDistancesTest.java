package org.firstpass.volume.surface;

import static org.firstpass.volume.surface.MadeSegments.ALL;
import static org.firstpass.volume.surface.MadeSegments.LABEL;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The numbers are scipy 1.17.1's and numpy 2.4.6's: {@code percentile} of the distances of either
 * direction, the larger of both; distances as in {@link SurfaceAgreementTest}.
 */
class SurfaceDistancesTest {
  private static final double CLOSE = 1e-12;

  @ParameterizedTest
  @CsvSource({"50, 0.7", "95, 2.5", "98.7, 12.746225558709963", "100, 15.7165517846632"})
  void aPercentileIsTheLargerOfBothDirections(double percent, double mm) {
    SurfaceDistances found = distances(MadeSegments::ellipsoid, MadeSegments::corrected);
    assertEquals(mm, found.hausdorffMm(percent), CLOSE);
    SurfaceDistances swapped = distances(MadeSegments::corrected, MadeSegments::ellipsoid);
    assertEquals(mm, swapped.hausdorffMm(percent), CLOSE);
  }

  @Test
  void sameSurfacesAreNowhereApartAndNothingIsEndlesslyFarFromSomething() {
    assertEquals(
        0, distances(MadeSegments::corrected, MadeSegments::corrected).hausdorffMm(100), 0);
    assertEquals(0, distances(MadeSegments::nothing, MadeSegments::nothing).hausdorffMm(95), 0);
    assertEquals(
        Double.POSITIVE_INFINITY,
        distances(MadeSegments::nothing, MadeSegments::ellipsoid).hausdorffMm(95));
    assertEquals(
        Double.POSITIVE_INFINITY,
        distances(MadeSegments::ellipsoid, MadeSegments::nothing).hausdorffMm(0));
  }

  private static SurfaceDistances distances(MadeSegments.Formula a, MadeSegments.Formula b) {
    return SurfaceDistances.of(MadeSegments.map(a), MadeSegments.map(b), LABEL, ALL);
  }
}

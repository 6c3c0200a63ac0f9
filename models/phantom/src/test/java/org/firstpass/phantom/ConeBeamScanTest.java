package org.firstpass.phantom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.firstpass.volume.Volume;
import org.junit.jupiter.api.Test;

class ConeBeamScanTest {
  private static final PhantomSpec SPEC = PhantomSpec.drawn(3, 64);

  @Test
  void theSameSeedGivesTheSameValuesAndAnotherOneOthers() {
    Phantom phantom = Phantom.of(SPEC);
    Volume once = ConeBeamScan.of(phantom, 1);
    assertTrue(same(once, ConeBeamScan.of(phantom, 1)));
    assertFalse(same(once, ConeBeamScan.of(phantom, 2)));
    assertEquals(phantom.volume().geometry(), once.geometry());
  }

  @Test
  void organsAreDarkerThanTheyAreAndAirStaysAir() {
    Phantom phantom = Phantom.of(SPEC);
    Volume seen = ConeBeamScan.of(phantom, 1);
    double liver = mean(phantom, seen, AbdomenSchema.LIVER);
    double lungs = mean(phantom, seen, AbdomenSchema.LUNGS);
    assertTrue(
        liver < mean(phantom, phantom.volume(), AbdomenSchema.LIVER) - 150, "liver " + liver);
    assertTrue(lungs > -900 && lungs < -700, "lungs " + lungs);
  }

  private static boolean same(Volume one, Volume other) {
    for (int i = 0; i < one.geometry().size().voxels(); i++) {
      if (one.valueAt(i) != other.valueAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static double mean(Phantom phantom, Volume of, int label) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < of.geometry().size().voxels(); i++) {
      if (phantom.truth().labelAt(i) == label) {
        sum += of.valueAt(i);
        count++;
      }
    }
    return sum / count;
  }
}

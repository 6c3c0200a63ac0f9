package org.firstpass.phantom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Orientation;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.geometry.VoxelPosition;
import org.firstpass.study.Sha256;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.LabelMapCodec;
import org.firstpass.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PhantomTest {
  private static final int COARSE = 64;

  private static PhantomSpec plain(long seed) {
    return new PhantomSpec(
        seed, new GridSize(96, 72, 60), new Spacing(4.5, 4.5, 5), new Orientation("SPL"), 0, 0);
  }

  @Test
  void theSameSpecGivesTheSameBytes() {
    PhantomSpec spec = PhantomSpec.drawn(7, COARSE);
    Phantom once = Phantom.of(spec);
    Phantom again = Phantom.of(spec);
    assertEquals(digest(once.volume()), digest(again.volume()));
    assertTrue(once.truth().contentEquals(again.truth()));
  }

  @Test
  void aKnownSeedGivesTheKnownBytesOnEveryMachine() {
    Phantom phantom = Phantom.of(plain(1).withOrientation(new Orientation("IPL"), 7));
    assertEquals(
        "c34263b55fad973e220206d2d7c1e3cc4ce6fe501b2a328b9d7040a009175cfb",
        digest(phantom.volume()));
    assertEquals(
        "682865735708a1aecb3ab2a1ba2fe7ce5452a1ae91a069b0e725205d9dd3256e",
        Sha256.of(LabelMapCodec.encode(phantom.truth())).toString());
  }

  @Test
  void anotherSeedIsAnotherBody() {
    Phantom one = Phantom.of(plain(1));
    Phantom other = Phantom.of(plain(2));
    assertNotEquals(digest(one.volume()), digest(other.volume()));
    assertFalse(one.truth().contentEquals(other.truth()));
  }

  @ParameterizedTest
  @CsvSource({"SPL,0", "IPL,0", "SAR,-6", "PIL,0", "LIP,12", "IPL,-9"})
  void organsLieOnTheirSideOfThePatient(String orientation, double oblique) {
    PhantomSpec spec =
        plain(11)
            .withSize(new GridSize(80, 80, 80))
            .withSpacing(new Spacing(5, 4.5, 5.5))
            .withOrientation(new Orientation(orientation), oblique);
    LabelMap truth = Phantom.of(spec).truth();
    Vector3 spine = centroid(truth, AbdomenSchema.VERTEBRAE);
    Vector3 liver = centroid(truth, AbdomenSchema.LIVER);
    Vector3 spleen = centroid(truth, AbdomenSchema.SPLEEN);
    Vector3 left = centroid(truth, AbdomenSchema.LEFT_KIDNEY);
    Vector3 right = centroid(truth, AbdomenSchema.RIGHT_KIDNEY);
    Vector3 lungs = centroid(truth, AbdomenSchema.LUNGS);
    // LPS: x grows to the left, y to the back, z to the head.
    assertTrue(liver.x() < spine.x() - 25, "liver at " + liver + ", spine at " + spine);
    assertTrue(spleen.x() > spine.x() + 50, "spleen at " + spleen);
    assertTrue(left.x() > spine.x() + 40, "left kidney at " + left);
    assertTrue(right.x() < spine.x() - 40, "right kidney at " + right);
    assertTrue(liver.y() < left.y() && left.y() < spine.y(), "front to back: " + liver + left);
    assertTrue(lungs.z() > liver.z() + 40 && liver.z() > right.z() + 20, "head to feet");
  }

  @Test
  void theSameBodyLiesAtTheSamePlaceOnAnObliqueAnisotropicGrid() {
    PhantomSpec spec = plain(5);
    Phantom straight = Phantom.of(spec);
    GridGeometry oblique =
        Phantom.gridOf(
            spec.withOrientation(new Orientation("LIP"), 14)
                .withSize(new GridSize(70, 90, 80))
                .withSpacing(new Spacing(4, 3.5, 6)));
    LabelMap turned = Phantom.of(spec, oblique).truth();
    for (int label = 1; label <= 6; label++) {
      double dice = diceByPosition(turned, straight.truth(), label);
      assertTrue(dice > 0.8, "label " + label + " has Dice " + dice);
      Vector3 shift = centroid(turned, label).minus(centroid(straight.truth(), label));
      // Lungs and vertebrae are cut off by the field of view, so their middles may differ.
      assertTrue(label > 4 || shift.length() < 1, "label " + label + " moved by " + shift);
    }
  }

  @Test
  void aGridOfAnotherPatientSpaceIsRefused() {
    GridGeometry other = Phantom.gridOf(plain(2));
    var refusal = assertThrows(IllegalArgumentException.class, () -> Phantom.of(plain(1), other));
    assertTrue(refusal.getMessage().contains("frame of reference"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void tissuesHaveRealisticHounsfieldValues(long seed) {
    Phantom phantom = Phantom.of(PhantomSpec.drawn(seed, COARSE));
    double liver = mean(phantom, AbdomenSchema.LIVER);
    double spleen = mean(phantom, AbdomenSchema.SPLEEN);
    double kidney = mean(phantom, AbdomenSchema.LEFT_KIDNEY);
    assertTrue(liver > 0 && liver < 135, "liver " + liver);
    assertTrue(spleen > 25 && spleen < 140, "spleen " + spleen);
    assertTrue(kidney > 10 && kidney < 190, "kidney " + kidney);
    double lungs = mean(phantom, AbdomenSchema.LUNGS);
    assertTrue(lungs > -900 && lungs < -650, "lungs " + lungs);
    double bone = mean(phantom, AbdomenSchema.VERTEBRAE);
    assertTrue(bone > 100 && bone < 420, "vertebrae " + bone);
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24, 25, 26, 27, 28})
  void everyLabelIsThereInAnAmountThatABodyHas(long seed) {
    LabelMap truth = Phantom.of(PhantomSpec.drawn(seed, COARSE)).truth();
    long[] voxels = truth.histogram();
    assertEquals(7, voxels.length);
    double[] least = {0, 500, 60, 40, 40, 200, 80};
    double[] most = {Double.MAX_VALUE, 3000, 1000, 350, 350, 6000, 600};
    for (int label = 1; label <= 6; label++) {
      double millilitres = voxels[label] * truth.geometry().voxelVolumeMm3() / 1000;
      assertTrue(
          millilitres > least[label] && millilitres < most[label],
          "label " + label + " has " + millilitres + " ml");
    }
  }

  @Test
  void aVoxelThatTheSkinCutsHasAShareOfAirAndFat() {
    Volume volume = Phantom.of(plain(3)).volume();
    GridSize size = volume.geometry().size();
    int slice = size.slices() / 2;
    int between = 0;
    for (int row = 0; row < size.rows() / 3; row++) {
      for (int column = size.columns() / 3; column < 2 * size.columns() / 3; column++) {
        float value = volume.valueAt(column, row, slice);
        between += value > -900 && value < -250 ? 1 : 0;
      }
    }
    assertTrue(between > 10, between + " voxels between air and fat");
  }

  @Test
  void difficultyBringsNoise() {
    double plain = deviation(Phantom.of(plain(4)));
    double hard = deviation(Phantom.of(plain(4).withDifficulty(1)));
    assertTrue(hard > plain * 1.4, plain + " and " + hard + " HU");
  }

  @Test
  void valuesAreWholeAndInARangeThatTwelveBitsHold() {
    Volume volume = Phantom.of(PhantomSpec.drawn(9, COARSE)).volume();
    for (int i = 0; i < volume.geometry().size().voxels(); i++) {
      float value = volume.valueAt(i);
      assertTrue(value == Math.rint(value) && value >= -1024 && value <= 3071, "value " + value);
    }
  }

  @Test
  void aSpecOutOfRangeIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> plain(1).withDifficulty(1.01));
    assertThrows(IllegalArgumentException.class, () -> plain(1).withDifficulty(Double.NaN));
    assertThrows(
        IllegalArgumentException.class, () -> plain(1).withOrientation(new Orientation("SPL"), 31));
    assertThrows(IllegalArgumentException.class, () -> PhantomSpec.drawn(1, 16));
  }

  private static String digest(Volume volume) {
    ByteBuffer bytes = ByteBuffer.allocate(volume.geometry().size().voxels() * Float.BYTES);
    for (int i = 0; i < volume.geometry().size().voxels(); i++) {
      bytes.putFloat(volume.valueAt(i));
    }
    return Sha256.of(bytes.array()).toString();
  }

  private static Vector3 centroid(LabelMap map, int label) {
    GridSize size = map.geometry().size();
    Vector3 sum = new Vector3(0, 0, 0);
    int count = 0;
    for (int slice = 0; slice < size.slices(); slice++) {
      for (int row = 0; row < size.rows(); row++) {
        for (int column = 0; column < size.columns(); column++) {
          if (map.labelAt(column, row, slice) == label) {
            sum = sum.plus(map.geometry().toPatient(column, row, slice));
            count++;
          }
        }
      }
    }
    return sum.times(1.0 / count);
  }

  /** Over the voxels of the first map that lie within the second. */
  private static double diceByPosition(LabelMap map, LabelMap other, int label) {
    GridSize size = map.geometry().size();
    int both = 0;
    int either = 0;
    for (int slice = 0; slice < size.slices(); slice++) {
      for (int row = 0; row < size.rows(); row++) {
        for (int column = 0; column < size.columns(); column++) {
          VoxelPosition at = other.geometry().toIndex(map.geometry().toPatient(column, row, slice));
          int c = (int) Math.round(at.column());
          int r = (int) Math.round(at.row());
          int s = (int) Math.round(at.slice());
          if (other.geometry().size().contains(c, r, s)) {
            boolean here = map.labelAt(column, row, slice) == label;
            boolean there = other.labelAt(c, r, s) == label;
            both += here && there ? 2 : 0;
            either += (here ? 1 : 0) + (there ? 1 : 0);
          }
        }
      }
    }
    return (double) both / either;
  }

  private static double mean(Phantom phantom, int label) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < phantom.truth().geometry().size().voxels(); i++) {
      if (phantom.truth().labelAt(i) == label) {
        sum += phantom.volume().valueAt(i);
        count++;
      }
    }
    return sum / count;
  }

  /** In the liver, of neighbouring voxels against each other: noise and not shape. */
  private static double deviation(Phantom phantom) {
    double squares = 0;
    int count = 0;
    int voxels = phantom.truth().geometry().size().voxels();
    for (int i = 3; i < voxels; i++) {
      if (phantom.truth().labelAt(i) == AbdomenSchema.LIVER
          && phantom.truth().labelAt(i - 3) == AbdomenSchema.LIVER) {
        double difference = phantom.volume().valueAt(i) - phantom.volume().valueAt(i - 3);
        squares += difference * difference;
        count++;
      }
    }
    return Math.sqrt(squares / count);
  }
}

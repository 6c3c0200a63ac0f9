package org.firstpass.dataset.split;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.firstpass.database.Database;
import org.firstpass.geometry.Axes;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.study.FrameOfReferenceUid;
import org.firstpass.study.PatientKey;
import org.firstpass.study.Sha256;
import org.firstpass.testing.TestPostgres;
import org.firstpass.volume.Volume;
import org.junit.jupiter.api.Test;

/** One body imaged in many ways is one, and many bodies are many. */
class ImageFingerprintTest {
  private static final GridGeometry USUAL =
      grid(new GridSize(120, 110, 60), new Vector3(-151, -140, -200), new Spacing(2.5, 2.5, 4));

  private static final Body BODY = new Body(1);

  /** A trunk with organs, as a function of the place in patient space, in HU. */
  private static final class Body {
    private static final int ORGANS = 14;

    private final double[] width;
    private final double[][] organs = new double[ORGANS][];

    Body(long seed) {
      var random = new Random(seed);
      this.width = new double[] {120 + 25 * random.nextDouble(), 90 + 20 * random.nextDouble()};
      for (int i = 0; i < ORGANS; i++) {
        organs[i] =
            new double[] {
              180 * random.nextDouble() - 90,
              120 * random.nextDouble() - 60,
              220 * random.nextDouble() - 190,
              15 + 35 * random.nextDouble(),
              i % 3 == 0 ? -850 : 20 + 250 * random.nextDouble()
            };
      }
    }

    double at(double x, double y, double z) {
      if (x * x / width[0] / width[0] + y * y / width[1] / width[1] > 1) {
        return -1000;
      }
      double value = 40;
      for (double[] organ : organs) {
        double dx = x - organ[0];
        double dy = y - organ[1];
        double dz = z - organ[2];
        if (dx * dx + dy * dy + dz * dz < organ[3] * organ[3]) {
          value = organ[4];
        }
      }
      return value;
    }

    Volume on(GridGeometry grid) {
      GridSize size = grid.size();
      var values = new float[size.voxels()];
      int voxel = 0;
      for (int slice = 0; slice < size.slices(); slice++) {
        for (int row = 0; row < size.rows(); row++) {
          for (int column = 0; column < size.columns(); column++) {
            Vector3 place = grid.toPatient(column, row, slice);
            values[voxel++] = (float) at(place.x(), place.y(), place.z());
          }
        }
      }
      return Volume.ofValues(grid, values);
    }
  }

  private static GridGeometry grid(GridSize size, Vector3 position, Spacing spacing) {
    return new GridGeometry(
        new FrameOfReferenceUid("1.2.3"),
        size,
        position,
        Axes.ofPlane(new Vector3(1, 0, 0), new Vector3(0, 1, 0)),
        spacing);
  }

  private static ImageFingerprint of(Volume volume) {
    return ImageFingerprint.of(volume).orElseThrow();
  }

  private static void assertAlike(Volume other) {
    ImageFingerprint one = of(BODY.on(USUAL));
    assertTrue(one.isAlike(of(other)));
    assertTrue(of(other).isAlike(one));
    assertTrue(one.coarser().isAlike(of(other).coarser()), "the first look lets it through");
  }

  @Test
  void anotherGridOverTheSameBodyIsAlike() {
    assertAlike(
        BODY.on(
            grid(
                new GridSize(97, 89, 43),
                new Vector3(-150, -138, -199),
                new Spacing(3.1, 3.1, 5.5))));
  }

  @Test
  void aCropIsAlikeAndAScrapIsNot() {
    assertAlike(
        BODY.on(
            grid(
                new GridSize(108, 98, 57),
                new Vector3(-136, -125, -196),
                new Spacing(2.5, 2.5, 4))));
    Volume scrap =
        BODY.on(grid(new GridSize(30, 30, 15), new Vector3(0, 0, 0), new Spacing(2.5, 2.5, 4)));
    assertFalse(of(BODY.on(USUAL)).isAlike(of(scrap)));
  }

  @Test
  void slicesThatRunAnotherWayAreAlike() {
    Axes sagittal = Axes.ofPlane(new Vector3(0, 1, 0), new Vector3(0, 0, -1));
    assertAlike(
        BODY.on(
            new GridGeometry(
                new FrameOfReferenceUid("1.2.4"),
                new GridSize(110, 80, 75),
                new Vector3(149, -140, 36),
                sagittal,
                new Spacing(2.5, 3, 4))));
  }

  @Test
  void aNoisyOrRescaledOrSmoothedImageIsAlike() {
    Volume plain = BODY.on(USUAL);
    var random = new Random(5);
    var noisy = new float[USUAL.size().voxels()];
    var smooth = new float[noisy.length];
    int columns = USUAL.size().columns();
    for (int i = 0; i < noisy.length; i++) {
      noisy[i] = (float) (0.4 * plain.valueAt(i) + 17 + 30 * random.nextGaussian());
      double sum = 0;
      for (int step = -2; step <= 2; step++) {
        sum += plain.valueAt(Math.floorMod(i + step, noisy.length));
        sum += plain.valueAt(Math.floorMod(i + step * columns, noisy.length));
      }
      smooth[i] = (float) (sum / 10);
    }
    assertAlike(Volume.ofValues(USUAL, noisy));
    assertAlike(Volume.ofValues(USUAL, smooth));
  }

  @Test
  void fortyBodiesInTheSamePlaceAreFortyAndOneThatMovedIsAnotherImage() {
    List<ImageFingerprint> bodies = new ArrayList<>();
    for (int seed = 1; seed <= 40; seed++) {
      bodies.add(of(new Body(seed).on(USUAL)));
    }
    for (int one = 0; one < bodies.size(); one++) {
      for (int other = one + 1; other < bodies.size(); other++) {
        assertFalse(bodies.get(one).isAlike(bodies.get(other)), one + " and " + other);
      }
    }
    Volume moved =
        Volume.ofValues(
            grid(USUAL.size(), USUAL.position().plus(new Vector3(9, 0, 0)), USUAL.spacing()),
            values(BODY.on(USUAL)));
    assertFalse(bodies.get(0).isAlike(of(moved)));
  }

  @Test
  void nothingIsAlikeThatIsTheSameEverywhere() {
    ImageFingerprint empty = of(Volume.ofValues(USUAL, new float[USUAL.size().voxels()]));
    assertFalse(empty.isAlike(empty));
  }

  @Test
  void whatWasStoredIsWhatItWas() {
    ImageFingerprint one = of(BODY.on(USUAL));
    ImageFingerprint again = ImageFingerprint.read(one.bytes());
    assertTrue(again.isAlike(one));
    assertEquals(one.toString(), again.toString());
  }

  @Test
  void aPatientUnderWhomAnImageComesAgainOnAnotherGridFollowsTheFirstOne() {
    var first = new PatientKey("first");
    var second = new PatientKey("second");
    var third = new PatientKey("third");
    GridGeometry other =
        grid(new GridSize(97, 89, 43), new Vector3(-150, -138, -199), new Spacing(3.1, 3.1, 5.5));
    try (Database database = TestPostgres.database()) {
      var ledger = new SplitLedger(database);
      var images = new ImageLedger(database);
      images.note(List.of(seen(first, 1, BODY.on(USUAL))));
      forgetFingerprints(database);
      assertFalse(images.knows(first, revision(1)), "noted by a version that made none");
      images.note(List.of(seen(first, 1, BODY.on(USUAL))));
      assertTrue(images.knows(first, revision(1)));
      images.note(List.of(seen(second, 2, BODY.on(other)), seen(third, 3, new Body(9).on(other))));
      var rule =
          new SplitRule(
              new DatasetSecret(new byte[DatasetSecret.MIN_BYTES]),
              new SplitProportions(34, 33, 33));
      Sides sides = ledger.decide(List.of(first, second, third), rule);
      assertEquals(first, sides.entry(second).person());
      assertEquals(third, sides.entry(third).person());
    }
  }

  private static void forgetFingerprints(Database database) {
    database.useTransaction(
        handle -> handle.execute("update dataset.image_signature set coarse = null, fine = null"));
  }

  private static Sha256 revision(int number) {
    return Sha256.of(new byte[] {(byte) number});
  }

  private static ImageLedger.Seen seen(PatientKey patient, int number, Volume volume) {
    return new ImageLedger.Seen(patient, revision(number), ImageSignature.of(volume));
  }

  private static float[] values(Volume volume) {
    var values = new float[volume.geometry().size().voxels()];
    volume.copyTo(0, values, 0, values.length);
    return values;
  }
}

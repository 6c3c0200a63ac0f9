package org.firstpass.dataset.split;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

class ImageLedgerTest {
  private static final GridSize SIZE = new GridSize(31, 23, 17);
  private static final PatientKey FIRST = new PatientKey("first");
  private static final PatientKey SECOND = new PatientKey("second");

  @Test
  void anImageWithNoiseUponItIsKnownAgainAndAnotherBodyIsNot() {
    ImageSignature one = ImageSignature.of(body(60, 0, 1));
    assertTrue(one.isAlike(one));
    assertTrue(one.isAlike(ImageSignature.of(body(60, 5, 2))), "noise of 5 HU");
    assertFalse(one.isAlike(ImageSignature.of(body(66, 0, 1))), "a body a tenth larger");
    assertFalse(one.isAlike(ImageSignature.of(shifted(body(60, 0, 1), 3))), "moved by 3 voxels");
  }

  @Test
  void aGridWithFewerVoxelsThanBlocksHasASignatureToo() {
    Volume small = Volume.ofValues(geometry(new GridSize(2, 1, 3)), new float[] {1, 2, 3, 4, 5, 6});
    Volume other = Volume.ofValues(geometry(new GridSize(2, 1, 3)), new float[] {1, 2, 3, 4, 6, 5});
    assertTrue(ImageSignature.of(small).isAlike(ImageSignature.of(small)));
    assertFalse(ImageSignature.of(small).isAlike(ImageSignature.of(other)));
  }

  @Test
  void thePatientUnderWhomAnImageComesAgainFollowsTheFirstOne() {
    try (Database database = TestPostgres.database()) {
      var ledger = new SplitLedger(database);
      var images = new ImageLedger(database);
      images.note(List.of(seen(FIRST, 1, body(60, 0, 1))));
      ledger.decide(List.of(FIRST), everybody(Split.TEST));

      images.note(List.of(seen(SECOND, 2, body(60, 5, 7)), seen(SECOND, 3, body(40, 5, 7))));
      Sides sides = ledger.decide(List.of(SECOND), everybody(Split.TRAINING));

      assertEquals(Split.TEST, sides.of(SECOND));
      assertEquals(FIRST, sides.entry(SECOND).person());
    }
  }

  @Test
  void patientsWithImagesOfTheirOwnStayApart() {
    try (Database database = TestPostgres.database()) {
      var ledger = new SplitLedger(database);
      var images = new ImageLedger(database);
      images.note(List.of(seen(FIRST, 1, body(60, 5, 1)), seen(SECOND, 2, body(50, 5, 2))));
      Sides sides = ledger.decide(List.of(FIRST, SECOND), everybody(Split.TEST));
      assertEquals(SECOND, sides.entry(SECOND).person());
    }
  }

  private static SplitRule everybody(Split split) {
    return new SplitRule(
        new DatasetSecret(new byte[DatasetSecret.MIN_BYTES]),
        split == Split.TEST ? new SplitProportions(0, 0, 100) : new SplitProportions(100, 0, 0));
  }

  private static ImageLedger.Seen seen(PatientKey patient, int number, Volume volume) {
    return new ImageLedger.Seen(
        patient, Sha256.of(new byte[] {(byte) number}), ImageSignature.of(volume));
  }

  /** A ball of water with a dense core in air. */
  private static Volume body(int radiusPercent, double noise, long seed) {
    var random = new Random(seed);
    var values = new float[SIZE.voxels()];
    for (int slice = 0; slice < SIZE.slices(); slice++) {
      for (int row = 0; row < SIZE.rows(); row++) {
        for (int column = 0; column < SIZE.columns(); column++) {
          double x = (2.0 * column / (SIZE.columns() - 1) - 1) / radiusPercent * 100;
          double y = (2.0 * row / (SIZE.rows() - 1) - 1) / radiusPercent * 100;
          double z = (2.0 * slice / (SIZE.slices() - 1) - 1) / radiusPercent * 100;
          double radius = Math.sqrt(x * x + y * y + z * z);
          double value = radius > 1 ? -1000 : radius < 0.3 ? 300 : 40;
          values[SIZE.index(column, row, slice)] = (float) (value + noise * random.nextGaussian());
        }
      }
    }
    return Volume.ofValues(geometry(SIZE), values);
  }

  private static Volume shifted(Volume volume, int columns) {
    var values = new float[SIZE.voxels()];
    for (int index = 0; index < values.length; index++) {
      values[index] = volume.valueAt((index + columns) % values.length);
    }
    return Volume.ofValues(volume.geometry(), values);
  }

  private static GridGeometry geometry(GridSize size) {
    return new GridGeometry(
        new FrameOfReferenceUid("1.2.3"),
        size,
        new Vector3(0, 0, 0),
        Axes.ofPlane(new Vector3(1, 0, 0), new Vector3(0, 1, 0)),
        new Spacing(1, 1, 1));
  }
}

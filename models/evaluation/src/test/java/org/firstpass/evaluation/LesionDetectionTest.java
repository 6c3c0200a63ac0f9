package org.firstpass.evaluation;

import static org.firstpass.evaluation.Drawn.LABEL;
import static org.firstpass.evaluation.Drawn.box;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.firstpass.evaluation.Drawn.Formula;
import org.junit.jupiter.api.Test;

/** Which lesions count as found. */
class LesionDetectionTest {
  private static final Formula FIRST = box(2, 2, 2, 6, 6, 4);
  private static final Formula SECOND = box(30, 2, 2, 6, 6, 4);
  private static final Formula THIRD = box(2, 30, 2, 6, 6, 4);

  @Test
  void eachLesionIsFoundByTheComponentThatLiesOnIt() {
    var found = detected(FIRST.or(SECOND).or(THIRD), box(3, 2, 2, 6, 6, 4).or(THIRD));
    assertEquals(new LesionDetection(3, 2, 2), found);
  }

  @Test
  void aComponentBesideEveryLesionIsFalse() {
    assertEquals(new LesionDetection(1, 2, 1), detected(FIRST, FIRST.or(box(40, 40, 20, 3, 3, 3))));
  }

  @Test
  void oneComponentOverTwoLesionsFindsOneOfThem() {
    Formula bridge = box(2, 2, 2, 34, 6, 4);
    assertEquals(new LesionDetection(2, 1, 1), detected(FIRST.or(SECOND), bridge));
  }

  @Test
  void aLesionInTwoPiecesIsFoundOnceAndTheOtherPieceIsFalse() {
    Formula pieces = box(2, 2, 2, 3, 6, 4).or(box(6, 2, 2, 2, 6, 4));
    assertEquals(new LesionDetection(1, 2, 1), detected(FIRST, pieces));
  }

  @Test
  void aTouchIsNotFindingAndTheThresholdItselfIs() {
    // 1 x 6 x 4 of 11 x 6 x 4 voxels are common.
    Formula touching = box(7, 2, 2, 6, 6, 4);
    assertEquals(new LesionDetection(1, 1, 0), detected(FIRST, touching));
    assertEquals(
        new LesionDetection(1, 1, 1),
        LesionDetection.of(Drawn.map(FIRST), Drawn.map(touching), LABEL, 1.0 / 11));
  }

  @Test
  void voxelsThatTouchByACornerAreOneLesion() {
    Formula corner = box(2, 2, 2, 2, 2, 2).or(box(4, 4, 4, 2, 2, 2));
    assertEquals(new LesionDetection(1, 1, 1), detected(corner, corner));
  }

  @Test
  void moreCannotBeFoundThanThereAre() {
    assertThrows(IllegalArgumentException.class, () -> new LesionDetection(2, 1, 2));
  }

  private static LesionDetection detected(Formula reference, Formula proposed) {
    return LesionDetection.of(Drawn.map(reference), Drawn.map(proposed), LABEL, 0.1);
  }
}

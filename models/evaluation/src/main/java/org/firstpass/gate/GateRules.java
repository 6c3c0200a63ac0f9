package org.firstpass.gate;

import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.firstpass.dataset.split.Split;

/**
 * What a candidate must show before it may take the place of the package that is served.
 *
 * <p>Differences are candidate minus served, of the same cases, with an interval by patient; that
 * of a rule has to lie on the good side of its margin as a whole. All rules must hold, so that no
 * correction for several tests is needed: more rules make a false yes rarer, not more frequent.
 *
 * @param sides whose cases count; never the training side
 * @param fewestPatients below which nothing is decided
 * @param diceMargin by how much Dice of a segment may be lower
 * @param surfaceDiceMargin by how much surface Dice of a segment may be lower
 * @param effortMargin by which share of the served one's added path length, of a segment, the
 *     candidate's may be longer
 * @param calibrationMargin by how much the expected calibration error may be higher
 * @param subgroups what no scanner, sex, age band or site may fall below
 */
public record GateRules(
    SortedSet<Split> sides,
    int fewestPatients,
    double diceMargin,
    double surfaceDiceMargin,
    double effortMargin,
    double calibrationMargin,
    SubgroupFloor subgroups) {
  /** What is asked unless somebody says otherwise. */
  public static final GateRules USUAL =
      new GateRules(
          new TreeSet<>(Set.of(Split.TEST)),
          20,
          0.01,
          0.02,
          0.05,
          0.02,
          new SubgroupFloor(5, 0.05));

  /**
   * The floor of a subgroup.
   *
   * @param fewestPatients below which a subgroup is told but not judged
   * @param margin by how much the mean Dice of a segment in it may be lower than the served one's
   */
  public record SubgroupFloor(int fewestPatients, double margin) {
    public SubgroupFloor {
      requirePositive("subgroups.margin", margin);
      if (fewestPatients < 1) {
        throw new IllegalArgumentException(
            "subgroups.fewestPatients must be at least 1, but is " + fewestPatients);
      }
    }
  }

  public GateRules {
    sides = new TreeSet<>(sides);
    if (sides.isEmpty() || sides.contains(Split.TRAINING)) {
      throw new IllegalArgumentException(
          "sides must be held-out ones (VALIDATION, TEST), but are " + sides);
    }
    if (fewestPatients < 2) {
      throw new IllegalArgumentException(
          "fewestPatients must be at least 2, but is " + fewestPatients);
    }
    requirePositive("diceMargin", diceMargin);
    requirePositive("surfaceDiceMargin", surfaceDiceMargin);
    requirePositive("effortMargin", effortMargin);
    requirePositive("calibrationMargin", calibrationMargin);
  }

  private static void requirePositive(String name, double value) {
    if (!(value > 0 && value < 1)) {
      throw new IllegalArgumentException(name + " must lie between 0 and 1, but is " + value);
    }
  }
}

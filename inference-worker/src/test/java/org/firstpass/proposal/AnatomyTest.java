package org.firstpass.proposal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Orientation;
import org.firstpass.geometry.Vector3;
import org.firstpass.model.AnatomicalRule.Beyond;
import org.firstpass.model.AnatomicalRule.Direction;
import org.firstpass.model.AnatomicalRule.Near;
import org.firstpass.model.AnatomicalRule.Sides;
import org.firstpass.sample.SampleGrid;
import org.junit.jupiter.api.Test;

/**
 * Every case is laid out in the patient and scanned in all 48 orientations, straight and turned.
 */
final class AnatomyTest {
  private static final int LEFT = 1;
  private static final int RIGHT = 2;
  private static final int SPINE = 3;

  /** Odd and unequal, so that swapped axes cannot pass; about 28 mm each way. */
  private static final GridSize SIZE = new GridSize(41, 27, 13);

  @Test
  void pairedOrgansGoToTheSideOfThePatientOnWhichTheyLie() {
    everyWay(
        scan -> {
          scan.put(SPINE, new Vector3(0, 6, 0));
          scan.put(LEFT, new Vector3(8, 0, 0));
          scan.put(RIGHT, new Vector3(8, 0, 7));
          scan.put(RIGHT, new Vector3(-8, 0, 0));
          scan.put(LEFT, new Vector3(-8, 0, 7));
          Anatomy.apply(new Sides(LEFT, RIGHT, SPINE), scan.labels, scan.grid);
          assertEquals(LEFT, scan.at(new Vector3(8, 0, 0)), scan.name);
          assertEquals(LEFT, scan.at(new Vector3(8, 0, 7)), scan.name);
          assertEquals(RIGHT, scan.at(new Vector3(-8, 0, 0)), scan.name);
          assertEquals(RIGHT, scan.at(new Vector3(-8, 0, 7)), scan.name);
          assertEquals(SPINE, scan.at(new Vector3(0, 6, 0)), scan.name);
        });
  }

  @Test
  void sidesAreSeenFromTheMidlineAndNotFromTheMiddleOfTheScan() {
    everyWay(
        scan -> {
          scan.put(SPINE, new Vector3(-6, 6, 0));
          scan.put(RIGHT, new Vector3(0, 0, 0));
          scan.put(LEFT, new Vector3(-10, -3, 3));
          Anatomy.apply(new Sides(LEFT, RIGHT, SPINE), scan.labels, scan.grid);
          assertEquals(LEFT, scan.at(new Vector3(0, 0, 0)), scan.name);
          assertEquals(RIGHT, scan.at(new Vector3(-10, -3, 3)), scan.name);
        });
  }

  @Test
  void withoutItsMidlineNothingChangesSides() {
    everyWay(
        scan -> {
          scan.put(RIGHT, new Vector3(8, 0, 0));
          short[] before = scan.labels.clone();
          Anatomy.apply(new Sides(LEFT, RIGHT, SPINE), scan.labels, scan.grid);
          assertArrayEquals(before, scan.labels, scan.name);
        });
  }

  @Test
  void whatDoesNotLieInItsDirectionGoes() {
    Vector3[] directions = {
      new Vector3(1, 0, 0),
      new Vector3(-1, 0, 0),
      new Vector3(0, -1, 0),
      new Vector3(0, 1, 0),
      new Vector3(0, 0, 1),
      new Vector3(0, 0, -1)
    };
    for (Direction direction : Direction.values()) {
      Vector3 towards = directions[direction.ordinal()];
      everyWay(
          scan -> {
            scan.put(SPINE, new Vector3(1, 1, 1));
            scan.put(LEFT, new Vector3(1, 1, 1).plus(towards.times(7)));
            scan.put(LEFT, new Vector3(1, 1, 1).minus(towards.times(7)));
            Anatomy.apply(new Beyond(LEFT, SPINE, direction), scan.labels, scan.grid);
            String name = direction + " " + scan.name;
            assertEquals(LEFT, scan.at(new Vector3(1, 1, 1).plus(towards.times(7))), name);
            assertEquals(0, scan.at(new Vector3(1, 1, 1).minus(towards.times(7))), name);
            assertEquals(SPINE, scan.at(new Vector3(1, 1, 1)), name);
          });
    }
  }

  @Test
  void piecesFurtherThanTheMarginGoAndNearerOnesStayWhole() {
    everyWay(
        scan -> {
          scan.put(SPINE, new Vector3(0, 0, 0));
          scan.put(LEFT, new Vector3(5, 0, 0));
          scan.put(LEFT, new Vector3(0, -12, -5));
          short[] before = scan.labels.clone();
          // Blobs have a radius of 2 mm: the gaps are 1 to 7.7 mm and at least 9 mm.
          Anatomy.apply(new Near(LEFT, SPINE, 8), scan.labels, scan.grid);
          assertEquals(0, scan.at(new Vector3(0, -12, -5)), scan.name);
          for (int i = 0; i < before.length; i++) {
            boolean far =
                scan.grid
                        .toPatient(scan.column(i), scan.row(i), scan.slice(i))
                        .minus(scan.centre)
                        .y()
                    < -5;
            assertEquals(far ? 0 : before[i], scan.labels[i], scan.name);
          }
        });
  }

  @Test
  void theMarginIsInMillimetresAlongEveryAxis() {
    var size = new GridSize(3, 3, 3);
    GridGeometry grid = SampleGrid.of(new Orientation("SPL"), size);
    double[] spacings = {grid.spacing().column(), grid.spacing().row(), grid.spacing().slice()};
    for (int axis = 0; axis < 3; axis++) {
      int[] at = {0, 0, 0};
      at[axis] = 2;
      int far = size.index(at[0], at[1], at[2]);
      for (double share : new double[] {0.99, 1.01}) {
        var labels = new short[size.voxels()];
        labels[0] = SPINE;
        labels[far] = LEFT;
        Anatomy.apply(new Near(LEFT, SPINE, 2 * spacings[axis] * share), labels, grid);
        assertEquals(share > 1 ? LEFT : 0, labels[far], "axis " + axis + ", share " + share);
      }
    }
  }

  @Test
  void withoutTheOtherSegmentNothingGoes() {
    everyWay(
        scan -> {
          scan.put(LEFT, new Vector3(3, 3, 3));
          short[] before = scan.labels.clone();
          Anatomy.apply(new Near(LEFT, SPINE, 1), scan.labels, scan.grid);
          Anatomy.apply(new Beyond(LEFT, SPINE, Direction.HEAD), scan.labels, scan.grid);
          assertArrayEquals(before, scan.labels, scan.name);
        });
  }

  private static void everyWay(Consumer<Scan> test) {
    List<Scan> scans = new ArrayList<>();
    for (Orientation orientation : SampleGrid.orientations()) {
      scans.add(new Scan(orientation + "", SampleGrid.of(orientation, SIZE)));
      scans.add(new Scan(orientation + " turned", SampleGrid.oblique(orientation, SIZE, 17)));
    }
    scans.forEach(test);
  }

  /** A scan whose blobs are placed by where they lie in the patient, from its middle. */
  private static final class Scan {
    private static final double RADIUS = 2;

    private final String name;
    private final GridGeometry grid;
    private final Vector3 centre;
    private final short[] labels = new short[SIZE.voxels()];

    Scan(String name, GridGeometry grid) {
      this.name = name;
      this.grid = grid;
      this.centre =
          grid.toPatient(
              (SIZE.columns() - 1) / 2.0, (SIZE.rows() - 1) / 2.0, (SIZE.slices() - 1) / 2.0);
    }

    int column(int index) {
      return index % SIZE.columns();
    }

    int row(int index) {
      return index / SIZE.columns() % SIZE.rows();
    }

    int slice(int index) {
      return index / SIZE.voxelsPerSlice();
    }

    void put(int label, Vector3 at) {
      for (int i = 0; i < labels.length; i++) {
        Vector3 here = grid.toPatient(column(i), row(i), slice(i)).minus(centre);
        if (here.minus(at).length() <= RADIUS) {
          labels[i] = (short) label;
        }
      }
      if (at(at) != label) {
        throw new IllegalStateException(name + " does not reach " + at);
      }
    }

    int at(Vector3 position) {
      var index = grid.toIndex(position.plus(centre));
      return labels[
          SIZE.index(
              (int) Math.round(index.column()),
              (int) Math.round(index.row()),
              (int) Math.round(index.slice()))];
    }
  }
}

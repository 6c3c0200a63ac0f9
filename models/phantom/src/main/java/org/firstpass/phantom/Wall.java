package org.firstpass.phantom;

import java.util.ArrayList;
import java.util.List;
import org.firstpass.geometry.Vector3;

/** Table, skin, fat, muscle and ribs: what is around the cavity. */
final class Wall {
  private static final Tissue MUSCLE = new Tissue(55, 7);
  private static final Tissue MESENTERY = new Tissue(-88, 22);
  private static final Tissue RIB = new Tissue(420, 90);
  private static final Tissue TABLE_SHELL = new Tissue(-250, 0);
  private static final Tissue TABLE_CORE = new Tissue(-930, 0);

  /** How much further the body reaches behind the cavity than in front of it, in mm. */
  private static final double BACK = 12;

  private final Trunk trunk;
  private final Draw draw;
  private final double fat;
  private final double muscle;

  Wall(Trunk trunk, long seed) {
    this.trunk = trunk;
    this.draw = new Draw(seed, "wall");
    this.fat = draw.between(6, 28);
    this.muscle = draw.between(9, 14);
  }

  Shape body() {
    return layer(muscle + fat);
  }

  private Shape layer(double thickness) {
    return Solids.column(
        0,
        BACK,
        trunk.cavityHalfWidth() + thickness,
        trunk.cavityHalfDepth() + BACK + thickness,
        0.05);
  }

  List<Structure> structures() {
    var all = new ArrayList<Structure>();
    double back = 2 * BACK + trunk.cavityHalfDepth() + muscle + fat;
    all.add(new Structure(table(back, 0), TABLE_SHELL, 0));
    all.add(new Structure(table(back, 3), TABLE_CORE, 0));
    all.add(new Structure(body(), Tissue.FAT, 0));
    all.add(new Structure(layer(muscle), MUSCLE, 0));
    all.add(new Structure(trunk.cavity(), MESENTERY, 0));
    return all;
  }

  private static Shape table(double back, double inset) {
    return Solids.column(0, back + 20, 205 - inset, 17 - inset, 0);
  }

  /** Hoops that fall from the spine to the front, each a chain of rods in the muscle layer. */
  List<Structure> ribs() {
    var all = new ArrayList<Structure>();
    double drop = draw.between(45, 75);
    double apart = trunk.scale() * draw.between(24, 29);
    for (int rib = 0; rib < 9; rib++) {
      double height = 25 * trunk.scale() + rib * apart;
      // The lowest ribs end early, in the flank.
      double end = Math.min(0.35 + 0.12 * rib, 0.86);
      for (int side = -1; side <= 1; side += 2) {
        addRib(all, side, height, drop, end);
      }
    }
    return all;
  }

  private void addRib(List<Structure> all, int side, double height, double drop, double end) {
    int pieces = (int) Math.ceil(end * 16);
    for (int piece = 0; piece < pieces; piece++) {
      Vector3 from = ribPoint(side, height, drop, end * piece / pieces);
      Vector3 to = ribPoint(side, height, drop, end * (piece + 1) / pieces);
      all.add(new Structure(Solids.rod(from, to, 4.2), RIB, 0));
    }
  }

  private Vector3 ribPoint(int side, double height, double drop, double along) {
    double angle = 0.13 * Math.PI + along * 0.85 * Math.PI;
    double a = trunk.cavityHalfWidth() + muscle / 2;
    double b = trunk.cavityHalfDepth() + BACK / 2 + muscle / 2;
    double t = Math.min(Math.abs(height) / 200, 1.5);
    double scale = 1 - 0.05 * t * t;
    return new Vector3(
        side * a * scale * StrictMath.sin(angle),
        BACK / 2 + b * scale * StrictMath.cos(angle),
        height - drop * along);
  }
}

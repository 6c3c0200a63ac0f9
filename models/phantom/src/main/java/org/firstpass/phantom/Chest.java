package org.firstpass.phantom;

import java.util.List;
import org.firstpass.geometry.Vector3;

/** Lungs above the diaphragm and the heart between them. */
final class Chest {
  private static final Tissue MEDIASTINUM = new Tissue(-60, 25);

  private final Trunk trunk;
  private final long seed;
  private final ContrastPhase phase;

  Chest(Trunk trunk, long seed, ContrastPhase phase) {
    this.trunk = trunk;
    this.seed = seed;
    this.phase = phase;
  }

  List<Structure> structures() {
    var draw = new Draw(seed, "chest");
    double s = trunk.scale();
    double recess = trunk.rightDome() - s * draw.between(60, 95);
    Shape between = Solids.column(6, 14, 40 * s, trunk.cavityHalfDepth() * 0.95, 0);
    Shape lungs =
        trunk
            .cavity()
            .grown(-3)
            .and(Solids.above(recess))
            .without(trunk.rightDomeSolid())
            .without(trunk.leftDomeSolid())
            .without(between)
            .wobbled(new LatticeNoise(draw.next(), 45), 2);
    var air = new Tissue(draw.between(-880, -790), 55);
    Shape heart =
        Solids.tilted(
            new Vector3(18 * s, -0.3 * trunk.cavityHalfDepth(), trunk.rightDome() + 8 * s),
            new Vector3(54 * s, 44 * s, 46 * s),
            draw.between(-0.4, 0.1),
            draw.between(-0.3, 0.3));
    Shape chestSpace = between.and(Solids.above(trunk.rightDome() - 35 * s)).and(trunk.cavity());
    var blood = new Tissue((phase.arteries + phase.veins) / 2, 14);
    return List.of(
        new Structure(chestSpace, MEDIASTINUM, 0),
        new Structure(lungs, air, AbdomenSchema.LUNGS),
        new Structure(heart.without(trunk.leftDomeSolid().grown(-6)), blood, 0));
  }
}

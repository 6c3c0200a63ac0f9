package org.firstpass.phantom;

import java.util.ArrayList;
import java.util.List;
import org.firstpass.geometry.Vector3;

/** What lies in the cavity beside the labelled organs: stomach, bowel, vessels, psoas, pancreas. */
final class Viscera {
  private static final Tissue PSOAS = new Tissue(58, 7);
  private static final Tissue GAS = new Tissue(-960, 10);

  private final Trunk trunk;
  private final Spine spine;
  private final ContrastPhase phase;
  private final Draw draw;
  private final List<Structure> all = new ArrayList<>();

  Viscera(Trunk trunk, Spine spine, long seed, ContrastPhase phase) {
    this.trunk = trunk;
    this.spine = spine;
    this.phase = phase;
    this.draw = new Draw(seed, "viscera");
    addPsoas();
    addBowel();
    addPancreas();
    addStomach();
  }

  List<Structure> structures() {
    return all;
  }

  private void addPsoas() {
    double s = trunk.scale();
    for (int side = -1; side <= 1; side += 2) {
      Vector3 top = spine.middle(0).plus(new Vector3(side * 28 * s, 2, 0));
      Vector3 low = spine.middle(-230).plus(new Vector3(side * 52 * s, -14, 0));
      all.add(new Structure(Solids.rod(top, low, draw.between(11, 19) * s), PSOAS, 0));
    }
  }

  private void addBowel() {
    int loops = 12 + draw.oneOf(8);
    for (int loop = 0; loop < loops; loop++) {
      Vector3 centre =
          new Vector3(
              draw.between(-0.75, 0.75) * trunk.cavityHalfWidth(),
              draw.between(-0.7, 0.15) * trunk.cavityHalfDepth(),
              draw.between(-190, -5) * trunk.scale());
      addLoop(centre, draw.between(14, 27), draw.withProbability(0.35));
    }
    for (int side = -1; side <= 1; side += 2) {
      for (int bulge = 0; bulge < 5; bulge++) {
        Vector3 centre =
            new Vector3(
                side * 0.76 * trunk.cavityHalfWidth(),
                draw.between(0, 0.25) * trunk.cavityHalfDepth(),
                (-55 - 34 * bulge) * trunk.scale());
        addLoop(centre, draw.between(18, 26), draw.withProbability(0.5));
      }
    }
  }

  private void addLoop(Vector3 centre, double radius, boolean gas) {
    var radii =
        new Vector3(radius * draw.between(0.8, 1.5), radius, radius * draw.between(0.8, 1.4));
    Shape wall =
        Solids.tilted(centre, radii, draw.between(-1.5, 1.5), draw.between(-1.5, 1.5))
            .and(trunk.cavity().grown(-2));
    double filling = draw.withProbability(0.15) ? draw.between(120, 260) : draw.between(15, 45);
    all.add(new Structure(wall, new Tissue(phase.veins * 0.4 + 35, 8), 0));
    all.add(new Structure(wall.grown(-2.5), new Tissue(filling, 14), 0));
    if (gas) {
      double level = centre.y() + radius * draw.between(-0.5, 0.5);
      all.add(new Structure(wall.grown(-2.5).and(Solids.inFrontOf(level)), GAS, 0));
    }
  }

  private void addPancreas() {
    double s = trunk.scale();
    Vector3 tail = new Vector3(70 * s, 0.22 * trunk.cavityHalfDepth(), trunk.leftDome() - 95 * s);
    Vector3 head = new Vector3(-28 * s, -0.1 * trunk.cavityHalfDepth(), trunk.leftDome() - 122 * s);
    all.add(
        new Structure(
            Solids.rod(tail, head, draw.between(8, 13) * s), new Tissue(phase.liver * 0.8, 10), 0));
  }

  private void addStomach() {
    Shape stomach = stomach(trunk);
    Box box = stomach.bounds();
    double filling = draw.withProbability(0.15) ? draw.between(150, 300) : draw.between(0, 50);
    all.add(new Structure(stomach, new Tissue(phase.veins * 0.4 + 35, 6), 0));
    all.add(new Structure(stomach.grown(-4), new Tissue(filling, 18), 0));
    double level = box.y0() + draw.between(0.25, 0.5) * (box.y1() - box.y0());
    all.add(new Structure(stomach.grown(-4).and(Solids.inFrontOf(level)), GAS, 0));
  }

  /** Also where the spleen is not. */
  static Shape stomach(Trunk trunk) {
    double s = trunk.scale();
    return Solids.tilted(
            new Vector3(
                0.4 * trunk.cavityHalfWidth(),
                -0.25 * trunk.cavityHalfDepth(),
                trunk.leftDome() - 66 * s),
            new Vector3(0.27 * trunk.cavityHalfWidth(), 0.4 * trunk.cavityHalfDepth(), 54 * s),
            0.25,
            0.3)
        .and(trunk.leftDomeSolid().grown(-4));
  }

  /** Aorta and inferior vena cava; painted last, because nothing lies over them. */
  List<Structure> vessels() {
    var vessels = new ArrayList<Structure>();
    double s = trunk.scale();
    var aorta = new Vector3(8 * s, -29 * s, 0);
    var cava = new Vector3(-19 * s, -31 * s, 0);
    for (double z = -260; z < 300; z += 40) {
      vessels.add(vessel(z, aorta, 10 * s, phase.arteries));
      vessels.add(vessel(z, cava, 11 * s, phase.veins));
    }
    return vessels;
  }

  private Structure vessel(double z, Vector3 besideSpine, double radius, double hounsfield) {
    Vector3 from = spine.middle(z).plus(besideSpine);
    Vector3 to = spine.middle(z + 40).plus(besideSpine);
    return new Structure(Solids.rod(from, to, radius), new Tissue(hounsfield, 4), 0);
  }
}

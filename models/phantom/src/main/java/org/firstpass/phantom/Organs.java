package org.firstpass.phantom;

import java.util.ArrayList;
import java.util.List;
import org.firstpass.geometry.Vector3;

/** Liver, spleen and kidneys, with what may be inside them. */
final class Organs {
  private static final Tissue CYST = new Tissue(8, 3);
  private static final Tissue SINUS = new Tissue(-70, 12);

  private final Trunk trunk;
  private final ContrastPhase phase;
  private final double wobble;
  private final List<Structure> all = new ArrayList<>();

  Organs(Trunk trunk, long seed, ContrastPhase phase) {
    this.trunk = trunk;
    this.phase = phase;
    this.wobble = 3 + 5 * trunk.difficulty();
    addLiver(new Draw(seed, "liver"));
    addSpleen(new Draw(seed, "spleen"));
    addKidney(new Draw(seed, "left kidney"), 1, AbdomenSchema.LEFT_KIDNEY);
    addKidney(new Draw(seed, "right kidney"), -1, AbdomenSchema.RIGHT_KIDNEY);
  }

  List<Structure> structures() {
    return all;
  }

  private Shape belowDiaphragm() {
    return trunk
        .rightDomeSolid()
        .blend(trunk.leftDomeSolid(), 30)
        .grown(-4)
        .and(trunk.cavity().grown(-2));
  }

  private void addLiver(Draw draw) {
    double s = trunk.scale();
    double a = trunk.cavityHalfWidth();
    double b = trunk.cavityHalfDepth();
    double length = s * draw.between(68, 84 + 20 * trunk.difficulty());
    double top = trunk.rightDome();
    Shape right =
        Solids.tilted(
            new Vector3(-0.52 * a, 0.03 * b, top + 4 - length),
            new Vector3(0.5 * a, 0.9 * b, length),
            draw.between(-0.1, 0.15),
            0);
    Shape left =
        Solids.tilted(
            new Vector3(draw.between(-0.08, 0.1) * a, -0.42 * b, top - 58 * s),
            new Vector3(draw.between(0.38, 0.6) * a, 0.42 * b, 42 * s),
            draw.between(0, 0.3),
            0);
    Shape porta =
        Solids.ellipsoid(
            new Vector3(0.02 * a, 0.12 * b, top - 140 * s), new Vector3(72 * s, 66 * s, 74 * s));
    Shape liver =
        right
            .blend(left, 25)
            .without(porta)
            .wobbled(new LatticeNoise(draw.next(), 55), wobble)
            .and(belowDiaphragm());
    // A fatty liver is darker than the spleen, now and then as dark as muscle.
    double fatty = draw.withProbability(0.2) ? draw.between(-35, -12) : 0;
    Tissue tissue =
        new Tissue(phase.liver + fatty + draw.between(-10, 10), 6 + 4 * trunk.difficulty());
    all.add(new Structure(liver, tissue, AbdomenSchema.LIVER));
    addLiverInside(draw, liver, tissue);
  }

  private void addLiverInside(Draw draw, Shape liver, Tissue tissue) {
    double s = trunk.scale();
    double a = trunk.cavityHalfWidth();
    double top = trunk.rightDome();
    for (int vessel = 0; vessel < 5; vessel++) {
      Vector3 from = new Vector3(-0.16 * a, 0.15 * trunk.cavityHalfDepth(), top - 62 * s);
      Vector3 to =
          new Vector3(
              draw.between(-0.85, -0.2) * a,
              draw.between(-0.5, 0.6) * trunk.cavityHalfDepth(),
              top - draw.between(25, 110) * s);
      Shape vein = Solids.rod(from, to, draw.between(3, 6)).and(liver);
      all.add(new Structure(vein, new Tissue(phase.veins, 4), AbdomenSchema.LIVER));
    }
    int lesions = draw.oneOf(2 + (int) Math.round(4 * trunk.difficulty()));
    for (int lesion = 0; lesion < lesions; lesion++) {
      Vector3 centre =
          new Vector3(
              draw.between(-0.85, 0) * a,
              draw.between(-0.5, 0.5) * trunk.cavityHalfDepth(),
              top - draw.between(20, 110) * s);
      Shape nodule = Solids.sphere(centre, draw.between(5, 10 + 14 * trunk.difficulty()));
      Tissue dark = tissue.brighter(draw.between(-70, -20));
      all.add(new Structure(nodule.and(liver), dark, AbdomenSchema.LIVER));
    }
    Vector3 fundus = new Vector3(-0.38 * a, -0.42 * trunk.cavityHalfDepth(), top - 118 * s);
    Vector3 neck = fundus.plus(new Vector3(18 * s, 18 * s, 26 * s));
    all.add(new Structure(Solids.rod(fundus, neck, draw.between(8, 15)), new Tissue(10, 4), 0));
  }

  private void addSpleen(Draw draw) {
    double s = trunk.scale();
    double length = s * draw.between(38, 56 + 22 * trunk.difficulty());
    Shape spleen =
        Solids.tilted(
                new Vector3(
                    0.68 * trunk.cavityHalfWidth(),
                    0.34 * trunk.cavityHalfDepth(),
                    trunk.leftDome() - 72 * s),
                new Vector3(
                    draw.between(0.22, 0.3) * trunk.cavityHalfWidth(),
                    draw.between(0.42, 0.58) * trunk.cavityHalfDepth(),
                    length),
                draw.between(-0.35, 0.1),
                draw.between(-0.2, 0.45))
            .wobbled(new LatticeNoise(draw.next(), 40), wobble * 0.7)
            .without(Viscera.stomach(trunk).grown(2))
            .and(trunk.leftDomeSolid().grown(-4))
            .and(trunk.cavity().grown(-2));
    // Early after the injection the spleen is streaked.
    double streaks = phase == ContrastPhase.ARTERIAL ? 30 : 6;
    Tissue tissue = new Tissue(phase.spleen + draw.between(-9, 9), streaks);
    all.add(new Structure(spleen, tissue, AbdomenSchema.SPLEEN));
  }

  private void addKidney(Draw draw, int side, int label) {
    double s = trunk.scale() * draw.between(0.88, 1.1);
    double low = side < 0 ? draw.between(8, 24) : 0;
    double fallen = draw.withProbability(0.25 * trunk.difficulty()) ? draw.between(15, 45) : 0;
    Vector3 centre =
        new Vector3(
            side * draw.between(58, 68) * trunk.scale(),
            0.46 * trunk.cavityHalfDepth(),
            trunk.leftDome() - draw.between(128, 142) * trunk.scale() - low - fallen);
    double lean = -side * draw.between(0.08, 0.28);
    double turn = side * draw.between(0.1, 0.5);
    var radii = new Vector3(27 * s, 25 * s, draw.between(48, 58) * s);
    Shape whole = Solids.tilted(centre, radii, lean, turn);
    Vector3 hilum = centre.plus(new Vector3(-side * 20 * s, -9 * s, 0));
    Shape sinus = Solids.tilted(hilum, new Vector3(17 * s, 10 * s, 21 * s), lean, turn);
    Shape outline = whole.wobbled(new LatticeNoise(draw.next(), 30), wobble * 0.4).without(sinus);
    double bed = draw.between(4, 14) * (1 - 0.5 * trunk.difficulty());
    Shape fatBed = whole.grown(bed).and(trunk.cavity().grown(-1));
    double bright = draw.between(-10, 10);
    all.add(new Structure(fatBed, Tissue.FAT, 0));
    all.add(new Structure(outline, new Tissue(phase.renalCortex + bright, 9), label));
    Shape medulla = outline.grown(-7);
    all.add(new Structure(medulla, new Tissue(phase.renalMedulla + bright, 14), label));
    all.add(new Structure(sinus.and(whole), SINUS, 0));
    if (draw.withProbability(0.15 + 0.3 * trunk.difficulty())) {
      addCyst(draw, centre, radii, side, label);
    }
  }

  private void addCyst(Draw draw, Vector3 centre, Vector3 radii, int side, int label) {
    Vector3 offset =
        new Vector3(
            side * radii.x() * draw.between(0.4, 0.9),
            radii.y() * draw.between(-0.5, 0.5),
            radii.z() * draw.between(-0.6, 0.6));
    Shape cyst = Solids.sphere(centre.plus(offset), draw.between(6, 12 + 8 * trunk.difficulty()));
    all.add(new Structure(cyst.and(trunk.cavity().grown(-2)), CYST, label));
  }
}

package org.firstpass.phantom;

import java.util.ArrayList;
import java.util.List;
import org.firstpass.geometry.Vector3;

/** A column of vertebrae with discs between them and a canal behind them. */
final class Spine {
  private static final Tissue DISC = new Tissue(85, 8);
  private static final Tissue CANAL = new Tissue(28, 5);
  private static final double LOWEST = -260;
  private static final double HIGHEST = 300;

  private final Trunk trunk;
  private final Tissue cortical;
  private final Tissue cancellous;
  private final double lordosis;
  private final double scoliosis;
  private final double bodyHeight;
  private final double discHeight;
  private final List<Structure> all = new ArrayList<>();

  Spine(Trunk trunk, long seed) {
    this.trunk = trunk;
    var draw = new Draw(seed, "spine");
    // Old bone is dim: it comes close to contrast-filled vessels.
    this.cancellous = new Tissue(draw.between(110, 230), 28);
    this.cortical = new Tissue(draw.between(330, 520), 60);
    this.lordosis = draw.between(4, 16);
    this.scoliosis = trunk.difficulty() * draw.between(-14, 14);
    this.bodyHeight = trunk.scale() * draw.between(22, 27);
    this.discHeight = trunk.scale() * draw.between(6, 9);
    double height = LOWEST + draw.between(0, bodyHeight + discHeight);
    for (; height < HIGHEST; height += bodyHeight + discHeight) {
      addVertebra(height);
    }
  }

  List<Structure> structures() {
    return all;
  }

  /** The middle of the column at a height: forward in the loins, back in the chest. */
  Vector3 middle(double z) {
    double t = (z + 60) / 120;
    double forward = lordosis / (1 + t * t);
    double u = z / 150;
    return new Vector3(scoliosis * (u - u * u * u / 3), trunk.spineY() - forward, z);
  }

  private void addVertebra(double height) {
    Vector3 centre = middle(height);
    double s = trunk.scale() * (1 - 0.0008 * Math.max(height, 0));
    double rx = 23 * s;
    double ry = 16.5 * s;
    double half = bodyHeight / 2;
    double step = bodyHeight + discHeight;
    all.add(new Structure(Solids.disc(middle(height + step / 2), rx, ry, discHeight), DISC, 0));
    addArch(centre, s, ry);
    bone(waisted(centre, rx, ry, half), cortical);
    bone(waisted(centre, rx - 2, ry - 2, half - 1.5), cancellous);
  }

  /** A vertebral body: a disc whose flank is drawn in at mid height. */
  private static Shape waisted(Vector3 centre, double rx, double ry, double half) {
    Shape disc = Solids.disc(centre, rx, ry, half);
    return Shape.of(
        disc.bounds(),
        (x, y, z) -> {
          double t = Math.abs(z - centre.z()) / half;
          return disc.distance(x, y, z) + 2 * Math.max(1 - t * t, 0);
        });
  }

  private void addArch(Vector3 centre, double s, double ry) {
    Vector3 canal = centre.plus(new Vector3(0, ry + 9 * s, 0));
    for (int side = -1; side <= 1; side += 2) {
      Vector3 root = centre.plus(new Vector3(side * 13 * s, ry - 3, 5));
      Vector3 joint = canal.plus(new Vector3(side * 14 * s, 6 * s, 2));
      bone(Solids.rod(root, joint, 4.5 * s), cortical);
      bone(Solids.rod(joint, canal.plus(new Vector3(0, 13 * s, -4)), 4 * s), cortical);
      bone(Solids.rod(joint, joint.plus(new Vector3(side * 20 * s, 3, 0)), 3.5 * s), cortical);
    }
    Vector3 spinous = canal.plus(new Vector3(0, 13 * s, -4));
    bone(Solids.rod(spinous, spinous.plus(new Vector3(0, 20 * s, -9)), 3.8 * s), cortical);
    double step = (bodyHeight + discHeight) / 2;
    Vector3 up = new Vector3(0, 0, step);
    all.add(new Structure(Solids.rod(canal.minus(up), canal.plus(up), 8 * s), CANAL, 0));
  }

  private void bone(Shape shape, Tissue tissue) {
    all.add(new Structure(shape, tissue, AbdomenSchema.VERTEBRAE));
  }
}

package org.firstpass.phantom;

import org.firstpass.geometry.Vector3;

/**
 * The measures of one body, in mm: everything else is placed by them.
 *
 * @param scale of the whole body, about 1
 * @param cavityHalfWidth of the space within the wall, to left and right
 * @param cavityHalfDepth the same to front and back
 * @param rightDome height of the right half of the diaphragm
 * @param leftDome height of its left half
 * @param difficulty 0 plain to 1 hard
 */
record Trunk(
    double scale,
    double cavityHalfWidth,
    double cavityHalfDepth,
    double rightDome,
    double leftDome,
    double difficulty) {

  static Trunk drawn(long seed, double difficulty) {
    var draw = new Draw(seed, "trunk");
    double scale = draw.between(0.88, 1.1);
    double rightDome = scale * draw.between(98, 128);
    return new Trunk(
        scale,
        scale * draw.between(124, 150),
        scale * draw.between(80, 98),
        rightDome,
        rightDome - draw.between(5, 25),
        difficulty);
  }

  /** Across the middle of the vertebral bodies, in the middle of the scan. */
  double spineY() {
    return 0.7 * cavityHalfDepth;
  }

  Shape cavity() {
    return Solids.column(0, 0, cavityHalfWidth, cavityHalfDepth, 0.05);
  }

  Shape rightDomeSolid() {
    return dome(-0.5, rightDome);
  }

  Shape leftDomeSolid() {
    return dome(0.5, leftDome);
  }

  /** What lies below the diaphragm, as far up as it arches. */
  private Shape dome(double side, double height) {
    double reach = 115 * scale;
    return Solids.ellipsoid(
        new Vector3(side * cavityHalfWidth, -4, height - reach),
        new Vector3(0.63 * cavityHalfWidth, 1.1 * cavityHalfDepth, reach));
  }
}

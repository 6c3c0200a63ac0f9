package org.firstpass.sample;

import java.util.ArrayList;
import java.util.List;
import org.firstpass.geometry.Axes;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Orientation;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.study.FrameOfReferenceUid;

/** Anisotropic, off-origin grids, no two axes alike. */
public final class SampleGrid {
  public static final FrameOfReferenceUid FRAME = new FrameOfReferenceUid("2.25.7");
  private static final Vector3 POSITION = new Vector3(-31.5, 12.25, 847.125);
  private static final Spacing SPACING = new Spacing(0.7, 1.1, 2.3);

  private SampleGrid() {}

  /** All 48 axis orientations: six orders of the axes, each way round. */
  public static List<Orientation> orientations() {
    List<Orientation> all = new ArrayList<>();
    String[] pairs = {"LR", "PA", "SI"};
    int[][] orders = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    for (int[] order : orders) {
      for (int signs = 0; signs < 8; signs++) {
        var code = new StringBuilder();
        for (int axis = 0; axis < order.length; axis++) {
          code.append(pairs[order[axis]].charAt(signs >> axis & 1));
        }
        all.add(new Orientation(code.toString()));
      }
    }
    return all;
  }

  public static GridGeometry of(Orientation orientation, GridSize size) {
    return new GridGeometry(FRAME, size, POSITION, orientation.axes(), SPACING);
  }

  /** The same, turned by an angle about an axis that is none of its own. */
  public static GridGeometry oblique(Orientation orientation, GridSize size, double degrees) {
    Axes axes = orientation.axes();
    return new GridGeometry(
        FRAME,
        size,
        POSITION,
        new Axes(
            turned(axes.column(), degrees),
            turned(axes.row(), degrees),
            turned(axes.slice(), degrees)),
        SPACING);
  }

  /** Rodrigues' rotation. */
  private static Vector3 turned(Vector3 vector, double degrees) {
    Vector3 about = new Vector3(1, -2, 3).normalized();
    double angle = Math.toRadians(degrees);
    return vector
        .times(Math.cos(angle))
        .plus(about.cross(vector).times(Math.sin(angle)))
        .plus(about.times(about.dot(vector) * (1 - Math.cos(angle))));
  }
}

package org.firstpass.standalone;

import java.util.ArrayList;
import java.util.List;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.Vector3;

/**
 * The large plane of the page, on which slices lie as they were sent: from places on the screen to
 * voxels, worked out anew from what radiologists expect. Sagittal: front to the left; coronal and
 * axial: the patient's left to the right; head, or front, up.
 *
 * @param across which index grows across the screen, 0 for columns and 1 for rows
 * @param acrossTurned whether it falls instead of growing
 * @param canvas left, top, width, height in CSS pixels, and its own width and height in pixels
 */
record LargePlane(
    GridGeometry grid,
    int slice,
    int across,
    boolean acrossTurned,
    boolean downTurned,
    List<Double> canvas) {

  static LargePlane of(ReadingPage page, GridGeometry grid) {
    double[] found =
        page.numbers(
            "const c = document.querySelector('.plane-main canvas');"
                + " const r = c.getBoundingClientRect();"
                + " return [r.left, r.top, r.width, r.height, c.width, c.height,"
                + " Number(c.dataset.slice)]");
    List<Double> canvas = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      canvas.add(found[i]);
    }
    double[] normal = parts(grid.axes().slice());
    int out = largest(normal);
    Vector3 right = out == 0 ? new Vector3(0, 1, 0) : new Vector3(1, 0, 0);
    Vector3 down = out == 2 ? new Vector3(0, 1, 0) : new Vector3(0, 0, -1);
    double columnRight = grid.axes().column().dot(right);
    double rowRight = grid.axes().row().dot(right);
    boolean columnsAcross = Math.abs(columnRight) >= Math.abs(rowRight);
    Vector3 goesDown = columnsAcross ? grid.axes().row() : grid.axes().column();
    return new LargePlane(
        grid,
        (int) found[6],
        columnsAcross ? 0 : 1,
        (columnsAcross ? columnRight : rowRight) < 0,
        goesDown.dot(down) < 0,
        canvas);
  }

  /** How many voxels there are across. */
  int width() {
    return across == 0 ? grid.size().columns() : grid.size().rows();
  }

  int height() {
    return across == 0 ? grid.size().rows() : grid.size().columns();
  }

  double acrossSpacing() {
    return across == 0 ? grid.spacing().column() : grid.spacing().row();
  }

  double downSpacing() {
    return across == 0 ? grid.spacing().row() : grid.spacing().column();
  }

  /** Screen pixels per mm, or per pixel of an image that is in pixels. */
  double scale() {
    return Math.min(
        canvas.get(4) / (width() * acrossSpacing()), canvas.get(5) / (height() * downSpacing()));
  }

  /**
   * The whole CSS pixel, from the canvas' middle, that is nearest to a place in mm from its middle.
   */
  double[] pixel(double acrossMm, double downMm) {
    return new double[] {
      Math.round(acrossMm * scale() * canvas.get(2) / canvas.get(4)),
      Math.round(downMm * scale() * canvas.get(3) / canvas.get(5))
    };
  }

  /** Where such a pixel is, in mm from the image's upper left corner. */
  double[] place(double[] pixel) {
    return new double[] {
      along(pixel[0], canvas.get(0), canvas.get(2), canvas.get(4)) + width() * acrossSpacing() / 2,
      along(pixel[1], canvas.get(1), canvas.get(3), canvas.get(5)) + height() * downSpacing() / 2
    };
  }

  /** The array index of the voxel at a place of the screen, counted from the upper left. */
  int voxel(int u, int v) {
    int a = acrossTurned ? width() - 1 - u : u;
    int d = downTurned ? height() - 1 - v : v;
    return across == 0 ? grid.size().index(a, d, slice) : grid.size().index(d, a, slice);
  }

  /** The middle of such a voxel, in mm from the image's upper left corner. */
  double[] middle(int u, int v) {
    return new double[] {(u + 0.5) * acrossSpacing(), (v + 0.5) * downSpacing()};
  }

  private double along(double offset, double start, double length, double pixels) {
    double client = Math.floor(start + length / 2) + offset;
    return ((client - start) * pixels / length - pixels / 2) / scale();
  }

  /** What the reader's way with a round brush passes over. */
  void sweep(short[] labels, double[] from, double[] to, double radius, int label) {
    double[] start = place(from);
    double[] end = place(to);
    for (int v = 0; v < height(); v++) {
      for (int u = 0; u < width(); u++) {
        double[] middle = middle(u, v);
        double across = Math.max(start[0], Math.min(end[0], middle[0]));
        double distance = Math.hypot(middle[0] - across, middle[1] - start[1]);
        int at = voxel(u, v);
        if (distance <= radius && (label != 0 || labels[at] == 1)) {
          labels[at] = (short) label;
        }
      }
    }
  }

  /** What lies between two opposite corners. */
  void fill(short[] labels, double[] one, double[] other) {
    double[] least = place(one);
    double[] largest = place(other);
    for (int v = 0; v < height(); v++) {
      for (int u = 0; u < width(); u++) {
        double[] middle = middle(u, v);
        boolean inside =
            middle[0] > least[0]
                && middle[0] < largest[0]
                && middle[1] > least[1]
                && middle[1] < largest[1];
        if (inside) {
          labels[voxel(u, v)] = 1;
        }
      }
    }
  }

  private static double[] parts(Vector3 vector) {
    return new double[] {vector.x(), vector.y(), vector.z()};
  }

  private static int largest(double[] parts) {
    int largest = 0;
    for (int i = 1; i < parts.length; i++) {
      largest = Math.abs(parts[i]) > Math.abs(parts[largest]) ? i : largest;
    }
    return largest;
  }
}

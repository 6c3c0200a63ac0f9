package org.firstpass.dicom;

import org.firstpass.dicom.contour.Contour;
import org.firstpass.dicom.contour.ContourData;

/** One contour as it is written, and as it reads again. */
final class WrittenContour {
  private final int slice;
  private final byte[] data;
  private final Contour read;
  private final double largestErrorMm;

  /**
   * A contour of a slice.
   *
   * @param exact x, y and z of each point
   * @param data the same, written; taken over, not copied
   */
  WrittenContour(int slice, double[] exact, byte[] data) {
    double[] coordinates = ContourData.read(data);
    this.slice = slice;
    this.data = data;
    this.read = new Contour(Contour.Combination.PLAIN, coordinates);
    this.largestErrorMm = largestError(exact, coordinates);
  }

  int slice() {
    return slice;
  }

  /** Contour Data (3006,0050); not to be changed. */
  byte[] data() {
    return data;
  }

  Contour read() {
    return read;
  }

  /** How far a point lies from where it should, at most. */
  double largestErrorMm() {
    return largestErrorMm;
  }

  private static double largestError(double[] exact, double[] read) {
    double largest = 0;
    for (int i = 0; i < exact.length; i += 3) {
      double squared = 0;
      for (int axis = i; axis < i + 3; axis++) {
        squared += (exact[axis] - read[axis]) * (exact[axis] - read[axis]);
      }
      largest = Math.max(largest, squared);
    }
    return Math.sqrt(largest);
  }
}

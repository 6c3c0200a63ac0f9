package org.firstpass.dicom;

/** One contour as it is written. */
final class WrittenContour {
  private final int slice;
  private final int points;
  private final byte[] data;
  private final double largestErrorMm;

  /** The data is taken over, not copied. */
  WrittenContour(int slice, int points, byte[] data, double largestErrorMm) {
    this.slice = slice;
    this.points = points;
    this.data = data;
    this.largestErrorMm = largestErrorMm;
  }

  int slice() {
    return slice;
  }

  int points() {
    return points;
  }

  /** Contour Data (3006,0050); not to be changed. */
  byte[] data() {
    return data;
  }

  /** How far a point lies from where it should, at most. */
  double largestErrorMm() {
    return largestErrorMm;
  }
}

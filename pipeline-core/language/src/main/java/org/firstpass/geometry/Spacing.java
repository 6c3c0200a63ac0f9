package org.firstpass.geometry;

/**
 * The distance in mm between the centres of neighbouring voxels.
 *
 * <p>DICOM's Pixel Spacing (0028,0030) is row spacing first: {@code row} is its first value.
 *
 * @param column between neighbouring columns
 * @param row between neighbouring rows
 * @param slice between neighbouring slices, which is not Slice Thickness
 */
public record Spacing(double column, double row, double slice) {
  public Spacing {
    if (!(column > 0 && row > 0 && slice > 0) || !Double.isFinite(column + row + slice)) {
      throw new IllegalArgumentException(
          "spacing is above zero and finite, but is column "
              + column
              + ", row "
              + row
              + ", slice "
              + slice
              + " mm");
    }
  }
}

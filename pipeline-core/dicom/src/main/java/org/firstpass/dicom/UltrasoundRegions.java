package org.firstpass.dicom;

import java.util.List;
import java.util.Optional;
import org.dcm4che3.data.Tag;
import org.firstpass.dicom.SurveyedFrame.PlaneSpacing;
import org.firstpass.dicom.element.Elements;

/**
 * The one scale of all regions of an ultrasound image, if they have one.
 *
 * <p>It is taken only if every region is a 2-D picture in cm with the same step and lies within the
 * image: an image that was scaled down after its regions were written, or that has a trace beside
 * the picture, has no scale that holds for all of it.
 *
 * @see "PS3.3 C.8.5.5"
 */
final class UltrasoundRegions {
  private static final int PICTURE = 1;
  private static final int CENTIMETRES = 3;
  private static final double MM_PER_CM = 10;
  private static final int[] CORNERS = {
    Tag.RegionLocationMinX0,
    Tag.RegionLocationMinY0,
    Tag.RegionLocationMaxX1,
    Tag.RegionLocationMaxY1
  };

  private UltrasoundRegions() {}

  /** The scale; empty if there are no regions, or none that holds for the whole image. */
  static Optional<PlaneSpacing> spacing(Elements image) {
    List<Elements> regions = image.items(Tag.SequenceOfUltrasoundRegions);
    Optional<PlaneSpacing> common = Optional.empty();
    for (Elements region : regions) {
      Optional<PlaneSpacing> own = isPicture(region, image) ? scale(region) : Optional.empty();
      if (own.isEmpty() || common.isPresent() && !common.equals(own)) {
        return Optional.empty();
      }
      common = own;
    }
    return common;
  }

  private static boolean isPicture(Elements region, Elements image) {
    return region.integer(Tag.RegionSpatialFormat).orElse(0) == PICTURE
        && region.integer(Tag.PhysicalUnitsXDirection).orElse(0) == CENTIMETRES
        && region.integer(Tag.PhysicalUnitsYDirection).orElse(0) == CENTIMETRES
        && liesWithin(region, image);
  }

  private static boolean liesWithin(Elements region, Elements image) {
    int[] corners = new int[CORNERS.length];
    for (int i = 0; i < corners.length; i++) {
      corners[i] = region.integer(CORNERS[i]).orElse(-1);
    }
    return corners[0] >= 0
        && corners[1] >= 0
        && corners[0] < corners[2]
        && corners[1] < corners[3]
        && corners[2] < image.requireInteger(Tag.Columns)
        && corners[3] < image.requireInteger(Tag.Rows);
  }

  private static Optional<PlaneSpacing> scale(Elements region) {
    double column = Math.abs(region.decimal(Tag.PhysicalDeltaX).orElse(0.0)) * MM_PER_CM;
    double row = Math.abs(region.decimal(Tag.PhysicalDeltaY).orElse(0.0)) * MM_PER_CM;
    return row > 0 && column > 0
        ? Optional.of(new PlaneSpacing(row, column, ImageCalibration.ULTRASOUND_REGION))
        : Optional.empty();
  }
}

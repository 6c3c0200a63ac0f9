package org.firstpass.correction;

import org.firstpass.event.SurfaceChange;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.contour.AddedPath;
import org.firstpass.volume.surface.SurfaceAgreement;

/** How far the surface of an accepted segment is the proposed one. */
final class SurfaceMeasure {
  /** What readers leave as it is though a contour passes beside it, between them and over time. */
  static final double TOLERANCE_MM = 2;

  private static final SurfaceChange NONE = new SurfaceChange(0, 1, TOLERANCE_MM, 0.0);

  private SurfaceMeasure() {}

  /** The change of a segment; what was not touched is not looked at. */
  static SurfaceChange of(
      int segment, SegmentDifference difference, LabelMap proposed, LabelMap accepted) {
    if (difference.unchanged() || difference.box().isEmpty()) {
      return NONE;
    }
    var box = difference.box().get();
    SurfaceAgreement agreement =
        SurfaceAgreement.of(proposed, accepted, segment, box, TOLERANCE_MM);
    double distance = agreement.meanDistanceMm();
    return new SurfaceChange(
        AddedPath.mm(proposed, accepted, segment, box),
        agreement.surfaceDice(),
        TOLERANCE_MM,
        Double.isInfinite(distance) ? null : distance);
  }
}

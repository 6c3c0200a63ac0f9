package org.firstpass.evaluation;

import java.util.Map;
import org.firstpass.study.PatientKey;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.LabelOverlap;
import org.firstpass.volume.contour.AddedPath;

/**
 * A case that readers have decided, and what they would have had to draw if another package had
 * proposed for it.
 *
 * @param servedMm contour of what was accepted that the served package had not proposed, over all
 *     segments and slices
 * @param candidateMm the same of the candidate
 * @param minutes that the reader was at it
 */
public record ReplayedCase(
    PatientKey patient, double servedMm, double candidateMm, double minutes) {

  /** Measures a case. */
  public static ReplayedCase of(
      PatientKey patient, LabelMap accepted, LabelMap served, LabelMap candidate, double minutes) {
    return new ReplayedCase(
        patient, toDrawMm(served, accepted), toDrawMm(candidate, accepted), minutes);
  }

  private static double toDrawMm(LabelMap proposed, LabelMap accepted) {
    double sum = 0;
    for (Map.Entry<Integer, LabelOverlap> each :
        LabelOverlap.ofEach(proposed, accepted).entrySet()) {
      if (each.getValue().second() > 0) {
        sum += AddedPath.mm(proposed, accepted, each.getKey(), each.getValue().box());
      }
    }
    return sum;
  }
}

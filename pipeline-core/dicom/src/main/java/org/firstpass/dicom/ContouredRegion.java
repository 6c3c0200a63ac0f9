package org.firstpass.dicom;

import java.util.ArrayList;
import java.util.List;
import org.firstpass.dicom.contour.Contour;
import org.firstpass.dicom.contour.PlacedContours;
import org.firstpass.dicom.contour.RegionMask;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.geometry.GridGeometry;

/**
 * A region and its contours.
 *
 * @param frameOfReference empty if the object states none
 * @param contours the closed ones
 * @param notes on those that are not
 */
record ContouredRegion(
    RegionOfInterest region, String frameOfReference, List<Contour> contours, List<String> notes) {

  RegionMask mask(GridGeometry grid) {
    String owner = "region " + region.number();
    if (!frameOfReference.isEmpty() && !frameOfReference.equals(grid.frameOfReference().value())) {
      throw new StudyRefused(
          ReasonCode.OFF_GRID,
          "expected %s in frame of reference %s, found %s"
              .formatted(
                  owner,
                  grid.frameOfReference(),
                  DicomUids.hasShape(frameOfReference) ? frameOfReference : "what is no UID"));
    }
    RegionMask filled = PlacedContours.of(contours, owner, grid).fill();
    List<String> all = new ArrayList<>(notes);
    all.addAll(filled.notes());
    return new RegionMask(filled.mask(), all);
  }
}

package org.firstpass.dicom.contour;

import java.util.List;
import org.firstpass.volume.Mask;

/**
 * The voxels that the contours of one region enclose.
 *
 * @param notes what a person should know of how the contours were read: contours that were left
 *     out, cut off or joined, slices without any; empty if all was plain
 */
public record RegionMask(Mask mask, List<String> notes) {
  public RegionMask {
    notes = List.copyOf(notes);
  }
}

package org.firstpass.inference;

import java.util.List;
import org.firstpass.event.ImageFinding;

/**
 * What a network said of a whole input beside the slabs of its voxels.
 *
 * @param findings of the classification head, in the manifest's order; empty if it has none
 * @param windows how many the grid was cut into, those that were skipped among them
 * @param skippedWindows how many were not run because nothing in them was above the manifest's
 *     {@code windows.skipBelow}
 */
public record NetworkAnswer(List<ImageFinding> findings, int windows, int skippedWindows) {
  public NetworkAnswer {
    findings = List.copyOf(findings);
  }
}

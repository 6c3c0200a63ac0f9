package org.firstpass.routing;

import java.util.List;
import java.util.Map;
import org.firstpass.event.ImageFinding;

/**
 * What a first model said of a series.
 *
 * @param findings of its classification head
 * @param volumesMl of its segments, by segment number; a segment that is not there has none
 */
public record FirstFindings(List<ImageFinding> findings, Map<Integer, Double> volumesMl) {
  public FirstFindings {
    findings = List.copyOf(findings);
    volumesMl = Map.copyOf(volumesMl);
  }
}

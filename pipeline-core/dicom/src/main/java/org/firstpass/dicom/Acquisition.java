package org.firstpass.dicom;

import java.util.List;
import org.firstpass.geometry.GridGeometry;
import org.jspecify.annotations.Nullable;

/**
 * How a series was acquired, for routing.
 *
 * @param sequence what it says of its sequence: the values of Sequence Name (0018,0024), Pulse
 *     Sequence Name (0018,9005), Scanning Sequence (0018,0020), Sequence Variant (0018,0021), Scan
 *     Options (0018,0022) and Protocol Name (0018,1030), without empty ones
 * @param contrast whether Contrast/Bolus Agent (0018,0010) or its sequence (0018,0012) is there and
 *     not empty
 * @param station Station Name (0008,1010), empty if absent
 * @param geometry of the volume in patient space, null if the series cannot be read as one
 */
public record Acquisition(
    List<String> sequence, boolean contrast, String station, @Nullable GridGeometry geometry) {
  /** Nothing is known. */
  public static final Acquisition UNKNOWN = new Acquisition(List.of(), false, "", null);

  public Acquisition {
    sequence = List.copyOf(sequence);
  }
}

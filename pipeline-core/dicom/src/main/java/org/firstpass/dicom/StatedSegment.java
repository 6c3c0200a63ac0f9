package org.firstpass.dicom;

import java.util.Optional;
import org.firstpass.segment.Segment;
import org.firstpass.segment.SegmentAlgorithmType;
import org.jspecify.annotations.Nullable;

/**
 * A segment as an object states it.
 *
 * @param segment its number in the object, label, codes and colour
 * @param statedAlgorithmType Segment Algorithm Type, null if it is missing or unknown
 * @param trackingId Tracking ID (0062,0020), empty if there is none
 * @param trackingUid Tracking UID (0062,0021), empty if there is none
 * @see "PS3.3 C.8.20.4"
 */
public record StatedSegment(
    Segment segment,
    @Nullable SegmentAlgorithmType statedAlgorithmType,
    String trackingId,
    String trackingUid) {

  public Optional<SegmentAlgorithmType> algorithmType() {
    return Optional.ofNullable(statedAlgorithmType);
  }
}

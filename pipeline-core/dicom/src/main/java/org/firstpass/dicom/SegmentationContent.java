package org.firstpass.dicom;

import java.util.Map;
import java.util.Objects;
import org.firstpass.segment.LabelSchema;
import org.firstpass.segment.Segment;
import org.firstpass.segment.SegmentAlgorithmType;

/**
 * What a SEG object says besides its voxels.
 *
 * @param schema every segment that could have been marked: one without voxels is stated too
 * @param algorithmTypes who made each segment, by segment number
 * @param algorithm what made the segments that are not MANUAL
 */
public record SegmentationContent(
    LabelSchema schema,
    Map<Integer, SegmentAlgorithmType> algorithmTypes,
    AlgorithmIdentification algorithm,
    SegmentationIdentity identity,
    SegmentationProvenance provenance) {
  public SegmentationContent {
    for (Segment segment : schema.segments()) {
      if (!algorithmTypes.containsKey(segment.number())) {
        throw new IllegalArgumentException(
            "segment " + segment.number() + " has no Segment Algorithm Type");
      }
    }
    algorithmTypes = Map.copyOf(algorithmTypes);
  }

  /** What a model that is no approved product made from nothing but its source. */
  public SegmentationContent(
      LabelSchema schema,
      Map<Integer, SegmentAlgorithmType> algorithmTypes,
      AlgorithmIdentification algorithm,
      SegmentationIdentity identity) {
    this(schema, algorithmTypes, algorithm, identity, SegmentationProvenance.OF_A_RESEARCH_MODEL);
  }

  /** Whether any segment is not made by a person alone. */
  boolean isAlgorithmUsed() {
    return schema.segments().stream()
        .anyMatch(segment -> algorithmType(segment) != SegmentAlgorithmType.MANUAL);
  }

  /** Who made a segment of the schema. */
  SegmentAlgorithmType algorithmType(Segment segment) {
    return Objects.requireNonNull(algorithmTypes.get(segment.number()));
  }
}

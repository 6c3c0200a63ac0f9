package org.firstpass.dicom;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.segment.LabelSchema;
import org.firstpass.segment.Segment;
import org.firstpass.volume.LabelMap;

/** Which label the segments of an object get, and the label map that they make. */
final class SegmentationMapping {
  private static final int UNMATCHED = -1;
  private static final int MAX_BYTE = 255;

  private final int[] labelOfNumber = new int[1 << Short.SIZE];

  private SegmentationMapping() {
    Arrays.fill(labelOfNumber, UNMATCHED);
  }

  /** Each segment keeps its number. */
  static SegmentationMapping identity(List<Segment> segments) {
    var mapping = new SegmentationMapping();
    segments.forEach(segment -> mapping.labelOfNumber[segment.number()] = segment.number());
    return mapping;
  }

  /** Each segment becomes the one of the schema that has its codes or its label. */
  static SegmentationMapping onto(LabelSchema schema, List<Segment> segments) {
    var mapping = new SegmentationMapping();
    segments.forEach(segment -> mapping.labelOfNumber[segment.number()] = labelOf(segment, schema));
    return mapping;
  }

  LabelMap map(GridGeometry grid, PlacedFrames frames) {
    if (Arrays.stream(labelOfNumber).max().orElse(0) > MAX_BYTE) {
      short[] labels = new short[grid.size().voxels()];
      frames.forEachRun((segment, from, to) -> mark(labels, from, to, label(segment)));
      return new LabelMap(grid, labels);
    }
    // Clearing the array is most of the work, and half as large is half as much.
    byte[] labels = new byte[grid.size().voxels()];
    frames.forEachRun((segment, from, to) -> mark(labels, from, to, label(segment)));
    return LabelMap.ofBytes(grid, labels);
  }

  private int label(int segment) {
    int label = labelOfNumber[segment];
    if (label == UNMATCHED) {
      throw new StudyRefused(
          ReasonCode.UNKNOWN_SEGMENT,
          "segment "
              + segment
              + " has voxels, but is none of the label schema's segments or not described");
    }
    return label;
  }

  private static void mark(short[] labels, int from, int to, int label) {
    for (int at = from; at < to; at++) {
      if (labels[at] != 0 && labels[at] != (short) label) {
        throw overlap(at, Short.toUnsignedInt(labels[at]), label);
      }
    }
    Arrays.fill(labels, from, to, (short) label);
  }

  private static void mark(byte[] labels, int from, int to, int label) {
    for (int at = from; at < to; at++) {
      if (labels[at] != 0 && labels[at] != (byte) label) {
        throw overlap(at, Byte.toUnsignedInt(labels[at]), label);
      }
    }
    Arrays.fill(labels, from, to, (byte) label);
  }

  private static StudyRefused overlap(int at, int present, int label) {
    return new StudyRefused(
        ReasonCode.OVERLAPPING_SEGMENTS,
        "segments overlap at voxel %d: labels %d and %d; a label map has one label per voxel"
            .formatted(at, present, label));
  }

  private static int labelOf(Segment segment, LabelSchema schema) {
    return SchemaMatch.number(
            schema, Optional.of(segment.type()), segment.modifier(), segment.label())
        .orElse(UNMATCHED);
  }
}
